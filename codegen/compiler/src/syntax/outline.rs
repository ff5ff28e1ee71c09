//! What stands where in a file, for tools that change its text and leave the rest of it as people wrote it.

use std::ops::Range;

use super::tree::{Data, Entry, Node};
use super::yaml;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources};

/// The keys of a file and what stands below each, in the order they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// `description`, `stream`, `types`, `events`, …
    pub sections: Vec<Section>,
}

/// A key of a map, or an item of a list, and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// `events`; empty for an item of a list.
    pub key: String,
    /// The bytes of the key; of an item, the first of its value.
    pub range: Range<usize>,
    /// The bytes of its value, from the first to the last that is not space.
    pub value: Range<usize>,
    /// How its value is written.
    pub shape: Shape,
    /// Its value, if that is text.
    pub text: Option<String>,
    /// The entries of a map, or the items of a list.
    pub sections: Vec<Section>,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// There is none.
    Empty,
    /// A map with a line for each entry.
    Block,
    /// A map in braces.
    Flow,
    /// A list.
    List,
    /// Text.
    Text,
    /// What the language does not have.
    Refused,
}

impl Outline {
    /// The section of a key.
    pub fn section(&self, key: &str) -> Option<&Section> {
        find(&self.sections, key)
    }
}

impl Section {
    /// The section of a key below this one.
    pub fn section(&self, key: &str) -> Option<&Self> {
        find(&self.sections, key)
    }

    /// The bytes of all of it: from its key to the end of its value.
    pub fn whole(&self) -> Range<usize> {
        self.range.start..self.value.end.max(self.range.end)
    }
}

fn find<'o>(sections: &'o [Section], key: &str) -> Option<&'o Section> {
    sections.iter().find(|section| section.key == key)
}

/// The outline of a file as far as it can be read; an empty one of a file that holds no map.
pub fn outline(sources: &Sources, file: FileId) -> Outline {
    let source = sources.file(file);
    let document = yaml::parse(file, source, &mut Diagnostics::default());
    match document.root.map(|root| root.data) {
        Some(Data::Map(entries)) => Outline {
            sections: of_entries(entries, &source.text),
        },
        _ => Outline::default(),
    }
}

fn of_entries(entries: Vec<Entry<'_>>, text: &str) -> Vec<Section> {
    let section = |entry: Entry<'_>| {
        let range = entry.key.span.start as usize..entry.key.span.end as usize;
        section(entry.key.value.into_owned(), range, entry.value, text)
    };
    entries.into_iter().map(section).collect()
}

/// What stands below a key. An item of a list has none, and begins where its value does.
fn section(key: String, range: Range<usize>, value: Node<'_>, text: &str) -> Section {
    let start = value.span.start as usize;
    let mut section = Section {
        key,
        range,
        value: start..value.end() as usize,
        shape: Shape::Refused,
        text: None,
        sections: Vec::new(),
    };
    match value.data {
        Data::Empty => section.shape = Shape::Empty,
        Data::Scalar(scalar) => {
            section.shape = Shape::Text;
            section.text = Some(scalar.text.into_owned());
        }
        Data::List(items) => {
            let item = |node: Node<'_>| {
                let start = node.span.start as usize;
                self::section(String::new(), start..start, node, text)
            };
            section.shape = Shape::List;
            section.sections = items.into_iter().map(item).collect();
        }
        Data::Map(entries) => {
            let is_flow = text.get(start..).is_some_and(|rest| rest.starts_with('{'));
            section.shape = if is_flow { Shape::Flow } else { Shape::Block };
            section.sections = of_entries(entries, text);
        }
        Data::Refused => {}
    }
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_says_what_stands_where() {
        let text = "# Orders.\nstream: telemetry\ntypes: { Id: uuid }\nstreams:\nevents:\n  placed:\n    fields: { at: timestamp }\n  'shipped': {}\n";
        let sources = Sources::new("schema", [("orders.yaml".to_owned(), text.into())]);
        let outline = sources
            .iter()
            .map(|(id, _)| outline(&sources, id))
            .next()
            .unwrap();
        let said: Vec<_> = outline
            .sections
            .iter()
            .map(|section| {
                let entries = section
                    .sections
                    .iter()
                    .map(|entry| (entry.key.as_str(), &text[entry.range.clone()]));
                (
                    &text[section.range.clone()],
                    section.shape,
                    entries.collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                ("stream", Shape::Text, vec![]),
                ("types", Shape::Flow, vec![("Id", "Id")]),
                ("streams", Shape::Empty, vec![]),
                (
                    "events",
                    Shape::Block,
                    vec![("placed", "placed"), ("shipped", "'shipped'")]
                ),
            ]
        );
        assert_eq!(
            outline.section("stream").unwrap().text.as_deref(),
            Some("telemetry")
        );
        assert_eq!(outline.section("owner"), None);
    }
}
