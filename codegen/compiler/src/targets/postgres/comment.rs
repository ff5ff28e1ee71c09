//! What people read about tables and columns in the database itself.

use crate::catalog::{Catalog, Docs, Field, Type, TypeRef};
use crate::source::Sources;

/// A table or view: its description, what it holds, who answers for it, why it should no longer be used, its place in the schema.
pub(super) fn item(catalog: &Catalog, docs: &Docs, holds: &str, place: &str) -> String {
    let mut lines = Vec::new();
    lines.extend(docs.description.as_deref().map(str::to_owned));
    lines.push(holds.to_owned());
    lines.extend(docs.owner.as_deref().map(|owner| format!("owner: {owner}")));
    lines.extend(docs.deprecated.as_deref().map(|it| it.line(catalog)));
    lines.push(place.to_owned());
    lines.join("\n")
}

/// A column: its description or that of its type, unit, personal data, deprecation, and the place in the schema.
pub(super) fn field(catalog: &Catalog, field: &Field, sources: &Sources) -> String {
    let named: Option<&Type> = match &field.ty {
        TypeRef::Named(id) => Some(&catalog[*id]),
        _ => None,
    };
    let described = field.docs.description.as_deref();
    let described = described.or_else(|| named?.docs.description.as_deref());
    let unit = field.unit.as_deref().map(|unit| &**unit);
    let unit = unit.or_else(|| named?.unit.as_deref());
    let mut lines = Vec::new();
    lines.extend(described.map(str::to_owned));
    lines.push(format!("type: {}", catalog.type_name(&field.ty)));
    lines.extend(unit.map(|unit| format!("unit: {unit}")));
    lines.extend(
        field
            .pii
            .as_deref()
            .map(|class| format!("personal data: {class}")),
    );
    lines.extend(field.docs.deprecated.as_deref().map(|it| it.line(catalog)));
    lines.push(sources.place(field.span));
    lines.join("\n")
}
