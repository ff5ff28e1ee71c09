//! Ours: `catalog.yaml`, and a file for each area.

use std::fmt::Write;

use crate::{Area, Catalog, Field, Files, Newtype, Scalar, Type};

/// The files of a folder `schema/`.
pub fn render(catalog: &Catalog) -> Files {
    let root = ("catalog.yaml".to_owned(), root(catalog));
    let areas = catalog
        .areas
        .iter()
        .map(|area| (format!("{}.yaml", area.name), render_area(area)));
    std::iter::once(root).chain(areas).collect()
}

fn root(catalog: &Catalog) -> String {
    // What a reviewer would ask of names does not matter to what is measured.
    let mut text = String::from(
        "catalog: acme\neventc: 1\ndescription: Everything that Acme reports.\nlints: { unit_in_name: allow, unused_type: allow }\n\ntypes:\n",
    );
    for Newtype {
        name,
        of,
        description,
    } in &catalog.newtypes
    {
        let of = match of {
            Scalar::Uuid => "newtype: uuid",
            Scalar::String => "newtype: string, length: 1..64",
        };
        push(
            &mut text,
            format_args!("  {name}: {{ {of}, description: {description} }}\n"),
        );
    }
    text.push_str("\nstreams:\n  telemetry:\n    description: Everything our services and apps report.\n    fields:\n");
    for field in &catalog.header {
        let fill = match field.ty {
            Type::Shared("EventId") => "fill: uuid_v7, ",
            Type::Timestamp => "fill: now, ",
            _ => "",
        };
        let (name, ty) = (&field.name, ty(&field.ty));
        let description = field.description.as_deref().unwrap_or_default();
        push(
            &mut text,
            format_args!("      {name}: {{ type: {ty}, {fill}description: {description} }}\n"),
        );
    }
    text.push_str("    partition: day(occurred_at)\n    key: tenant_id\n    id: event_id\n");
    text
}

fn render_area(area: &Area) -> String {
    let mut text = format!(
        "description: {}\nstream: telemetry\n\ntypes:\n",
        area.description
    );
    for item in &area.enums {
        let values = item.values.join(", ");
        push(
            &mut text,
            format_args!(
                "  {}:\n    description: {}\n    enum: [{values}]\n",
                item.name, item.description
            ),
        );
    }
    for record in &area.records {
        push(
            &mut text,
            format_args!(
                "  {}:\n    description: {}\n    fields:\n",
                record.name, record.description
            ),
        );
        record
            .fields
            .iter()
            .for_each(|field| push_field(&mut text, field));
    }
    text.push_str("\nevents:\n");
    for event in &area.events {
        push(
            &mut text,
            format_args!(
                "  {}:\n    description: {}\n    fields:\n",
                event.name, event.description
            ),
        );
        event
            .fields
            .iter()
            .for_each(|field| push_field(&mut text, field));
    }
    text
}

fn push_field(text: &mut String, field: &Field) {
    let (name, ty) = (&field.name, ty(&field.ty));
    let optional = if field.optional { "?" } else { "" };
    match &field.description {
        // In braces YAML ends a value at a comma.
        Some(description) if ty.contains(',') => {
            push(
                text,
                format_args!(
                    "      {name}{optional}: {{ type: '{ty}', description: {description} }}\n"
                ),
            );
        }
        Some(description) => {
            push(
                text,
                format_args!(
                    "      {name}{optional}: {{ type: {ty}, description: {description} }}\n"
                ),
            );
        }
        None => push(text, format_args!("      {name}{optional}: {ty}\n")),
    }
}

fn ty(ty: &Type) -> &str {
    match ty {
        Type::Bool => "bool",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::I64 => "i64",
        Type::F64 => "f64",
        Type::String => "string",
        Type::Uuid => "uuid",
        Type::Timestamp => "timestamp",
        Type::ListOfStrings => "list<string>",
        Type::MapOfStrings => "map<string, string>",
        Type::Shared(name) => name,
        Type::Local(name) => name,
    }
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use eventc_compiler::{Sources, Style, compile, render as render_diagnostic};

    use super::*;

    #[test]
    fn compiles_without_a_word() {
        for catalog in [
            Catalog::new(1),
            Catalog::new(100),
            Catalog::new(1000),
            Catalog::new(100).edited(),
        ] {
            let files = render(&catalog);
            let sources = Sources::new(
                "schema",
                files
                    .into_iter()
                    .map(|(path, text)| (path, text.into_bytes())),
            );
            let compilation = compile(&sources);
            let said: Vec<_> = compilation
                .diagnostics
                .iter()
                .map(|diagnostic| render_diagnostic(diagnostic, &sources, Style::Plain))
                .collect();
            assert!(said.is_empty(), "{}", said.join("\n"));
            assert!(compilation.catalog.is_some());
        }
    }
}
