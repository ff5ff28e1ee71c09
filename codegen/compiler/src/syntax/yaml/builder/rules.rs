//! What YAML allows and the language does not; and what is said where a node is finished.

use std::collections::HashMap;

use super::super::super::tree::{Data, Entry, Node};
use super::{Builder, Key, Open};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};

/// How to share something without an anchor.
const SHARE: &str =
    "give what is shared a name: a type, or a context that events carry with `with`";

impl<'s> Builder<'s, '_> {
    /// The rule: a type with a comma in it stands in quotes inside `{ … }`, where YAML ends a value at a comma.
    pub(super) fn without_split_types(&mut self, entries: Vec<Entry<'s>>) -> Vec<Entry<'s>> {
        let mut kept: Vec<Entry<'s>> = Vec::with_capacity(entries.len());
        for entry in entries {
            let first = kept.last_mut().filter(|last| match &last.value.data {
                Data::Scalar(scalar) => {
                    scalar.plain
                        && scalar.text.matches('<').count() > scalar.text.matches('>').count()
                }
                _ => false,
            });
            match first {
                Some(first)
                    if entry.key.value.ends_with('>')
                        && matches!(entry.value.data, Data::Empty) =>
                {
                    let span = Span {
                        end: entry.key.span.end,
                        ..first.value.span
                    };
                    let whole = self
                        .text
                        .get(span.start as usize..span.end as usize)
                        .unwrap_or("");
                    let message = "a comma inside `{ … }` ends a value, and this type has one";
                    self.diagnostics.push(
                        Diagnostic::new(Code::TypeSyntax, span, message)
                            .label("two entries to YAML")
                            .help(format!("put it in quotes, `'{whole}'`, or write the field on a line of its own")),
                    );
                    first.value.data = Data::Refused;
                }
                _ => kept.push(entry),
            }
        }
        kept
    }

    /// The rule: a key stands once in its map.
    ///
    /// The first one is kept. Of a section that stands twice both parts are read, so that nothing in the second is called unknown.
    pub(super) fn without_duplicates(&mut self, entries: Vec<Entry<'s>>) -> Vec<Entry<'s>> {
        let is_root = self.open.is_empty();
        let mut places = HashMap::with_capacity(entries.len());
        let mut kept: Vec<Entry<'s>> = Vec::with_capacity(entries.len());
        for entry in entries {
            let first = places
                .get(&entry.key.value)
                .and_then(|&place: &usize| kept.get_mut(place));
            let Some(first) = first else {
                places.insert(entry.key.value.clone(), kept.len());
                kept.push(entry);
                continue;
            };
            let message = format!("`{}` stands twice in this map", entry.key.value);
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateKey, entry.key.span, message)
                    .label("a second time")
                    .also(first.key.span, "first here")
                    .note("other tools would keep one of them without a word")
                    .help("remove one, or rename it"),
            );
            if let (true, Data::Map(one), Data::Map(other)) =
                (is_root, &mut first.value.data, entry.value.data)
            {
                one.extend(other);
            }
        }
        kept
    }

    /// The rule: there are no anchors.
    pub(super) fn refuse_anchor(&mut self, span: Span) {
        self.refuse(
            Diagnostic::new(
                Code::Anchor,
                span,
                "anchors are not part of the schema language",
            )
            .label("not read")
            .help(SHARE)
            .help("if it is text, quote it"),
        );
    }

    /// The rule: there are no aliases.
    pub(super) fn refuse_alias(&mut self, span: Span, name: &str) {
        self.refuse(
            Diagnostic::new(
                Code::Anchor,
                span,
                "aliases are not part of the schema language",
            )
            .label("not read")
            .help(SHARE)
            .help(format!("if it is text, quote it: `'*{name}'`")),
        );
    }

    /// The rule: there are no tags.
    pub(super) fn refuse_tag(&mut self, span: Span) {
        self.refuse(
            Diagnostic::new(Code::Tag, span, "tags are not part of the schema language")
                .label("not read")
                .help("remove it: the place of a value says what it is")
                .help("if it is text, quote it"),
        );
    }

    /// `&total: Money`: to YAML the colon belongs to the anchor, and what follows is a key. To everyone else it is a field
    /// with a value that was refused.
    pub(super) fn read_key_in(&mut self, refused: Span) {
        let written = self.text.get(refused.start as usize..refused.end as usize);
        let name = written.and_then(|text| text.get(1..)?.strip_suffix(':'));
        let waiting = self.open.last_mut().and_then(Open::waiting_key);
        if let (Some(name), Some(waiting)) = (name, waiting) {
            *waiting = Key::Known(Spanned::new(name.into(), refused));
        }
    }

    fn refuse(&mut self, diagnostic: Diagnostic) {
        self.refused = diagnostic.span().map(|span| span.start);
        self.diagnostics.push(diagnostic);
    }
}

/// The rule: a key is plain text.
pub(super) fn read_key<'s>(node: Node<'s>, diagnostics: &mut Diagnostics) -> Key<'s> {
    match node.data {
        Data::Scalar(scalar) if scalar.plain && scalar.text == "<<" => {
            let message = "merge keys are not part of the schema language";
            diagnostics.push(
                Diagnostic::new(Code::Anchor, node.span, message)
                    .label("not read")
                    .help(SHARE),
            );
            Key::Refused
        }
        Data::Scalar(scalar) => Key::Text(Spanned::new(scalar.text, node.span)),
        Data::Refused => Key::Refused,
        Data::Empty | Data::List(_) | Data::Map(_) => {
            let message = format!("expected a key, found {}", node.kind());
            diagnostics.push(
                Diagnostic::new(Code::KeyNotText, node.span, message)
                    .label("a key is plain text")
                    .help("write `name: value`"),
            );
            Key::Refused
        }
    }
}

/// The tab in front of the first thing on a line. The parser lets some of them pass.
pub(super) fn tab_before(text: &str, span: Span) -> Option<Span> {
    let before = text.get(..span.start as usize)?;
    let line = before.trim_end_matches([' ', '\t']);
    let is_first = line.is_empty() || line.ends_with(['\n', '\r']);
    let tab = before.get(line.len()..)?.find('\t').filter(|_| is_first)?;
    let start = (line.len() + tab) as u32;
    Some(Span {
        start,
        end: start + 1,
        ..span
    })
}

/// The rule: a file is one document.
pub(super) fn second_document(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SeveralDocuments,
        span,
        "a second YAML document begins here",
    )
    .label("nothing from here on is read")
    .help("move what follows into a file of its own, or remove this line")
}
