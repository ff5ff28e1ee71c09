//! Where a declaration goes in a file, and how it looks there.

use std::ops::Range;

use eventc_compiler::{Outline, Section, Shape};

use super::Block;

/// The keys of a file that declare things, in the order in which people write them; above them stand the others.
const SECTIONS: [&str; 4] = ["types", "streams", "contexts", "events"];

/// Why nothing can be added.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The name stands there already: its bytes.
    Taken(Range<usize>),
    /// The section is not written as a line for each entry: the bytes of its key.
    Unfit(Range<usize>),
}

/// The text with a declaration added to a section, and the bytes of what was added.
///
/// It goes behind the last one of its section; a section that is not there is begun where people expect it.
pub(crate) fn insert(
    text: &str,
    outline: &Outline,
    section: &str,
    name: &str,
    block: &Block,
) -> Result<(String, Range<usize>), Refusal> {
    let mut added = Added::default();
    let at = match outline.section(section) {
        Some(found) => {
            if let Some(same) = found.section(name) {
                return Err(Refusal::Taken(same.range.clone()));
            }
            match found.shape {
                Shape::Block | Shape::Empty => {}
                Shape::Flow | Shape::List | Shape::Text | Shape::Refused => {
                    return Err(Refusal::Unfit(found.range.clone()));
                }
            }
            let end = end(text, outline, found);
            added.lines = block.lines(indent(text, found));
            added.is_apart = stand_apart(text, found, end, added.lines.len());
            end
        }
        None => {
            added.is_apart = !text.trim().is_empty();
            added.lines.push(format!("{section}:"));
            added.lines.extend(block.lines(2));
            let at = match before(outline, section) {
                Some(last) => end(text, outline, last),
                None => end_of_content(text),
            };
            let after = text.get(at..).unwrap_or("").lines().next();
            if after.is_some_and(|line| !line.trim().is_empty()) {
                added.lines.push(String::new());
            }
            at
        }
    };
    Ok(added.into(text, at))
}

/// What is added, by lines.
#[derive(Default)]
struct Added {
    lines: Vec<String>,
    /// Whether an empty line stands before it.
    is_apart: bool,
}

impl Added {
    /// Puts it into a text, with the line ends that the text has. `at` is the start of a line or the end of the text.
    fn into(self, text: &str, at: usize) -> (String, Range<usize>) {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut new = before.to_owned();
        if !before.is_empty() && !before.ends_with('\n') {
            new.push_str(end);
        }
        if self.is_apart {
            new.push_str(end);
        }
        let start = new.len();
        for line in &self.lines {
            new.push_str(line);
            new.push_str(end);
        }
        let range = start..new.len();
        new.push_str(after);
        (new, range)
    }
}

/// The last section of those that stand before this one by custom.
fn before<'o>(outline: &'o Outline, section: &str) -> Option<&'o Section> {
    let rank = |key: &str| SECTIONS.iter().position(|known| *known == key);
    let own = rank(section);
    let mut sections = outline.sections.iter();
    sections.rfind(|found| rank(&found.key) < own)
}

/// Where the lines of a section end: behind its last one that is neither empty nor a comment at the margin, which may belong to what follows.
fn end(text: &str, outline: &Outline, section: &Section) -> usize {
    let next = outline
        .sections
        .iter()
        .map(|other| other.range.start)
        .find(|start| *start > section.range.start)
        .unwrap_or(text.len());
    end_of_content(text.get(..next).unwrap_or(text))
}

/// Where a text ends without the empty lines and the comments at its margin that it ends with.
fn end_of_content(text: &str) -> usize {
    let mut end = text.len();
    for line in text.split_inclusive('\n').rev() {
        // A line that has not ended is the beginning of the next key.
        if !line.trim().is_empty() && !line.starts_with('#') {
            break;
        }
        end -= line.len();
    }
    if end == 0 { text.len() } else { end }
}

/// How far to the right the entries of a section stand.
fn indent(text: &str, section: &Section) -> usize {
    let first = section.sections.first();
    let start = first.map(|first| first.range.start);
    start.map_or(2, |start| start - line_start(text, start))
}

/// Whether an empty line goes before a new entry of so many lines: as it does before the last one; where there is but one, if both are long.
fn stand_apart(text: &str, section: &Section, end: usize, lines: usize) -> bool {
    const LONG: usize = 5;
    let last = match section.sections.as_slice() {
        [] => return false,
        [only] => {
            let found = text
                .get(only.range.start..end)
                .unwrap_or("")
                .lines()
                .count();
            return found > LONG && lines > LONG;
        }
        [.., last] => &last.range,
    };
    let above = text.get(..line_start(text, last.start)).unwrap_or("");
    let mut lines = above.lines().rev();
    let is_comment = |line: &&str| line.trim_start().starts_with('#');
    lines
        .find(|line| !is_comment(line))
        .is_some_and(|line| line.trim().is_empty())
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    before.rfind('\n').map_or(0, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use eventc_compiler::{Sources, outline};
    use proptest::prelude::*;

    use super::*;

    fn outline_of(text: &str) -> Outline {
        let sources = Sources::new("schema", [("shop.yaml".to_owned(), text.into())]);
        let id = sources.iter().map(|(id, _)| id).next().unwrap();
        outline(&sources, id)
    }

    fn added(text: &str, section: &str) -> Result<(String, Range<usize>), Refusal> {
        let mut block = Block::default();
        block.line(0, "New:");
        block.line(1, "newtype: uuid");
        insert(text, &outline_of(text), section, "New", &block)
    }

    #[test]
    fn what_is_added_stands_where_people_expect_it() {
        let files = [
            ("nothing yet", "types", ""),
            ("only a comment", "types", "# Orders.\n"),
            (
                "the section is empty",
                "types",
                "types:\n\nevents:\n  a: {}\n",
            ),
            (
                "behind the last one",
                "types",
                "types:\n  A: uuid\n\n# The events.\nevents:\n  a: {}\n",
            ),
            (
                "at the end, without a line feed",
                "events",
                "events:\n  a: {}",
            ),
            (
                "before what comes later",
                "contexts",
                "types:\n  A: uuid # a\n  # b\nevents:\n  a: {}\n",
            ),
            (
                "with other indents",
                "events",
                "events:\n    a:\n        x: y\n",
            ),
            (
                "with empty lines between",
                "events",
                "events:\n  a:\n    x: y\n\n  # B.\n  b:\n    x: y\n# end\n",
            ),
            (
                "after a settings file",
                "types",
                "catalog: a\neventc: 1\n\n# Where events go.\nstreams:\n  s: {}\n",
            ),
        ];
        let mut said = String::new();
        for (name, section, text) in files {
            let (new, _) = added(text, section).unwrap();
            said.push_str(&format!("== {name}\n{new}"));
        }
        insta::assert_snapshot!("places", said);
    }

    #[test]
    fn what_cannot_be_added_is_said_with_its_place() {
        assert_eq!(
            added("types: { A: uuid }\n", "types"),
            Err(Refusal::Unfit(0..5))
        );
        assert_eq!(added("types: [A]\n", "types"), Err(Refusal::Unfit(0..5)));
        assert_eq!(
            added("types:\n  New: uuid\n", "types"),
            Err(Refusal::Taken(9..12))
        );
    }

    /// Lines of a section as somebody may have written them.
    fn section() -> impl Strategy<Value = String> {
        let entry = prop::sample::select(vec![
            "@A: uuid\n",
            "@# About it.\n@B:\n@  newtype: string\n@  description: |\n@    # not a comment\n\n@    text\n",
            "@C: { fields: { a: uuid,\n@  b: uuid } }   # c\n\n",
            "\n@'D': [a, b]\n# at the margin\n",
        ]);
        let indent = prop::sample::select(vec!["  ", " ", "    "]);
        let entries = prop::collection::btree_set(entry, 0..4);
        (indent, entries).prop_map(|(indent, entries)| {
            entries
                .iter()
                .map(|entry| entry.replace('@', indent))
                .collect()
        })
    }

    fn file() -> impl Strategy<Value = String> {
        let head = prop::sample::select(vec![
            "",
            "# Head.\n",
            "# Head.\n\ndescription: x\n",
            "\u{feff}owner: a\n\n",
        ]);
        let keys = prop::sample::subsequence(SECTIONS.to_vec(), 0..4).prop_shuffle();
        let sections = prop::collection::vec(section(), 4);
        let tail = prop::sample::select(vec!["", "\n\n", "# tail", "# tail\n\n"]);
        let is_windows = any::<bool>();
        (head, keys, sections, tail, is_windows).prop_map(
            |(head, keys, sections, tail, is_windows)| {
                let sections = keys.iter().zip(&sections);
                let sections = sections.map(|(key, lines)| format!("{key}:\n{lines}"));
                let text = format!("{head}{}{tail}", sections.collect::<String>());
                if is_windows {
                    text.replace('\n', "\r\n")
                } else {
                    text
                }
            },
        )
    }

    proptest! {
        #[test]
        fn the_rest_of_a_file_stays_as_it_is(text in file(), section in prop::sample::select(SECTIONS.to_vec())) {
            let before = outline_of(&text);
            let (new, range) = added(&text, section).unwrap();
            let after = outline_of(&new);
            // Byte for byte, but for the empty line above it and the end of a last line that had none.
            let (head, tail) = (&new[..range.start], &new[range.end..]);
            prop_assert!(text.ends_with(tail));
            let kept = &text[..text.len() - tail.len()];
            let more = head.strip_prefix(kept).unwrap();
            prop_assert!(more.trim_matches(['\r', '\n']).is_empty());
            // And for those who read it, there is one thing more.
            let names = |outline: &Outline, key: &str| -> Vec<String> {
                let section = outline.section(key);
                section.into_iter().flat_map(|it| &it.sections).map(|entry| entry.key.clone()).collect()
            };
            for key in SECTIONS {
                let mut wanted = names(&before, key);
                wanted.extend((key == section).then(|| "New".to_owned()));
                prop_assert_eq!(names(&after, key), wanted, "{}", new);
            }
        }
    }
}
