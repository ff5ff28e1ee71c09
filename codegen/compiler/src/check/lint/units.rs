//! Numbers whose unit is in their name.

use super::super::shared_groups;
use super::written::Written;
use crate::catalog::{Body, Catalog, Event, Field, Scalar, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// What names end in, and the unit that it stands for. Words that may be something else (`min`, `us`, `days`) are left out.
const ENDINGS: &[(&str, &str)] = &[
    ("bytes", "bytes"),
    ("cents", "cents"),
    ("gb", "GB"),
    ("gib", "GiB"),
    ("hours", "h"),
    ("kb", "kB"),
    ("kib", "KiB"),
    ("km", "km"),
    ("mb", "MB"),
    ("mib", "MiB"),
    ("micros", "us"),
    ("microseconds", "us"),
    ("millis", "ms"),
    ("milliseconds", "ms"),
    ("minutes", "min"),
    ("ms", "ms"),
    ("nanos", "ns"),
    ("nanoseconds", "ns"),
    ("ns", "ns"),
    ("pct", "%"),
    ("percent", "%"),
    ("s", "s"),
    ("secs", "s"),
    ("seconds", "s"),
];

/// The rule: the unit of a number stands under `unit`, where docs, tables and readers find it.
pub(super) fn unit_in_name(catalog: &Catalog, written: &Written<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for field in shared_groups(catalog).flatten() {
        if let Some((stem, unit)) = unit_of(catalog, field) {
            found.push(in_name(field, stem, unit));
        }
    }
    for event in &catalog.events {
        for field in &event.fields {
            let Some((stem, unit)) = unit_of(catalog, field) else {
                continue;
            };
            let diagnostic = if is_free(catalog, event, stem) {
                in_name(field, stem, unit)
            } else {
                unnamed(field, unit).help(format!("add `unit: {}` to it", spelt(unit)))
            };
            found.push(match renamed(catalog, written, event, field) {
                Some((span, edit)) => diagnostic.edit(span, edit),
                None => diagnostic,
            });
        }
    }
    found
}

fn unnamed(field: &Field, unit: &str) -> Diagnostic {
    let message = format!("only its name says that `{}` is in `{unit}`", field.name);
    Diagnostic::new(Code::UnitInName, field.span, message).label("no `unit`")
}

fn in_name(field: &Field, stem: &str, unit: &str) -> Diagnostic {
    unnamed(field, unit).help(format!(
        "call it `{stem}` with `unit: {}`; `wire: {}` keeps messages as they are",
        spelt(unit),
        field.name
    ))
}

/// The field without the unit in its name, where nothing else names it: neither a key nor an example.
fn renamed(
    catalog: &Catalog,
    written: &Written<'_, '_>,
    event: &Event,
    field: &Field,
) -> Option<(Span, String)> {
    let (stem, unit) = unit_of(catalog, field)?;
    let is_named = field.key || !event.examples.is_empty();
    if is_named || !is_free(catalog, event, stem) {
        return None;
    }
    let (ty, at) = written.lone_type(field.span)?;
    let span = Span {
        end: at.end,
        ..field.span
    };
    let mark = if field.required { "" } else { "?" };
    let unit = spelt(unit);
    Some((
        span,
        format!("{stem}{mark}: {{ type: {ty}, unit: {unit} }}"),
    ))
}

/// What a name says before its unit, and the unit, if nothing else says it.
fn unit_of<'c>(catalog: &Catalog, field: &'c Field) -> Option<(&'c str, &'static str)> {
    let (stem, ending) = field.name.rsplit_once('_')?;
    let (_, unit) = ENDINGS.iter().find(|(known, _)| *known == ending)?;
    let is_said = field.unit.is_some() || has_unit(catalog, &field.ty);
    (!field.unresolved && is_number(catalog, field) && !is_said).then_some((stem, unit))
}

fn is_number(catalog: &Catalog, field: &Field) -> bool {
    let TypeRef::Scalar(scalar) = catalog.base(&field.ty) else {
        return false;
    };
    scalar.integer_range().is_some() || scalar.is_float() || *scalar == Scalar::Decimal
}

/// Whether a named type says its unit, itself or by what it is made of.
fn has_unit(catalog: &Catalog, ty: &TypeRef) -> bool {
    let mut ty = ty;
    while let TypeRef::Named(id) = ty {
        if catalog[*id].unit.is_some() {
            return true;
        }
        match &catalog[*id].body {
            Body::Newtype(newtype) => ty = &newtype.of,
            _ => return false,
        }
    }
    false
}

/// Whether a field of an event may be called so.
fn is_free(catalog: &Catalog, event: &Event, name: &str) -> bool {
    if matches!(name, "event" | "version") || event.reserved.iter().any(|other| other == name) {
        return false;
    }
    let header = catalog
        .stream_of(event)
        .map(|stream| stream.fields.as_slice());
    let contexts = event.contexts.iter();
    let contexts = contexts.map(|carried| catalog[carried.context].fields.as_slice());
    let groups = contexts.chain(header).chain([event.fields.as_slice()]);
    let mut fields = groups.flatten();
    fields.all(|field| field.name != name && field.wire() != name)
}

/// A unit as YAML has it: `%` begins nothing there.
fn spelt(unit: &str) -> String {
    if unit == "%" {
        "'%'".to_owned()
    } else {
        unit.to_owned()
    }
}
