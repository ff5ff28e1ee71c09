//! Fields, and what an events' place in a store is written with.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::ast::{Field, FieldFacts, Name, Partition, Storage, Type, TypeKind};
use super::super::notation;
use super::super::reader::Reader;
use super::super::tree::{Data, Entry, Node, Text};
use super::body::KIND_KEYS;
use super::{Lowering, check_snake_case};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::words::Fill;

const FIELD_KEYS: &[&str] = &[
    "type",
    "description",
    "unit",
    "pii",
    "wire",
    "since",
    "deprecated",
    "allow",
    "backfill",
    "fill",
    "accept",
    "enum",
    "fields",
    "one_of",
    "tag",
    "open",
    "newtype",
    "length",
    "pattern",
    "min",
    "max",
];

/// The keys of [`FieldFacts`].
const FACTS: &[&str] = &["unit", "pii", "wire", "backfill", "fill", "accept"];

impl Lowering<'_> {
    /// What stands under `fields`; none if that could not be read.
    pub(super) fn fields<'s>(&mut self, reader: &mut Reader<'s>) -> Option<Vec<Field<'s>>> {
        if reader.place("fields").is_none() {
            return Some(Vec::new());
        }
        let entries = self.section(reader, "fields")?;
        let mut fields: Vec<Field<'s>> = Vec::with_capacity(entries.len());
        let mut places = HashMap::with_capacity(entries.len());
        for entry in entries {
            let field = self.field(entry);
            // `coupon` and `coupon?` are two keys of YAML, and one name.
            let first = places
                .entry(field.name.value.clone())
                .or_insert(field.name.span);
            if *first != field.name.span {
                let message = format!("the field `{}` stands twice", field.name.value);
                let diagnostic = Diagnostic::new(Code::DuplicateKey, field.name.span, message)
                    .label("a second time");
                self.report(
                    diagnostic
                        .also(*first, "first here")
                        .help("remove one, or rename it"),
                );
                continue;
            }
            fields.push(field);
        }
        Some(fields)
    }

    /// `status: u16`, `coupon?: CouponCode`, `channel: [web, ios]`, or the long form.
    fn field<'s>(&mut self, entry: Entry<'s>) -> Field<'s> {
        let (name, optional) = optional_name(entry.key.clone());
        check_snake_case("a field", &name, self.expect.diagnostics);
        let mut field = Field {
            name,
            optional,
            short: !matches!(entry.value.data, Data::Map(_)),
            ty: None,
            docs: Default::default(),
            facts: None,
        };
        match entry.value.data {
            Data::Map(entries)
                if self.is_bare_record("field", &entries, FIELD_KEYS, field.name.span) => {}
            Data::Map(entries) => self.long_field(&mut field, entries),
            _ => field.ty = self.type_of(entry),
        }
        field
    }

    fn long_field<'s>(&mut self, field: &mut Field<'s>, entries: Vec<Entry<'s>>) {
        let mut reader = Reader::new("a field", entries, FIELD_KEYS, self.expect.diagnostics);
        self.allow(&mut reader, field.name.span);
        field.docs = self.docs(&mut reader);
        let has_facts = FACTS.iter().any(|key| reader.place(key).is_some());
        field.facts = has_facts.then(|| Box::new(self.field_facts(&mut reader)));
        field.ty = self.long_field_type(&mut reader, field.name.span);
    }

    fn field_facts<'s>(&mut self, reader: &mut Reader<'s>) -> FieldFacts<'s> {
        let unit = self.string(reader, "unit").map(|unit| unit.value);
        let pii = self.string(reader, "pii").map(|pii| pii.value);
        let wire = self.string(reader, "wire");
        if let Some(wire) = &wire {
            self.check_wire(wire);
        }
        let backfill = reader.take("backfill").map(|entry| entry.value);
        let fill = self.text(reader, "fill");
        let fill = fill.and_then(|text| self.fill(&text));
        let accept = self.text(reader, "accept");
        let accept = accept.and_then(|text| self.ok(notation::parse_window(&text)));
        FieldFacts {
            unit,
            pii,
            wire,
            backfill,
            fill,
            accept,
        }
    }

    /// `type: …`, or an enum, record or union spelt out beside the field's own keys.
    fn long_field_type<'s>(&mut self, reader: &mut Reader<'s>, name: Span) -> Option<Type<'s>> {
        self.refuse_checks(reader)?;
        let kind = KIND_KEYS.iter().find_map(|key| reader.place(key));
        match (reader.take("type"), kind) {
            (Some(entry), None) => {
                let mut others = ["tag", "open"].iter().filter_map(|key| reader.place(key));
                if let Some(at) = others.next() {
                    let diagnostic =
                        Diagnostic::new(Code::Conflict, at, "this key does not go with `type`");
                    self.report(
                        diagnostic
                            .label("has no meaning here")
                            .also(entry.key.span, "the type is named here"),
                    );
                }
                self.type_of(entry)
            }
            (Some(entry), Some(kind)) => {
                let diagnostic = Diagnostic::new(
                    Code::Conflict,
                    kind,
                    "a field names its type or spells it out, not both",
                );
                self.report(
                    diagnostic
                        .label("spelt out here")
                        .also(entry.key.span, "named here"),
                );
                None
            }
            (None, Some(at)) => Some(Type {
                span: at,
                kind: TypeKind::Inline(Box::new(self.body(reader, name))),
            }),
            (None, None) => {
                let diagnostic = Diagnostic::new(Code::MissingKey, name, "this field has no type")
                    .label("no type");
                self.report(
                    diagnostic
                        .help("add `type:`, or an `enum:`, `fields:` or `one_of:` in its place"),
                );
                None
            }
        }
    }

    fn fill(&mut self, text: &Text<'_>) -> Option<Spanned<Fill>> {
        let fill = match &*text.value {
            "uuid_v7" => Fill::UuidV7,
            "now" => Fill::Now,
            other => {
                let diagnostic = Diagnostic::new(
                    Code::WrongValue,
                    text.span,
                    format!("nothing fills a field with `{other}`"),
                );
                self.report(
                    diagnostic
                        .label("expected `uuid_v7` or `now`")
                        .suggest(other, ["uuid_v7", "now"]),
                );
                return None;
            }
        };
        Some(Spanned::new(fill, text.span))
    }

    /// The rule: the name of a member can be written and read in JSON and in a table: printable, not empty.
    pub(super) fn check_wire(&mut self, wire: &Name<'_>) {
        if wire.value.is_empty() || wire.value.chars().any(char::is_control) {
            let diagnostic = Diagnostic::new(
                Code::WrongValue,
                wire.span,
                "this cannot be the name of a member",
            );
            self.report(
                diagnostic
                    .label("empty, or with a control character")
                    .help("use printable text"),
            );
        }
    }

    /// Where events go.
    pub(super) fn storage<'s>(&mut self, reader: &mut Reader<'s>) -> Storage<'s> {
        Storage {
            partition: reader
                .take("partition")
                .and_then(|entry| self.partition(entry)),
            key: self.string(reader, "key"),
            id: self.string(reader, "id"),
            retain: self
                .text(reader, "retain")
                .and_then(|text| self.ok(notation::parse_duration(&text))),
        }
    }

    /// `day(occurred_at)`, a list of transforms, or `none`.
    fn partition<'s>(&mut self, entry: Entry<'s>) -> Option<Partition<'s>> {
        let key = entry.key.span;
        let texts = match &entry.value.data {
            Data::Scalar(scalar) if scalar.text == "none" => {
                return Some(Partition {
                    key,
                    transforms: None,
                });
            }
            Data::Scalar(scalar) => vec![Text::new(scalar, entry.value.span)],
            Data::List(items) => self.transforms_of(items),
            _ => {
                let _: Option<()> = self.expect.wrong(
                    &entry,
                    "a transform such as `day(occurred_at)`, a list of them, or `none`",
                );
                return Some(Partition {
                    key,
                    transforms: Some(Vec::new()),
                });
            }
        };
        if matches!(&entry.value.data, Data::List(items) if items.is_empty()) {
            let diagnostic =
                Diagnostic::new(Code::WrongShape, key, "`partition` lists no transform");
            self.report(diagnostic.help(
                "write `day(occurred_at)`, or `none` if the events really have no partition",
            ));
        }
        let transforms = texts
            .iter()
            .filter_map(|text| self.ok(notation::parse_transform(text)))
            .collect();
        Some(Partition {
            key,
            transforms: Some(transforms),
        })
    }

    /// The items of a list of transforms. `[bucket(16, tenant_id)]` is two items to YAML, and one to everyone else.
    fn transforms_of<'s>(&mut self, items: &[Node<'s>]) -> Vec<Text<'s>> {
        let mut texts: Vec<Text<'s>> = Vec::new();
        for item in items {
            let Data::Scalar(scalar) = &item.data else {
                if !matches!(item.data, Data::Refused) {
                    let message = format!("a transform is text, found {}", item.kind());
                    let diagnostic = Diagnostic::new(Code::WrongShape, item.span, message);
                    self.report(
                        diagnostic.label("expected a transform such as `day(occurred_at)`"),
                    );
                }
                continue;
            };
            let text = Text::new(scalar, item.span);
            match texts.last_mut() {
                Some(last) if last.value.contains('(') && !last.value.contains(')') => {
                    last.join(&text)
                }
                _ => texts.push(text),
            }
        }
        texts
    }
}

/// A name, and whether it ended in `?`.
pub(super) fn optional_name(name: Name<'_>) -> (Name<'_>, bool) {
    let stem = match &name.value {
        Cow::Borrowed(text) => text.strip_suffix('?').map(Cow::Borrowed),
        Cow::Owned(text) => text
            .strip_suffix('?')
            .map(|stem| Cow::Owned(stem.to_owned())),
    };
    let Some(stem) = stem else {
        return (name, false);
    };
    // In quotes the name and its place have not the same length.
    let is_plain = (name.span.end - name.span.start) as usize == name.value.len();
    let end = name.span.end - u32::from(is_plain);
    (Spanned::new(stem, Span { end, ..name.span }), true)
}
