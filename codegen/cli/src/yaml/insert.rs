//! Where a declaration goes in a file, and how it looks there.

use std::ops::Range;

use eventc_compiler::{Outline, Section, Shape};

use super::Block;

/// The keys of a file that declare things, in the order in which people write them; above them stand the others.
const SECTIONS: [&str; 4] = ["types", "streams", "contexts", "events"];

/// Why nothing can be added.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
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
) -> Result<(String, Range<usize>), Place> {
    let mut added = Added::default();
    let at = match outline.section(section) {
        Some(found) => {
            let same = found.entries.iter().find(|(known, _)| known == name);
            if let Some((_, range)) = same {
                return Err(Place::Taken(range.clone()));
            }
            match found.shape {
                Shape::Block | Shape::Empty => {}
                Shape::Flow | Shape::Other => return Err(Place::Unfit(found.range.clone())),
            }
            let end = end(text, outline, found);
            added.lines = block.lines(indent(text, found)).collect();
            added.is_apart = stand_apart(text, found, end, added.lines.len());
            end
        }
        None => {
            added.is_apart = !text.trim().is_empty();
            added.lines.push(format!("{section}:"));
            added.lines.extend(block.lines(2));
            match before(outline, section) {
                Some(last) => end(text, outline, last),
                None => end_of_content(text),
            }
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
    let first = section.entries.first();
    first.map_or(2, |(_, range)| range.start - line_start(text, range.start))
}

/// Whether an empty line goes before a new entry of so many lines: as it does before the last one; where there is but one, if both are long.
fn stand_apart(text: &str, section: &Section, end: usize, lines: usize) -> bool {
    const LONG: usize = 5;
    let last = match section.entries.as_slice() {
        [] => return false,
        [(_, only)] => {
            let found = text.get(only.start..end).unwrap_or("").lines().count();
            return found > LONG && lines > LONG;
        }
        [.., (_, last)] => last,
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
