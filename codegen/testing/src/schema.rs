//! A schema on its way to the tables of a test.

use eventc_compiler::{Catalog, Json, Sources, Style, compile, emit, render};
use serde_json::Value;

/// The catalog of a schema that is right.
///
/// # Panics
///
/// If it is not, with all that is wrong.
#[must_use]
pub fn checked(sources: &Sources) -> Catalog {
    let compilation = compile(sources);
    let errors = compilation.errors();
    let errors: Vec<_> = errors
        .map(|error| render(error, sources, Style::Plain))
        .collect();
    compilation
        .catalog
        .unwrap_or_else(|| panic!("{}", errors.join("\n\n")))
}

/// The SQL of all tables, in the order of `_load.sql`.
///
/// # Panics
///
/// If the schema is not for PostgreSQL.
#[must_use]
pub fn script(catalog: &Catalog, sources: &Sources) -> String {
    let outputs = emit(catalog, sources);
    let text = |name: &str| {
        let path = format!("postgres/{name}");
        let output = outputs.iter().find(|output| output.path == path);
        output
            .unwrap_or_else(|| panic!("there is no {path}"))
            .text
            .as_str()
    };
    let load = text("_load.sql").lines();
    load.filter_map(|line| line.strip_prefix("\\ir "))
        .map(text)
        .collect()
}

/// A message as the compiler has it.
#[must_use]
pub fn json(message: &Value) -> Json {
    match message {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => Json::Number(number.to_string()),
        Value::String(text) => Json::String(text.clone()),
        Value::Array(items) => Json::Array(items.iter().map(json).collect()),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| (name.clone(), json(value));
            Json::Object(members.iter().map(member).collect())
        }
    }
}
