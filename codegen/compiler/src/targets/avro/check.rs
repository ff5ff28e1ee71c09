//! What Avro cannot take: names that are too long for a file, and one name for two fields.

use std::collections::BTreeMap;

use super::{ENDING, names};
use crate::catalog::{Body, Catalog, Field};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::targets::files;

pub(crate) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    files::check(catalog, ENDING, diagnostics);
    for event in &catalog.events {
        let header = catalog.stream_of(event);
        let header = header.map_or(&[][..], |stream| &stream.fields);
        let contexts = event.contexts.iter();
        let contexts = contexts.flat_map(|carried| &catalog[carried.context].fields);
        let fields = header.iter().chain(contexts).chain(&event.fields);
        differ(fields, diagnostics);
    }
    for ty in &catalog.types {
        if let Body::Record(fields) = &ty.body {
            differ(fields.iter(), diagnostics);
        }
    }
}

/// The rule: the fields of a record have different names.
///
/// Names on the wire differ; one that Avro does not take is replaced by the field's own, which may be that of another on the wire.
fn differ<'c>(fields: impl Iterator<Item = &'c Field>, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Field> = BTreeMap::new();
    for field in fields {
        let name = names::field(field);
        let Some(first) = seen.insert(name, field) else {
            continue;
        };
        let both = first.span.max(field.span);
        if diagnostics.has(Code::NameCollision, both) || diagnostics.has(Code::FieldCollision, both)
        {
            continue;
        }
        let (first, second) = if first.span <= field.span {
            (first, field)
        } else {
            (field, first)
        };
        let label = |field: &Field| format!("`{}` on the wire", field.wire());
        let message = format!("two fields become `{name}` in Avro");
        diagnostics.push(
            Diagnostic::new(Code::NameCollision, second.span, message)
                .label(label(second))
                .also(first.span, label(first))
                .note("Avro takes letters, digits and `_`; a field with another `wire` is called as in the schema")
                .help("rename one of them, or give it another `wire`"),
        );
    }
}
