//! What stands where in a file, for tools that change its text and leave the rest of it as people wrote it.

use std::ops::Range;

use super::tree::{Data, Entry, Node};
use super::yaml;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources, Span};

/// The keys of a file and what stands below each, in the order they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// `description`, `stream`, `types`, `events`, …
    pub sections: Vec<Section>,
}

/// A key of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// `events`
    pub key: String,
    /// The bytes of the key.
    pub range: Range<usize>,
    /// How its value is written.
    pub shape: Shape,
    /// Its value, if that is text.
    pub text: Option<String>,
    /// What it declares, if it is a map: each name and its bytes.
    pub entries: Vec<(String, Range<usize>)>,
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
    /// Text or a list.
    Other,
}

impl Outline {
    /// The section of a key.
    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }
}

/// The outline of a file as far as it can be read; an empty one of a file that holds no map.
pub fn outline(sources: &Sources, file: FileId) -> Outline {
    let source = sources.file(file);
    let document = yaml::parse(file, source, &mut Diagnostics::default());
    let Some(Node {
        data: Data::Map(entries),
        ..
    }) = document.root
    else {
        return Outline::default();
    };
    let section = |entry: Entry<'_>| {
        let text = match &entry.value.data {
            Data::Scalar(scalar) => Some(scalar.text.clone().into_owned()),
            _ => None,
        };
        let (shape, entries) = below(entry.value, &source.text);
        Section {
            text,
            key: entry.key.value.into_owned(),
            range: bytes(entry.key.span),
            shape,
            entries,
        }
    };
    Outline {
        sections: entries.into_iter().map(section).collect(),
    }
}

/// How a value is written, and its entries if it is a map.
fn below(value: Node<'_>, text: &str) -> (Shape, Vec<(String, Range<usize>)>) {
    match value.data {
        Data::Empty => (Shape::Empty, Vec::new()),
        Data::Map(entries) => {
            let start = value.span.start as usize;
            let is_flow = text.get(start..).is_some_and(|rest| rest.starts_with('{'));
            let entry = |entry: Entry<'_>| (entry.key.value.into_owned(), bytes(entry.key.span));
            (
                if is_flow { Shape::Flow } else { Shape::Block },
                entries.into_iter().map(entry).collect(),
            )
        }
        Data::Scalar(_) | Data::List(_) | Data::Refused => (Shape::Other, Vec::new()),
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
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
                    .entries
                    .iter()
                    .map(|(name, range)| (name.as_str(), &text[range.clone()]));
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
                ("stream", Shape::Other, vec![]),
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
