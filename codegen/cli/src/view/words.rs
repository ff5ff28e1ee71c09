//! Types, storage and fields in the words of the language.

use eventc_compiler::Catalog;
use eventc_compiler::catalog::{
    Body, Deprecated, Event, Field, Home, Newtype, Storage, Type, TypeRef, Union, duration_text,
    range_text, window_text,
};

use super::Thing;

/// A type as it is written, with the modules of its names: `list<billing.Money>`.
pub(crate) fn type_text(catalog: &Catalog, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => scalar.name().to_owned(),
        TypeRef::List(item) => format!("list<{}>", type_text(catalog, item)),
        TypeRef::Map(key, value) => {
            let (key, value) = (type_text(catalog, key), type_text(catalog, value));
            format!("map<{key}, {value}>")
        }
        TypeRef::Named(id) => Thing::Type(*id).name(catalog),
    }
}

/// What a type is, on one line: `uuid`, `web | ios`, `{ amount: decimal, currency: Currency }`.
pub(crate) fn definition(catalog: &Catalog, ty: &Type) -> String {
    match &ty.body {
        Body::Newtype(newtype) => newtype_text(catalog, newtype),
        Body::Enum(values) => {
            let mut texts: Vec<_> = values
                .values
                .iter()
                .map(|value| value.wire.as_str())
                .collect();
            texts.extend(values.open.then_some("…"));
            texts.join(" | ")
        }
        Body::Record(fields) => {
            let field =
                |field: &Field| format!("{}: {}", field_name(field), type_text(catalog, &field.ty));
            let fields: Vec<_> = fields.iter().map(field).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Body::Union(union) => union_text(catalog, union),
    }
}

/// `string, length 1..64, pattern '^[a-z]+$'`
pub(crate) fn newtype_text(catalog: &Catalog, newtype: &Newtype) -> String {
    let mut text = type_text(catalog, &newtype.of);
    if let Some((least, most)) = newtype.length {
        text.push_str(", length ");
        text.push_str(&range_text(least, most));
    }
    if let Some(pattern) = &newtype.pattern {
        text.push_str(&format!(", pattern '{pattern}'"));
    }
    for (name, bound) in [("min", &newtype.min), ("max", &newtype.max)] {
        if let Some(bound) = bound {
            text.push_str(&format!(", {name} {bound}"));
        }
    }
    text
}

fn union_text(catalog: &Catalog, union: &Union) -> String {
    let variants = union.variants.iter();
    let variants: Vec<_> = variants
        .map(|variant| format!("{}: {}", variant.name, type_text(catalog, &variant.ty)))
        .collect();
    let tag = union.tag.as_ref();
    let tag = tag.map_or_else(String::new, |tag| format!(", tag {tag}"));
    format!("{}{tag}", variants.join(" | "))
}

/// Where an event goes: `stream telemetry`, or its own partition.
pub(crate) fn home(catalog: &Catalog, event: &Event) -> String {
    match &event.home {
        Home::Stream(id) => {
            let stream = &catalog[*id];
            format!("stream {}", catalog.qualified(stream.module, &stream.name))
        }
        Home::Own(own) => storage(own, &event.fields),
        Home::Unresolved => String::new(),
    }
}

/// `partition day(occurred_at), key tenant_id, id event_id, kept for 400d`
pub(crate) fn storage(storage: &Storage, fields: &[Field]) -> String {
    let name = |index: usize| {
        let field = fields.get(index);
        field.map_or_else(String::new, |field| field.name.clone())
    };
    let mut text = format!("partition {}", storage.partition_text(name));
    for (what, field) in [("key", storage.key), ("id", storage.id)] {
        if let Some(field) = field {
            text.push_str(&format!(", {what} {}", name(field.index)));
        }
    }
    if let Some(seconds) = storage.retain {
        text.push_str(&format!(", kept for {}", duration_text(seconds)));
    }
    text
}

/// `coupon`, or `coupon?` where it may be absent.
pub(crate) fn field_name(field: &Field) -> String {
    format!("{}{}", field.name, if field.required { "" } else { "?" })
}

/// `u32 (ms)`
pub(crate) fn field_type(catalog: &Catalog, field: &Field) -> String {
    let ty = type_text(catalog, &field.ty);
    match &field.unit {
        Some(unit) => format!("{ty} ({unit})"),
        None => ty,
    }
}

/// What a field is about, then what else is said of it in brackets.
pub(crate) fn about_field(catalog: &Catalog, field: &Field) -> String {
    let mut notes = Vec::new();
    if field.wire() != field.name {
        notes.push(format!("wire: {}", field.wire()));
    }
    if let Some(way) = field.fill {
        notes.push(format!("fill: {}", way.name()));
    }
    if let Some(window) = &field.accept {
        notes.push(format!("accept: {}", window_text(**window)));
    }
    if let Some(class) = &field.pii {
        notes.push(format!("pii: {class}"));
    }
    if let Some(since) = &field.docs.since {
        notes.push(format!("since: {since}"));
    }
    if let Some(value) = &field.backfill {
        notes.push(format!("backfill: {value}"));
    }
    notes.extend(deprecated(catalog, field.docs.deprecated.as_deref()));
    let description = field.docs.description.as_deref().unwrap_or("");
    with_notes(description, &notes)
}

/// That a thing should no longer be used, if so.
pub(crate) fn deprecated(catalog: &Catalog, deprecated: Option<&Deprecated>) -> Option<String> {
    let deprecated = deprecated?;
    let mut text = "deprecated".to_owned();
    if let Some(id) = deprecated.instead {
        text.push_str(&format!(", use {}", catalog[id].name));
    }
    if let Some(reason) = &deprecated.reason {
        text.push_str(&format!(": {}", reason.trim()));
    }
    Some(text)
}

/// A description on one line, with notes behind it.
pub(crate) fn with_notes(description: &str, notes: &[String]) -> String {
    let words: Vec<_> = description.split_whitespace().collect();
    let mut text = words.join(" ");
    if !notes.is_empty() {
        let space = if text.is_empty() { "" } else { " " };
        text.push_str(&format!("{space}[{}]", notes.join("; ")));
    }
    text
}
