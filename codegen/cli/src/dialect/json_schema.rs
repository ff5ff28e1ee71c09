//! The dialect as a JSON Schema, for editors: what completes keys while somebody types, and underlines what is misspelt.
//!
//! It says what can be written where, as the types do. What is named elsewhere is the compiler's to know.

use std::borrow::Cow;

use eventc_compiler::catalog::Scalar;
use eventc_compiler::{Lint, targets as known_targets};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value as Json, json};

use super::{
    Bare, Deprecated, EnumValue, EnumValues, File, Form, Instead, LongEnumValue, Map, Partition,
    Root, Text, Texts,
};

/// The JSON Schema (draft 7) of a file of a schema. A file with the key `catalog` is the root.
#[must_use]
pub fn json_schema() -> Json {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = false;
    let mut generator = settings.into_generator();
    let root = generator.subschema_for::<Root>();
    let file = generator.subschema_for::<File>();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A file of an eventc schema",
        "description": "Event definitions: types, streams, contexts and events. `catalog.yaml` is the root and holds the settings as well.",
        // A file without a key is a module without a declaration.
        "if": { "type": "null" },
        "then": true,
        "else": {
            "if": { "required": ["catalog"] },
            "then": root,
            "else": file,
        },
        "definitions": generator.take_definitions(true),
    })
}

/// A whole number and its unit.
pub(super) const DURATION: &str = "^[1-9][0-9]*[smhdw]$";
/// A number, or both ends of a range of which one may be left out.
pub(super) const LENGTH: &str = r"^([0-9]+|[0-9]+\.\.[0-9]*|\.\.[0-9]+)$";
/// How far before and after the present.
pub(super) const WINDOW: &str = r"^-[0-9]+[smhdw]\.\.\+[0-9]+[smhdw]$";
pub(super) const SNAKE_CASE: &str = "^[a-z][a-z0-9]*(_[a-z0-9]+)*$";

pub(super) fn snake_case() -> Json {
    json!({ "pattern": SNAKE_CASE })
}

pub(super) fn pascal_case() -> Json {
    json!({ "pattern": "^[A-Z][A-Za-z0-9]*$" })
}

/// Names of fields: an optional one ends in `?`.
pub(super) fn fields() -> Json {
    json!({ "pattern": r"^[a-z][a-z0-9]*(_[a-z0-9]+)*\??$" })
}

pub(super) fn targets() -> Json {
    json!({ "enum": known_targets().collect::<Vec<_>>() })
}

pub(super) fn lints() -> Json {
    json!({ "enum": Lint::NAMES })
}

/// Exactly one of these keys.
pub(super) fn one_of(keys: &[&str]) -> Json {
    keys.iter()
        .map(|key| json!({ "required": [key] }))
        .collect()
}

/// A key that may be left out: where it stands, it has a value.
pub(super) fn without_null(schema: &mut Schema) {
    let properties = schema.get_mut("properties").and_then(Json::as_object_mut);
    for property in properties.into_iter().flat_map(|map| map.values_mut()) {
        let Some(property) = property.as_object_mut() else {
            continue;
        };
        if let Some(Json::Array(types)) = property.get_mut("type") {
            types.retain(|ty| ty != "null");
        }
        let Some(Json::Array(choices)) = property.get_mut("anyOf") else {
            continue;
        };
        choices.retain(|choice| *choice != json!({ "type": "null" }));
        if let [Json::Object(only)] = choices.as_slice() {
            let only = only.clone();
            property.remove("anyOf");
            property.extend(only);
        }
    }
}

/// Names of types, as they may be written wherever one is named.
fn type_name() -> Json {
    let scalars: Vec<&str> = Scalar::ALL.iter().map(|scalar| scalar.name()).collect();
    json!({
        "anyOf": [
            { "enum": scalars },
            {
                "type": "string",
                "pattern": r"^([a-z][a-z0-9_]*\.)*[A-Z][A-Za-z0-9]*$",
                "description": "A type of this file, of one above it, or of another by its path.",
            },
            { "type": "string", "pattern": r"^(list|map)<.+>$" },
        ],
    })
}

/// Any scalar: `no`, `2` and `1.10` are text where the language wants text.
impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

impl JsonSchema for Bare {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Bare".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Text::json_schema(generator)
    }
}

impl JsonSchema for Texts {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": Text::json_schema(generator) })
    }
}

impl<V: JsonSchema> JsonSchema for Map<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<V>() })
    }
}

/// Text names a type, a list is an enum, a map is the long form.
impl<L: JsonSchema> JsonSchema for Form<L> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}OrShort", L::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // Not `anyOf`: a validator then says what is wrong with the form that was meant.
        json_schema!({
            "type": ["string", "array", "object"],
            "if": { "type": "string" },
            "then": type_name(),
            "else": {
                "if": { "type": "array" },
                "then": generator.subschema_for::<Texts>(),
                "else": generator.subschema_for::<L>(),
            },
        })
    }
}

impl JsonSchema for EnumValues {
    fn schema_name() -> Cow<'static, str> {
        "EnumValues".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["array", "object"],
            "if": { "type": "array" },
            "then": generator.subschema_for::<Texts>(),
            "else": generator.subschema_for::<Map<EnumValue>>(),
        })
    }
}

impl JsonSchema for EnumValue {
    fn schema_name() -> Cow<'static, str> {
        "EnumValue".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        prose::<LongEnumValue>(generator, "What it means, in Markdown; or a map.")
    }
}

impl JsonSchema for Deprecated {
    fn schema_name() -> Cow<'static, str> {
        "Deprecated".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        prose::<Instead>(
            generator,
            "Why, in Markdown; or a map that says what to `use` in its place.",
        )
    }
}

/// Text, or the keys of `L`. Nothing is text, too: `web:` alone.
fn prose<L: JsonSchema>(generator: &mut SchemaGenerator, description: &str) -> Schema {
    json_schema!({
        "description": description,
        "type": ["string", "number", "boolean", "null", "object"],
        "if": { "type": "object" },
        "then": generator.subschema_for::<L>(),
    })
}

impl JsonSchema for Partition {
    fn schema_name() -> Cow<'static, str> {
        "Partition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        const FIELD: &str = "[A-Za-z_][A-Za-z0-9_]*";
        let transform = format!(
            r"^ *((hour|day|month|year) *\( *{FIELD} *\)|bucket *\( *[0-9]+ *, *{FIELD} *\)|{FIELD}) *$"
        );
        json_schema!({
            "type": ["string", "array"],
            "if": { "type": "string" },
            "then": { "pattern": transform },
            // In brackets, YAML cuts `bucket(16, id)` at its comma.
            "else": generator.subschema_for::<Texts>(),
            "examples": ["day(occurred_at)", "none", ["day(occurred_at)", "bucket(16, tenant_id)"]],
        })
    }
}
