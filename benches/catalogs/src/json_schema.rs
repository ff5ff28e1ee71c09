//! JSON Schema, for typify, which reads draft 7 and puts everything into one module.

use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};

use crate::{Area, Catalog, Field, Files, Scalar, Type};

/// One document with a definition for each type; those of an area begin with its name.
pub fn render(catalog: &Catalog) -> Files {
    let mut definitions = Map::new();
    for newtype in &catalog.newtypes {
        let of = match newtype.of {
            Scalar::Uuid => scalar(&Type::Uuid),
            Scalar::String => scalar(&Type::String),
        };
        definitions.insert(newtype.name.to_owned(), described(of, newtype.description));
    }
    let header = object("", &catalog.header, Map::new());
    definitions.insert(
        "Telemetry".to_owned(),
        described(header, "Everything our services and apps report."),
    );
    catalog
        .areas
        .iter()
        .for_each(|area| define_area(&mut definitions, area));
    let document =
        json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions });
    vec![("catalog.json".to_owned(), format!("{document:#}\n"))]
}

fn define_area(definitions: &mut Map<String, Value>, area: &Area) {
    let prefix = area.name.to_upper_camel_case();
    for item in &area.enums {
        let schema = json!({ "type": "string", "enum": item.values });
        definitions.insert(
            format!("{prefix}{}", item.name),
            described(schema, &item.description),
        );
    }
    for record in &area.records {
        let schema = object(&prefix, &record.fields, Map::new());
        definitions.insert(
            format!("{prefix}{}", record.name),
            described(schema, &record.description),
        );
    }
    for event in &area.events {
        let header = described(reference("Telemetry"), "What every event carries.");
        let header = Map::from_iter([("telemetry".to_owned(), header)]);
        let schema = object(&prefix, &event.fields, header);
        let name = format!("{prefix}{}", event.name.to_upper_camel_case());
        definitions.insert(name, described(schema, &event.description));
    }
}

fn object(prefix: &str, fields: &[Field], mut properties: Map<String, Value>) -> Value {
    let mut required: Vec<_> = properties.keys().cloned().collect();
    for field in fields {
        let schema = match &field.ty {
            Type::Local(name) => reference(&format!("{prefix}{name}")),
            ty => scalar(ty),
        };
        let schema = match &field.description {
            Some(description) => described(schema, description),
            None => schema,
        };
        properties.insert(field.name.clone(), schema);
        if !field.optional {
            required.push(field.name.clone());
        }
    }
    json!({ "type": "object", "properties": properties, "required": required })
}

fn scalar(ty: &Type) -> Value {
    match ty {
        Type::Bool => json!({ "type": "boolean" }),
        Type::U16 => json!({ "type": "integer", "format": "uint16", "minimum": 0 }),
        Type::U32 => json!({ "type": "integer", "format": "uint32", "minimum": 0 }),
        Type::I64 => json!({ "type": "integer", "format": "int64" }),
        Type::F64 => json!({ "type": "number", "format": "double" }),
        Type::String => json!({ "type": "string" }),
        Type::Uuid => json!({ "type": "string", "format": "uuid" }),
        Type::Timestamp => json!({ "type": "string", "format": "date-time" }),
        Type::ListOfStrings => json!({ "type": "array", "items": { "type": "string" } }),
        Type::MapOfStrings => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        Type::Shared(name) => reference(name),
        Type::Local(name) => reference(name),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// In draft 7 nothing may stand beside a reference, so a described one is wrapped.
fn described(mut schema: Value, description: &str) -> Value {
    if schema.get("$ref").is_some() {
        return json!({ "description": description, "allOf": [schema] });
    }
    schema["description"] = description.into();
    schema
}
