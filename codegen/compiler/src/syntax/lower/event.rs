//! Events.

use super::super::ast::{Event, Name, With};
use super::super::notation;
use super::super::reader::Reader;
use super::super::tree::{Data, Entry, Node, Text};
use super::field::optional_name;
use super::{Lowering, check_snake_case};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;

const EVENT_KEYS: &[&str] = &[
    "description",
    "owner",
    "version",
    "since",
    "deprecated",
    "stream",
    "with",
    "fields",
    "partition",
    "key",
    "id",
    "retain",
    "examples",
    "reserved",
];

impl Lowering<'_> {
    pub(super) fn event<'s>(&mut self, entry: Entry<'s>) -> Option<Event<'s>> {
        let name = entry.key.clone();
        check_snake_case("an event", &name, self.expect.diagnostics);
        let entries =
            self.expect
                .map(entry, "the keys of an event", "fields: { order_id: uuid }")?;
        let mut reader = Reader::new("an event", entries, EVENT_KEYS, self.expect.diagnostics);
        let docs = self.docs(&mut reader);
        let version = self
            .text(&mut reader, "version")
            .and_then(|text| self.version(&text));
        let stream = self.string(&mut reader, "stream");
        let with = reader
            .take("with")
            .and_then(|entry| self.expect.texts(entry, "the names of contexts", "request"))
            .unwrap_or_default();
        let with = with.into_iter().map(|text| {
            let (context, optional) = optional_name(text.to_spanned());
            With { context, optional }
        });
        let with = with.collect();
        let fields = self.fields(&mut reader);
        let storage = self.storage(&mut reader);
        let examples = self.examples(&mut reader);
        let reserved = reader
            .take("reserved")
            .and_then(|entry| {
                self.expect
                    .texts(entry, "the names of fields", "promo_code")
            })
            .unwrap_or_default();
        let reserved = reserved.iter().map(Text::to_spanned).collect();
        Some(Event {
            name,
            docs,
            version,
            stream,
            with,
            fields: fields?,
            storage,
            examples,
            reserved,
        })
    }

    /// The rule: a version is a whole number from 1.
    fn version(&mut self, text: &Text<'_>) -> Option<Spanned<u32>> {
        match notation::count(&text.value) {
            Some(version @ 1..) => Some(Spanned::new(version, text.span)),
            _ => {
                let message = format!("`{}` is not the version of an event", text.value);
                let diagnostic = Diagnostic::new(Code::WrongValue, text.span, message)
                    .label("expected a whole number from 1");
                self.report(
                    diagnostic.help("count it up by one when the meaning of the event changes"),
                );
                None
            }
        }
    }

    /// Named examples: maps of members.
    fn examples<'s>(&mut self, reader: &mut Reader<'s>) -> Vec<(Name<'s>, Node<'s>)> {
        let mut examples = Vec::new();
        for entry in self.section(reader, "examples").unwrap_or_default() {
            match entry.value.data {
                Data::Map(_) => examples.push((entry.key.clone(), entry.value)),
                _ => {
                    let _: Option<()> = self.expect.wrong(&entry, "the members of an event");
                }
            }
        }
        examples
    }
}
