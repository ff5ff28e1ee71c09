//! Where in a file somebody is writing: below which keys, and whether a key or a value is due.
//!
//! What is half written is no YAML yet, so a mark is put where the cursor is, as a value and as a key, and the compiler's own
//! reader says where it ended up. Where mistakes hide it, the lines that lead there have to do.

mod around;

use std::ops::Range;

use eventc_compiler::{FileId, Outline, Section, Shape, Sources, outline};

use super::grammar::{Grammar, Step};
use super::snapshot::Snapshot;

/// A word that no schema has.
const MARK: &str = "eventc_cursor_here";

/// A reading of the place where the cursor is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// From the top of the file to the map, the list or the value that it is in.
    pub(super) path: Vec<Step>,
    pub(super) slot: Slot,
    /// The bytes of the word that is being written.
    pub(super) word: Range<usize>,
    /// Whether a space is missing before it: right behind the colon of its key.
    pub(super) lacks_space: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A key, beside these.
    Key {
        beside: Vec<String>,
        in_braces: bool,
    },
    Value,
}

/// What the cursor may be in, the likeliest first.
pub(super) fn read(text: &str, offset: usize) -> Vec<Cursor> {
    let word = word(text, offset);
    let before = text.get(..word.start).unwrap_or("");
    let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
    // What is first on its line is a key, more often than not.
    let mut marks = vec![MARK.to_owned(), format!("{MARK}: ")];
    if line.trim().is_empty() {
        marks.reverse();
    }
    let lacks_space = line.ends_with(':');
    if lacks_space {
        marks = vec![format!(" {MARK}")];
    }
    let in_place = |mark: &String| {
        let mut marked = text.to_owned();
        marked.replace_range(word.clone(), mark);
        marked
    };
    let whole = marks.iter().map(in_place);
    let around = marks.iter().map(|mark| around::with_mark(before, mark));
    let cursor = |text: String| {
        let mut path = Vec::new();
        let slot = find(&text, &outline_of(&text)?.sections, false, &mut path)?;
        Some(Cursor {
            path,
            slot,
            word: word.clone(),
            lacks_space,
        })
    };
    let found: Vec<_> = whole.filter_map(cursor).collect();
    match found.is_empty() {
        true => around.filter_map(cursor).collect(),
        false => found,
    }
}

fn outline_of(text: &str) -> Option<Outline> {
    let sources = Sources::one("", text.into());
    let (id, _) = sources.iter().next()?;
    Some(outline(&sources, id))
}

/// The word around a byte: the letters that names and paths are made of.
pub(super) fn word(text: &str, offset: usize) -> Range<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    let before = text.get(..offset).unwrap_or("");
    let after = text.get(offset..).unwrap_or("");
    let start = before.trim_end_matches(is_part).len();
    let end = offset + after.len() - after.trim_start_matches(is_part).len();
    // `- name`: the dash of a list is none of the name.
    let dashes = text.get(start..offset).unwrap_or("");
    start + dashes.len() - dashes.trim_start_matches('-').len()..end
}

/// Finds the mark, and the way to it.
fn find(text: &str, sections: &[Section], in_braces: bool, path: &mut Vec<Step>) -> Option<Slot> {
    let is_marked = |section: &&Section| section.key.contains(MARK);
    if sections.iter().any(|section| is_marked(&section)) {
        let others = sections.iter().filter(|section| !is_marked(section));
        return Some(Slot::Key {
            beside: others.map(|section| section.key.clone()).collect(),
            in_braces,
        });
    }
    for section in sections {
        path.push(step(section));
        let value = section.text.as_deref().unwrap_or("");
        if value.contains(MARK) {
            let has_swallowed = has_swallowed(text.get(section.value.clone()).unwrap_or(""));
            return (!has_swallowed).then_some(Slot::Value);
        }
        let is_flow = section.shape == Shape::Flow;
        let found = find(text, &section.sections, is_flow, path);
        if found.is_some() {
            return found;
        }
        path.pop();
    }
    None
}

fn step(section: &Section) -> Step {
    match section.key.as_str() {
        "" => Step::Item,
        key => Step::Key(key.to_owned()),
    }
}

/// Whether a value goes on over the next lines only because something in them has no colon yet. In quotes and behind `|` that is meant.
fn has_swallowed(value: &str) -> bool {
    !value.starts_with(['|', '>', '\'', '"']) && value.trim_end().contains(['\n', '\r'])
}

/// The key at a byte of a file, and what it is for; none of a name that people gave.
pub(super) fn key(
    snapshot: &Snapshot,
    file: FileId,
    offset: usize,
    grammar: &Grammar,
) -> Option<(Range<usize>, String)> {
    let outline = snapshot.outline(file);
    let mut sections = outline.sections.as_slice();
    let mut path = Vec::new();
    loop {
        let here = sections.iter().find(|it| it.whole().contains(&offset))?;
        if here.range.contains(&offset) {
            let is_root = snapshot.sources.file(file).module().is_empty();
            let keys = grammar.keys(is_root, &path);
            let known = keys.into_iter().find(|key| key.name == here.key)?;
            return Some((here.range.clone(), known.about.to_owned()));
        }
        path.push(step(here));
        sections = &here.sections;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The readings of a text with the cursor at `|`, in a line each.
    fn readings(text: &str) -> Vec<String> {
        let at = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let line = |cursor: &Cursor| {
            let step = |step: &Step| match step {
                Step::Key(key) => key.clone(),
                Step::Item => "*".to_owned(),
            };
            let path: Vec<_> = cursor.path.iter().map(step).collect();
            let slot = match &cursor.slot {
                Slot::Key { beside, .. } => format!("key beside {beside:?}"),
                Slot::Value => "value".to_owned(),
            };
            format!(
                "{}: {slot}, {:?}",
                path.join("/"),
                &text[cursor.word.clone()]
            )
        };
        read(&text, at).iter().map(line).collect()
    }

    #[test]
    fn the_first_reading_is_what_is_meant() {
        let first = |text: &str| readings(text).remove(0);
        let event = "events:\n  placed:\n    description: Über alles.\n";
        let cases = [
            ("|", ""),
            ("stream: t|", ""),
            ("    |", event),
            ("    fie|", event),
            ("    fields:\n      id: |", event),
            ("    fields: { id: uuid, at: ti|", event),
            ("    fields: { id: uuid, at: ti| }", event),
            ("    fields: { id: { type: uuid, | } }", event),
            ("    with: [request, vi|]", event),
            ("    with:\n      - vi|", event),
            ("    partition: day(pl|)", event),
            ("    fields:\n      lines: list<Li|", event),
        ];
        let found: Vec<_> = cases
            .iter()
            .map(|(text, before)| first(&format!("{before}{text}")))
            .collect();
        insta::assert_snapshot!(found.join("\n"));
    }
}
