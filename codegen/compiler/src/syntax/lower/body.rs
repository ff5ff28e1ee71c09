//! Types: newtypes, enums, records, unions, in their short and long forms.

use std::collections::HashMap;

use super::super::ast::{
    Body, Docs, Enum, EnumValue, Name, Newtype, Range, Type, TypeDecl, TypeKind, Union, Variant,
};
use super::super::notation;
use super::super::reader::{Reader, is_meant};
use super::super::tree::{Data, Entry, Node, Text};
use super::{Lowering, prose};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::source::{Span, Spanned};

/// The keys that say which kind of type a map describes.
pub(super) const KIND_KEYS: &[&str] = &["newtype", "enum", "fields", "one_of"];

/// The keys that check the values of a newtype.
pub(super) const CHECK_KEYS: &[&str] = &["length", "pattern", "min", "max"];

pub(super) const TYPE_KEYS: &[&str] = &[
    "newtype",
    "enum",
    "fields",
    "one_of",
    "tag",
    "open",
    "length",
    "pattern",
    "min",
    "max",
    "description",
    "owner",
    "pii",
    "unit",
    "since",
    "deprecated",
    "allow",
];

pub(super) const VALUE_KEYS: &[&str] = &["description", "deprecated", "rust"];

impl Lowering<'_> {
    /// A type under `types:`. Text is a newtype, a list an enum, a map the long form.
    pub(super) fn named_type<'s>(&mut self, name: Name<'s>, entry: Entry<'s>) -> TypeDecl<'s> {
        let mut declared = TypeDecl {
            name,
            docs: Docs::default(),
            pii: None,
            unit: None,
            body: Body::Unread,
        };
        match entry.value.data {
            Data::Scalar(scalar) => {
                let text = Text::new(&scalar, entry.value.span);
                if let Some(of) = self.ok(notation::parse_type(&text)) {
                    declared.body = Body::Newtype(Box::new(Newtype {
                        of,
                        length: None,
                        pattern: None,
                        min: None,
                        max: None,
                    }));
                }
            }
            Data::List(items) => declared.body = self.enum_list(items, false),
            Data::Map(entries)
                if self.is_bare_record("type", &entries, TYPE_KEYS, declared.name.span) => {}
            Data::Map(entries) => {
                let mut reader = Reader::new("a type", entries, TYPE_KEYS, self.expect.diagnostics);
                self.allow(&mut reader, declared.name.span);
                declared.docs = self.docs(&mut reader);
                declared.pii = self.string(&mut reader, "pii").map(|pii| pii.value);
                declared.unit = self.string(&mut reader, "unit").map(|unit| unit.value);
                declared.body = self.body(&mut reader, declared.name.span);
            }
            _ => {
                let _: Option<()> = self
                    .expect
                    .wrong(&entry, "a type, a list of values, or a map");
            }
        }
        declared
    }

    /// The rule: the fields of a record stand under `fields:`. Says so where they stand in its place.
    pub(super) fn is_bare_record(
        &mut self,
        what: &str,
        entries: &[Entry<'_>],
        known: &'static [&'static str],
        owner: Span,
    ) -> bool {
        let is_foreign = |entry: &Entry<'_>| !is_meant(&entry.key.value, known);
        let (Some(first), true) = (entries.first(), entries.iter().all(is_foreign)) else {
            return false;
        };
        let names: Vec<_> = entries.iter().map(|entry| &*entry.key.value).collect();
        let message = format!("this {what} does not say what it is");
        let help = format!(
            "if {} are its fields, put them under `fields:`",
            quoted(names)
        );
        self.report(
            Diagnostic::new(Code::MissingKey, owner, message)
                .label("no newtype, enum, record or union")
                .also(first.key.span, format!("not a key of a {what}"))
                .help(help),
        );
        true
    }

    /// The long form of a type. `owner` is the place of what has the type.
    pub(super) fn body<'s>(&mut self, reader: &mut Reader<'s>, owner: Span) -> Body<'s> {
        let kinds: Vec<_> = KIND_KEYS
            .iter()
            .filter_map(|&key| Some((key, reader.place(key)?)))
            .collect();
        let (kind, at) = match *kinds.as_slice() {
            [only] => only,
            [] => {
                let kinds = "add `newtype:`, `enum:`, `fields:` or `one_of:`";
                let diagnostic =
                    Diagnostic::new(Code::MissingKey, owner, "this type does not say what it is");
                self.report(
                    diagnostic
                        .label("no newtype, enum, record or union")
                        .help(kinds),
                );
                return Body::Unread;
            }
            [(first, at), (second, place), ..] => {
                let message = format!("a type has `{first}` or `{second}`, not both");
                let diagnostic = Diagnostic::new(Code::Conflict, place.max(at), message);
                self.report(
                    diagnostic
                        .label("a second kind")
                        .also(at.min(place), "the first kind"),
                );
                return Body::Unread;
            }
        };
        self.refuse_keys_of_other_kinds(reader, kind, at);
        match kind {
            "newtype" => self.newtype(reader),
            "enum" => self.enumeration(reader),
            "fields" => self.fields(reader).map_or(Body::Unread, Body::Record),
            _ => self.union(reader),
        }
    }

    /// The rule: a thing is one thing; keys of two kinds do not go together.
    fn refuse_keys_of_other_kinds(&mut self, reader: &mut Reader<'_>, kind: &str, at: Span) {
        let owners = [("tag", "one_of"), ("open", "enum")].into_iter();
        let checks = CHECK_KEYS.iter().map(|&key| (key, "newtype"));
        for (key, owner) in owners.chain(checks) {
            if owner == kind {
                continue;
            }
            if let Some(entry) = reader.take(key) {
                let message = format!("`{key}` goes with `{owner}`, not with `{kind}`");
                let diagnostic = Diagnostic::new(Code::Conflict, entry.key.span, message);
                self.report(
                    diagnostic
                        .label("has no meaning here")
                        .also(at, format!("this type is made by `{kind}`")),
                );
            }
        }
    }

    fn newtype<'s>(&mut self, reader: &mut Reader<'s>) -> Body<'s> {
        // A length that cannot be read is taken for one that is not zero, so that no key is said to be empty because of it.
        let length = self.text(reader, "length").map(|text| {
            let filled = Range {
                min: Some(1),
                max: None,
            };
            let read = self.ok(notation::parse_range(&text));
            read.unwrap_or(Spanned::new(filled, text.span))
        });
        let pattern = self.text(reader, "pattern");
        let min = self.string(reader, "min");
        let max = self.string(reader, "max");
        let Some(of) = self
            .text(reader, "newtype")
            .and_then(|text| self.ok(notation::parse_type(&text)))
        else {
            return Body::Unread;
        };
        Body::Newtype(Box::new(Newtype {
            of,
            length,
            pattern,
            min,
            max,
        }))
    }

    fn enumeration<'s>(&mut self, reader: &mut Reader<'s>) -> Body<'s> {
        let open = reader
            .take("open")
            .and_then(|entry| self.expect.boolean(&entry))
            .unwrap_or(false);
        let Some(entry) = reader.take("enum") else {
            return Body::Unread;
        };
        match entry.value.data {
            Data::List(items) => self.enum_list(items, open),
            Data::Map(entries) => {
                let values = entries
                    .into_iter()
                    .map(|entry| self.enum_value(entry))
                    .collect();
                Body::Enum(Enum { values, open })
            }
            _ => self
                .expect
                .wrong(
                    &entry,
                    "a list of values, or a map of values and descriptions",
                )
                .unwrap_or(Body::Unread),
        }
    }

    /// `[web, ios]`. Where none of the values can be read, nothing is said of an enum that has none.
    pub(super) fn enum_list<'s>(&mut self, items: Vec<Node<'s>>, open: bool) -> Body<'s> {
        let is_empty = items.is_empty();
        let mut values: Vec<EnumValue> = Vec::new();
        let mut places = HashMap::new();
        for item in items {
            let Data::Scalar(scalar) = &item.data else {
                if !matches!(item.data, Data::Refused) {
                    let message = format!("a value of an enum is text, found {}", item.kind());
                    self.report(
                        Diagnostic::new(Code::WrongShape, item.span, message)
                            .label("expected text"),
                    );
                }
                continue;
            };
            let wire = Spanned::new(scalar.text.clone(), item.span);
            if let Some(&first) = places.get(&wire.value) {
                let message = format!("the value `{}` stands twice", wire.value);
                let diagnostic =
                    Diagnostic::new(Code::DuplicateKey, wire.span, message).label("a second time");
                self.report(diagnostic.also(first, "first here").help("remove one"));
                continue;
            }
            places.insert(wire.value.clone(), wire.span);
            values.push(EnumValue {
                wire,
                description: None,
                deprecated: None,
                rust: None,
            });
        }
        if values.is_empty() && !is_empty {
            return Body::Unread;
        }
        Body::Enum(Enum { values, open })
    }

    /// `web: In a browser.`, or `{ description, deprecated, rust }`.
    fn enum_value<'s>(&mut self, entry: Entry<'s>) -> EnumValue<'s> {
        let mut value = EnumValue {
            wire: entry.key.clone(),
            description: None,
            deprecated: None,
            rust: None,
        };
        match entry.value.data {
            Data::Scalar(scalar) => value.description = Some(prose(scalar.text)),
            // `web:` alone: a value without a description.
            Data::Empty => {}
            Data::Map(entries) => {
                let mut reader = Reader::new(
                    "a value of an enum",
                    entries,
                    VALUE_KEYS,
                    self.expect.diagnostics,
                );
                value.description = self.prose(&mut reader, "description");
                value.deprecated = reader
                    .take("deprecated")
                    .and_then(|entry| self.deprecated(entry))
                    .map(Box::new);
                value.rust = self.string(&mut reader, "rust").map(Box::new);
            }
            // The value itself is known all the same.
            _ => {
                let _: Option<()> = self.expect.wrong(&entry, "a description or a map");
            }
        }
        value
    }

    fn union<'s>(&mut self, reader: &mut Reader<'s>) -> Body<'s> {
        let tag = self.string(reader, "tag");
        if let Some(tag) = &tag {
            self.check_wire(tag);
        }
        let Some(entry) = reader.take("one_of") else {
            return Body::Unread;
        };
        let variants = "variants and their types";
        let Some(entries) = self.expect.map(entry, variants, "card: CardPayment") else {
            return Body::Unread;
        };
        let mut variants = Vec::new();
        for entry in entries {
            let name = entry.key.clone();
            super::check_snake_case("a variant", &name, self.expect.diagnostics);
            let ty = self.type_of(entry);
            variants.push(Variant { name, ty });
        }
        Body::Union(Union { variants, tag })
    }

    /// The type that an entry's value names, lists (an enum) or spells out.
    pub(super) fn type_of<'s>(&mut self, entry: Entry<'s>) -> Option<Type<'s>> {
        let span = entry.value.span;
        let kind = match entry.value.data {
            Data::Scalar(scalar) => {
                return self.ok(notation::parse_type(&Text::new(&scalar, span)));
            }
            Data::List(items) => TypeKind::Inline(Box::new(self.enum_list(items, false))),
            Data::Map(entries) => {
                const KEYS: &[&str] = &[
                    "enum", "fields", "one_of", "tag", "open", "newtype", "length", "pattern",
                    "min", "max",
                ];
                let mut reader = Reader::new("a type", entries, KEYS, self.expect.diagnostics);
                self.refuse_checks(&mut reader)?;
                TypeKind::Inline(Box::new(self.body(&mut reader, entry.key.span)))
            }
            _ => return self.expect.wrong(&entry, "a type"),
        };
        Some(Type { span, kind })
    }

    /// The rule: checks belong to named types.
    pub(super) fn refuse_checks(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let found = ["newtype"]
            .iter()
            .chain(CHECK_KEYS)
            .find_map(|&key| Some((key, reader.place(key)?)));
        let Some((key, at)) = found else {
            return Some(());
        };
        self.report(
            Diagnostic::new(
                Code::CheckPlace,
                at,
                format!("`{key}` belongs to a named type"),
            )
            .label("not inside a field")
            .note("a rule with a name is the same rule wherever the value goes")
            .help("give the type a name under `types:`, and use the name here"),
        );
        None
    }
}
