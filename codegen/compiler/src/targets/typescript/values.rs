//! The same types as values: what `encode`, `decode` and `validate` go by.
//!
//! Each is a call without side effects that is given functions, so it is dropped where nobody uses it, and files may need each other.

use std::fmt::Write as _;

use super::{names, pattern, types};
use crate::catalog::{Body, Catalog, Field, Newtype, Scalar, Type, TypeId, TypeRef};

/// A constant that is made by a function of `eventc.ts`.
pub(super) fn constant(name: &str, ty: &str, call: &str) -> String {
    format!("\nexport const {name}: {ty} = /* @__PURE__ */ eventc.{call};\n")
}

/// All events of a stream or of the catalog, as an object: of a list `tsc` would compare each with each.
pub(super) fn events(name: &str, members: &[String]) -> String {
    let members: String = members
        .iter()
        .map(|member| format!("\n  {member},"))
        .collect();
    let call = format!("events({}, () => ({{{members}\n}}))", names::literal(name));
    constant(name, &format!("eventc.EventsType<{name}>"), &call)
}

/// A named type.
pub(super) fn ty(
    catalog: &Catalog,
    name: &str,
    ty: &Type,
    named: &mut impl FnMut(TypeId) -> String,
) -> String {
    let quoted = names::literal(name);
    let plain = format!("eventc.Type<{name}>");
    match &ty.body {
        Body::Newtype(newtype) => {
            let base = catalog.base(&newtype.of);
            let given = given(catalog, newtype, base, named);
            let of = value(base, named);
            let rules = rules(catalog, newtype, base, catalog.pii_of(ty).is_some());
            let call = format!("newtype({quoted}, () => {of}{rules})");
            constant(name, &format!("eventc.Newtype<{name}, {given}>"), &call)
        }
        Body::Enum(it) => {
            let values = it.values.iter().map(|value| names::literal(&value.wire));
            let values = values.collect::<Vec<_>>().join(", ");
            let open = if it.open { ", true" } else { "" };
            constant(
                name,
                &plain,
                &format!("enumeration({quoted}, [{values}]{open})"),
            )
        }
        Body::Record(fields) => {
            let members = members(fields, named);
            let plain = format!("eventc.RecordType<{name}>");
            constant(
                name,
                &plain,
                &format!("record({quoted}, () => ({members}))"),
            )
        }
        Body::Union(union) => {
            let mut variants = String::new();
            for variant in &union.variants {
                let of = value(&variant.ty, named);
                let _ = write!(variants, "\n  {}: {of},", names::key(&variant.name));
            }
            let tag = union
                .tag
                .as_deref()
                .map(|tag| format!(", {}", names::literal(tag)));
            let tag = tag.unwrap_or_default();
            constant(
                name,
                &plain,
                &format!("union({quoted}, () => ({{{variants}\n}}){tag})"),
            )
        }
    }
}

/// What a newtype is made of when it is called: text for what is text, as its form is looked at anyway.
pub(super) fn given(
    catalog: &Catalog,
    newtype: &Newtype,
    base: &TypeRef,
    named: &mut impl FnMut(TypeId) -> String,
) -> String {
    match base {
        TypeRef::Scalar(Scalar::Decimal | Scalar::Uuid | Scalar::Date | Scalar::Timestamp) => {
            "string".to_owned()
        }
        TypeRef::Scalar(Scalar::I64 | Scalar::U64) if types::is_safe(catalog, newtype) => {
            "number".to_owned()
        }
        base => types::value(catalog, base, named),
    }
}

/// The rules of a newtype as one more argument; none if there are none.
fn rules(catalog: &Catalog, newtype: &Newtype, base: &TypeRef, personal: bool) -> String {
    let rules = catalog.rules_of(newtype);
    let (least, most) = rules.length;
    let bound = |text: &String| match base {
        TypeRef::Scalar(Scalar::Decimal) => names::literal(text),
        TypeRef::Scalar(scalar) if scalar.integer_range().is_some() => format!("{text}n"),
        _ => text.clone(),
    };
    let parts = [
        least.map(|least| format!("minLength: {least}")),
        most.map(|most| format!("maxLength: {most}")),
        rules
            .pattern
            .as_deref()
            .map(|it| format!("pattern: {}", names::literal(&pattern::source(it)))),
        rules.min.as_ref().map(|min| format!("min: {}", bound(min))),
        rules.max.as_ref().map(|max| format!("max: {}", bound(max))),
        newtype.key.then(|| "key: true".to_owned()),
        types::is_safe(catalog, newtype).then(|| "safe: true".to_owned()),
        personal.then(|| "personal: true".to_owned()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(", {{ {} }}", parts.join(", "))
    }
}

/// Fields as an object, by their names on the wire.
pub(super) fn members(fields: &[Field], named: &mut impl FnMut(TypeId) -> String) -> String {
    let mut members = String::from("{");
    for field in fields {
        let mut of = value(&field.ty, named);
        if field.key && !matches!(field.ty, TypeRef::Named(_)) {
            of = format!("eventc.key({of})");
        }
        if !field.required {
            of = format!("eventc.optional({of})");
        }
        if let Some(backfill) = &field.backfill {
            let since = field.docs.since.as_ref();
            let since = since
                .and_then(|since| since.parse::<u32>().ok())
                .unwrap_or(u32::MAX);
            let json = names::literal(&backfill.to_string());
            of = format!("eventc.backfilled({of}, {since}, {json})");
        }
        let _ = write!(members, "\n  {}: {of},", names::key(field.wire()));
    }
    members.push_str(if fields.is_empty() { "}" } else { "\n}" });
    members
}

/// The type of a value.
fn value(ty: &TypeRef, named: &mut impl FnMut(TypeId) -> String) -> String {
    match ty {
        TypeRef::Scalar(Scalar::Bool) => "eventc.boolean".to_owned(),
        TypeRef::Scalar(scalar) => format!("eventc.{}", scalar.name()),
        TypeRef::List(item) => format!("eventc.list({})", value(item, named)),
        TypeRef::Map(key, entry) => {
            let key = value(key, named);
            format!("eventc.map({key}, {})", value(entry, named))
        }
        TypeRef::Named(id) => named(*id),
    }
}
