//! Protocol Buffers, for prost: a package for each area, which becomes a module.

use heck::{ToShoutySnakeCase, ToUpperCamelCase};

use crate::{Area, Catalog, Field, Files, Type};

/// The root, which the others import.
const ROOT: &str = "catalog.proto";

/// The files of a folder that is an include path of its own.
///
/// Newtypes are what they wrap and uuids are text, as there is nothing else for them.
pub fn render(catalog: &Catalog) -> Files {
    let root = (ROOT.to_owned(), root(catalog));
    let areas = catalog
        .areas
        .iter()
        .map(|area| (format!("{}.proto", area.name), render_area(area)));
    std::iter::once(root).chain(areas).collect()
}

fn root(catalog: &Catalog) -> String {
    let mut text = String::from(
        "syntax = \"proto3\";\n\npackage acme;\n\nimport \"google/protobuf/timestamp.proto\";\n\n",
    );
    text.push_str("// Everything our services and apps report.\nmessage Telemetry {\n");
    push_fields(&mut text, &catalog.header, 1);
    text.push_str("}\n");
    text
}

fn render_area(area: &Area) -> String {
    let mut text = format!(
        "// {}\nsyntax = \"proto3\";\n\npackage acme.{};\n\n",
        area.description, area.name
    );
    text.push_str(&format!(
        "import \"{ROOT}\";\nimport \"google/protobuf/timestamp.proto\";\n"
    ));
    for item in &area.enums {
        let prefix = item.name.to_shouty_snake_case();
        text.push_str(&format!(
            "\n// {}\nenum {} {{\n",
            item.description, item.name
        ));
        text.push_str(&format!("  {prefix}_UNSPECIFIED = 0;\n"));
        for (value, number) in item.values.iter().zip(1..) {
            text.push_str(&format!(
                "  {prefix}_{} = {number};\n",
                value.to_shouty_snake_case()
            ));
        }
        text.push_str("}\n");
    }
    for record in &area.records {
        text.push_str(&format!(
            "\n// {}\nmessage {} {{\n",
            record.description, record.name
        ));
        push_fields(&mut text, &record.fields, 1);
        text.push_str("}\n");
    }
    for event in &area.events {
        text.push_str(&format!(
            "\n// {}\nmessage {} {{\n",
            event.description,
            event.name.to_upper_camel_case()
        ));
        text.push_str("  // What every event carries.\n  acme.Telemetry telemetry = 1;\n");
        push_fields(&mut text, &event.fields, 2);
        text.push_str("}\n");
    }
    text
}

fn push_fields(text: &mut String, fields: &[Field], first: usize) {
    for (field, number) in fields.iter().zip(first..) {
        if let Some(description) = &field.description {
            text.push_str(&format!("  // {description}\n"));
        }
        let ty = match &field.ty {
            Type::Bool => "bool",
            Type::U16 | Type::U32 => "uint32",
            Type::I64 => "int64",
            Type::F64 => "double",
            Type::String | Type::Uuid | Type::Shared(_) => "string",
            Type::Timestamp => "google.protobuf.Timestamp",
            Type::ListOfStrings => "repeated string",
            Type::MapOfStrings => "map<string, string>",
            Type::Local(name) => name,
        };
        let optional = if field.optional { "optional " } else { "" };
        text.push_str(&format!("  {optional}{ty} {} = {number};\n", field.name));
    }
}
