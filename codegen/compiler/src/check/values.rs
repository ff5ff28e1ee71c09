//! Values of a type, as YAML writes them.

use std::cmp::Ordering;

use eventc_pattern::Pattern;

use super::damaged::Damaged;
use super::scalar_text;
use crate::catalog::{
    Body, Catalog, Field, Fill, Newtype, Scalar, TypeRef, Union, compare_numbers,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, a_quoted, quoted};
use crate::json::Json;
use crate::source::Span;
use crate::syntax::tree::{Data, Entry, Node};
use crate::words;

/// Fields that are there together.
pub(super) struct Group<'c> {
    /// The name of the context or stream; empty for others.
    pub(super) name: &'c str,
    pub(super) fields: &'c [Field],
    pub(super) optional: bool,
}

impl<'c> Group<'c> {
    pub(super) fn required(fields: &'c [Field]) -> Self {
        Self {
            name: "",
            fields,
            optional: false,
        }
    }
}

/// Reads values, and reports what is wrong with them.
pub(super) struct ValueReader<'c, 'd> {
    pub(super) catalog: &'c Catalog,
    pub(super) code: Code,
    /// What is read: "the example `typical`".
    pub(super) what: String,
    pub(super) damaged: &'c Damaged,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl ValueReader<'_, '_> {
    fn mismatch<T>(&mut self, node: &Node<'_>, expected: &str) -> Option<T> {
        let diagnostic = self.misfit(node, expected);
        self.diagnostics.push(diagnostic);
        None
    }

    fn misfit(&self, node: &Node<'_>, expected: &str) -> Diagnostic {
        let found = match &node.data {
            Data::Scalar(scalar) => format!("`{}`", scalar.text),
            _ => node.kind().to_owned(),
        };
        let message = format!(
            "{} has a wrong value: expected {expected}, found {found}",
            self.what
        );
        Diagnostic::new(self.code, node.span, message).label(format!("expected {expected}"))
    }

    /// A value of a type. `key` says that it places the event.
    pub(super) fn value(&mut self, ty: &TypeRef, key: bool, node: &Node<'_>) -> Option<Json> {
        if matches!(node.data, Data::Refused) {
            return None;
        }
        match ty {
            TypeRef::Scalar(Scalar::Json) => json(node),
            TypeRef::Scalar(scalar) => self.scalar(*scalar, key, node),
            TypeRef::List(item) => {
                let Data::List(items) = &node.data else {
                    return self.mismatch(node, "a list");
                };
                let values: Vec<_> = items
                    .iter()
                    .map(|node| self.value(item, false, node))
                    .collect();
                values.into_iter().collect::<Option<_>>().map(Json::Array)
            }
            TypeRef::Map(key_type, value_type) => {
                let Data::Map(entries) = &node.data else {
                    return self.mismatch(node, "a map");
                };
                let values: Vec<_> = entries
                    .iter()
                    .map(|entry| {
                        self.map_key(key_type, entry)?;
                        Some((
                            entry.key.value.clone().into_owned(),
                            self.value(value_type, false, &entry.value)?,
                        ))
                    })
                    .collect();
                values.into_iter().collect::<Option<_>>().map(Json::Object)
            }
            TypeRef::Named(id) if self.damaged.has(self.catalog[*id].span) => None,
            TypeRef::Named(id) => match &self.catalog[*id].body {
                Body::Newtype(newtype) => self.newtype(&self.catalog[*id].name, newtype, key, node),
                Body::Enum(enumeration) => {
                    let Data::Scalar(scalar) = &node.data else {
                        return self.mismatch(node, "a value of an enum");
                    };
                    let known = enumeration
                        .values
                        .iter()
                        .any(|value| value.wire == scalar.text);
                    if known || (enumeration.open && !scalar.text.is_empty()) {
                        return Some(Json::String(scalar.text.clone().into_owned()));
                    }
                    let values = enumeration.values.iter().map(|value| value.wire.as_str());
                    let message = format!(
                        "{} has a wrong value: `{}` has no value `{}`",
                        self.what, self.catalog[*id].name, scalar.text
                    );
                    let diagnostic = Diagnostic::new(self.code, node.span, message)
                        .label("not a value of the enum");
                    let help = format!("its values are {}", quoted(values.clone()));
                    self.diagnostics
                        .push(diagnostic.suggest_or(&scalar.text, values, help));
                    None
                }
                Body::Record(fields) => {
                    let Data::Map(entries) = &node.data else {
                        return self.mismatch(node, "a map");
                    };
                    self.members(&[Group::required(fields)], &[], entries, node.span)
                        .map(Json::Object)
                }
                Body::Union(union) => self.union(union, node),
            },
        }
    }

    fn map_key(&mut self, ty: &TypeRef, entry: &Entry<'_>) -> Option<()> {
        let scalar = crate::syntax::tree::Scalar {
            text: entry.key.value.clone(),
            plain: false,
            inset: None,
        };
        let node = Node {
            span: entry.key.span,
            data: Data::Scalar(scalar),
        };
        self.value(ty, false, &node).map(|_| ())
    }

    fn scalar(&mut self, scalar: Scalar, key: bool, node: &Node<'_>) -> Option<Json> {
        let Data::Scalar(text) = &node.data else {
            return self.mismatch(node, &a_quoted(scalar.name()));
        };
        if key && scalar == Scalar::Uuid && scalar_text::is_nil_uuid(&text.text) {
            return self.mismatch(node, "a uuid that is not nil");
        }
        let value = match scalar_text::read(scalar, &text.text, text.plain) {
            Ok(value) => value,
            Err(expected) => {
                let meant = words::meant_boolean(&text.text).filter(|_| scalar == Scalar::Bool);
                let diagnostic = self.misfit(node, &expected);
                self.diagnostics.push(match meant {
                    Some(meant) => diagnostic.suggest_exactly(meant),
                    None => diagnostic,
                });
                return None;
            }
        };
        if key
            && matches!(scalar, Scalar::Date | Scalar::Timestamp)
            && !scalar_text::is_plausible_time(&text.text)
        {
            return self.mismatch(
                node,
                "a time in the years 2000 to 2100, since it places the event",
            );
        }
        Some(value)
    }

    /// The rule: a value of a newtype passes its checks, and a newtype of a uuid is never nil.
    fn newtype(
        &mut self,
        name: &str,
        newtype: &Newtype,
        key: bool,
        node: &Node<'_>,
    ) -> Option<Json> {
        if newtype.unresolved || !self.catalog.is_known(&newtype.of) {
            return None;
        }
        let is_uuid = newtype.of == TypeRef::Scalar(Scalar::Uuid);
        let value = self.value(&newtype.of, key || newtype.key || is_uuid, node)?;
        let length = match &value {
            Json::String(text)
                if *self.catalog.base(&newtype.of) == TypeRef::Scalar(Scalar::Bytes) =>
            {
                text.trim_end_matches('=').len() * 3 / 4
            }
            Json::String(text) => text.chars().count(),
            Json::Array(items) => items.len(),
            Json::Object(members) => members.len(),
            _ => 0,
        } as u64;
        if let Some((min, max)) = newtype.length
            && (min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max))
        {
            let range = match (min, max) {
                (Some(min), Some(max)) if min == max => min.to_string(),
                (Some(min), Some(max)) => format!("{min} to {max}"),
                (Some(min), None) => format!("at least {min}"),
                (None, max) => format!("at most {}", max.unwrap_or(u64::MAX)),
            };
            return self.mismatch(node, &format!("{} of length {range}", a_quoted(name)));
        }
        if let (Some(pattern), Json::String(text)) = (&newtype.pattern, &value)
            && Pattern::parse(pattern).is_ok_and(|parsed| !parsed.is_match(text))
        {
            return self.mismatch(
                node,
                &format!("{} that matches `{pattern}`", a_quoted(name)),
            );
        }
        let is_beyond = |bound: &Option<String>, side: Ordering| match (&value, bound) {
            (Json::Number(text) | Json::String(text), Some(bound)) => {
                compare_numbers(text, bound) == Some(side)
            }
            _ => false,
        };
        if is_beyond(&newtype.min, Ordering::Less) || is_beyond(&newtype.max, Ordering::Greater) {
            let ends = [
                newtype.min.as_ref().map(|min| format!("from {min}")),
                newtype.max.as_ref().map(|max| format!("to {max}")),
            ];
            let ends: Vec<_> = ends.into_iter().flatten().collect();
            return self.mismatch(node, &format!("{} {}", a_quoted(name), ends.join(" ")));
        }
        Some(value)
    }

    fn union(&mut self, union: &Union, node: &Node<'_>) -> Option<Json> {
        let names: Vec<_> = union
            .variants
            .iter()
            .map(|variant| variant.name.as_str())
            .collect();
        let first = names.first().copied().unwrap_or_default();
        let Some(tag) = &union.tag else {
            let Data::Map(entries) = &node.data else {
                return self.mismatch(node, &format!("a variant, as in `{{ {first}: … }}`"));
            };
            let [entry] = entries.as_slice() else {
                return self.mismatch(node, &format!("one variant, as in `{{ {first}: … }}`"));
            };
            let Some(variant) = union
                .variants
                .iter()
                .find(|variant| variant.name == entry.key.value)
            else {
                return self.no_variant(&entry.key.value, entry.key.span, &names);
            };
            if variant.unresolved {
                return None;
            }
            let value = self.value(&variant.ty, false, &entry.value)?;
            return Some(Json::Object(vec![(variant.name.clone(), value)]));
        };
        let expected = format!("a variant with its tag, as in `{{ {tag}: {first}, … }}`");
        let Data::Map(entries) = &node.data else {
            return self.mismatch(node, &expected);
        };
        let chosen = entries.iter().find(|entry| entry.key.value == *tag);
        let Some(Node {
            span,
            data: Data::Scalar(name),
        }) = chosen.map(|entry| &entry.value)
        else {
            return self.mismatch(node, &expected);
        };
        let variant = union
            .variants
            .iter()
            .find(|variant| variant.name == name.text);
        let Some(variant) = variant else {
            return self.no_variant(&name.text, *span, &names);
        };
        let TypeRef::Named(id) = &variant.ty else {
            return None;
        };
        let record = &self.catalog[*id];
        let Body::Record(fields) = &record.body else {
            return None;
        };
        if self.damaged.has(record.span) {
            return None;
        }
        let fixed = [(tag.as_str(), variant.name.clone())];
        let mut members = vec![(tag.clone(), Json::String(variant.name.clone()))];
        members.extend(self.members(&[Group::required(fields)], &fixed, entries, node.span)?);
        Some(Json::Object(members))
    }

    fn no_variant<T>(&mut self, found: &str, span: Span, names: &[&str]) -> Option<T> {
        let message = format!(
            "{} has a wrong value: there is no variant `{found}`",
            self.what
        );
        self.diagnostics.push(
            Diagnostic::new(self.code, span, message)
                .label(format!("expected one of {}", quoted(names.iter().copied())))
                .suggest(found, names.iter().copied()),
        );
        None
    }

    /// The members of an object. `fixed` are members that may be written, but have one value alone.
    pub(super) fn members(
        &mut self,
        groups: &[Group<'_>],
        fixed: &[(&str, String)],
        entries: &[Entry<'_>],
        span: Span,
    ) -> Option<Vec<(String, Json)>> {
        let all_known = self.no_unknown_members(groups, fixed, entries);
        let mut whole = all_known;
        let mut members = Vec::new();
        let mut missing = Vec::new();
        for group in groups {
            let entry_of = |field: &Field| {
                entries
                    .iter()
                    .find(|entry| entry.key.value == field.wire() && !is_null(&entry.value))
            };
            // An optional context is there if any member of it is.
            if group.optional && !group.fields.iter().any(|field| entry_of(field).is_some()) {
                continue;
            }
            for field in group.fields {
                let value = match entry_of(field) {
                    Some(_) if field.unresolved => None,
                    Some(entry) => self.value(&field.ty, field.key, &entry.value),
                    None if field.fill.is_some() => field.fill.map(sample),
                    None if !field.required => continue,
                    None => {
                        let written = entries.iter().find(|entry| entry.key.value == field.wire());
                        match written {
                            Some(entry) => self.null_member(field, entry),
                            None => missing.push(field),
                        }
                        whole &= written.is_none();
                        continue;
                    }
                };
                match value {
                    Some(value) => members.push((field.wire().to_owned(), value)),
                    None => whole = false,
                }
            }
        }
        if !missing.is_empty() && !all_known {
            // One of the unknown members may be what is missing.
            whole = false;
        } else if let Some(first) = missing.first() {
            let names = quoted(missing.iter().map(|field| field.wire()));
            let message = format!("{} misses {names}", self.what);
            let diagnostic = Diagnostic::new(self.code, span, message).label("not whole");
            let help = if self.code == Code::BadBackfill {
                "add the missing members: a `backfill` is a whole value"
            } else {
                "add the missing members: an example is a whole event"
            };
            self.diagnostics
                .push(diagnostic.also(first.span, "required").help(help));
            whole = false;
        }
        whole.then_some(members)
    }

    /// The rule: `null` reads as absent, and a required member never is.
    fn null_member(&mut self, field: &Field, entry: &Entry<'_>) {
        let message = format!("{} misses `{}`", self.what, field.wire());
        self.diagnostics.push(
            Diagnostic::new(self.code, entry.key.span, message)
                .label("`null` reads as absent")
                .also(field.span, "required")
                .help("write a value, or make the field optional with `?`"),
        );
    }

    fn no_unknown_members(
        &mut self,
        groups: &[Group<'_>],
        fixed: &[(&str, String)],
        entries: &[Entry<'_>],
    ) -> bool {
        let mut all_known = true;
        let fields = || groups.iter().flat_map(|group| group.fields);
        for entry in entries {
            let name = &*entry.key.value;
            if let Some((_, expected)) = fixed.iter().find(|(fixed, _)| *fixed == name) {
                if !matches!(&entry.value.data, Data::Scalar(scalar) if scalar.text == *expected) {
                    let _: Option<()> = self.mismatch(&entry.value, &format!("`{expected}`"));
                    all_known = false;
                }
            } else if !fields().any(|field| field.wire() == name) {
                let message = format!("{} has an unknown member `{name}`", self.what);
                let diagnostic =
                    Diagnostic::new(self.code, entry.key.span, message).label("not a member");
                all_known = false;
                if groups.iter().any(|group| group.name == name) {
                    let help = format!(
                        "write the members of `{name}` without it: they stand flat beside the others"
                    );
                    self.diagnostics.push(diagnostic.help(help));
                    continue;
                }
                let renamed = fields().find(|field| field.name == name);
                self.diagnostics.push(match renamed {
                    Some(field) => diagnostic.suggest_exactly(field.wire()),
                    None => diagnostic.suggest(name, fields().map(|field| field.wire())),
                });
            }
        }
        all_known
    }
}

/// What fills a header's field in an example that leaves it out: the same on every run.
fn sample(fill: Fill) -> Json {
    Json::String(match fill {
        Fill::UuidV7 => "019b76da-a800-7000-8000-000000000001".to_owned(),
        Fill::Now => "2026-01-01T00:00:00Z".to_owned(),
    })
}

/// `null` reads as absent.
fn is_null(node: &Node<'_>) -> bool {
    match &node.data {
        Data::Empty => true,
        Data::Scalar(scalar) => scalar.plain && matches!(&*scalar.text, "null" | "~"),
        _ => false,
    }
}

/// Any JSON value.
fn json(node: &Node<'_>) -> Option<Json> {
    match &node.data {
        Data::Empty => Some(Json::Null),
        Data::Scalar(scalar) => scalar_text::read(Scalar::Json, &scalar.text, scalar.plain).ok(),
        Data::List(items) => items
            .iter()
            .map(json)
            .collect::<Option<_>>()
            .map(Json::Array),
        Data::Map(entries) => {
            let members = entries
                .iter()
                .map(|entry| Some((entry.key.value.clone().into_owned(), json(&entry.value)?)));
            members.collect::<Option<_>>().map(Json::Object)
        }
        Data::Refused => None,
    }
}
