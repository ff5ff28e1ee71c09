//! The JSON Schema of the dialect, judged by a validator: it takes what the compiler takes, and catches what people do most.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use eventc_cli::dialect::json_schema;
use jsonschema::Validator;
use serde_json::Value as Json;

use crate::schema::{Schema, all};

fn validator() -> Validator {
    jsonschema::draft7::new(&json_schema()).unwrap()
}

/// A file as an editor reads it. None if it is no YAML.
fn read(text: &str) -> Option<Json> {
    serde_yaml::from_str::<serde_yaml::Value>(text)
        .ok()
        .map(json)
}

fn json(value: serde_yaml::Value) -> Json {
    use serde_yaml::Value;
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => value.into(),
        Value::Number(number) => serde_json::to_value(number).unwrap(),
        Value::String(text) => text.into(),
        Value::Sequence(items) => items.into_iter().map(json).collect(),
        Value::Mapping(entries) => {
            let text = |key| match key {
                Value::String(text) => text,
                key => serde_yaml::to_string(&key).unwrap().trim().to_owned(),
            };
            let entries = entries
                .into_iter()
                .map(|(key, value)| (text(key), json(value)));
            Json::Object(entries.collect())
        }
        Value::Tagged(tagged) => json(tagged.value),
    }
}

#[test]
fn the_json_schema_is_as_it_was() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&json_schema()).unwrap());
}

/// A plain `null` is text to the compiler, and nothing to an editor, which asks for quotes.
const NULLS: &str = "words_that_yaml_1_1_guesses_at";

#[test]
fn it_takes_every_file_that_the_compiler_takes() {
    let validator = validator();
    let mut refused = String::new();
    let mut files = 0;
    for schema in all() {
        for (path, text) in &schema.files {
            let Some(value) = read(text) else { continue };
            files += 1;
            let errors = validator.iter_errors(&value);
            for error in errors.filter(|error| schema.name != NULLS || !error.instance().is_null())
            {
                let _ = writeln!(
                    refused,
                    "{}: {path}: {}: {error}",
                    schema.name,
                    error.instance_path()
                );
            }
        }
    }
    assert!(refused.is_empty(), "{refused}");
    assert!(files > 100, "only {files} files were read");
}

/// Mistakes as they are made every day: all of them are underlined while they are typed.
const CAUGHT: &[&str] = &[
    "event: {}",
    "events: { ping: { partition: none, feilds: {} } }",
    "events: { ping: { partition: none, fields: { a: { type: u8, required: true } } } }",
    "events: { ping: { partition: none, fields: { a: strng } } }",
    "events: { ping: { partition: none, fields: { a: int } } }",
    "events: { ping: { partition: none, fields: { a: { type: money } } } }",
    "events: { ping: { partition: 'daily(at)', fields: { at: timestamp } } }",
    "events: { ping: { partition: 'bucket(id)', fields: { id: uuid } } }",
    "events: { ping: { version: one, partition: none } }",
    "events: { ping: { with: request } }",
    "events: [ping]",
    "events: { ping: { partition: none, examples: [a] } }",
    "events: { ping: { partition: none, description: } }",
    "streams: { a: { store: columns } }",
    "streams: { a: { fields: { id: { type: uuid, fill: v7 } } } }",
    "types: { A: { newtype: u8, minimum: 1 } }",
    "types: { A: { enum: web } }",
    "types: { A: { enum: [a], open: yes please } }",
    "catalog: acme\neventc: 1\ntarget: [postgres]",
    "catalog: acme\neventc: 1\nlints: { missing_id: error }",
    "catalog: acme",
    "eventc: 1\ntargets: [postgres]",
];

#[test]
fn it_catches_what_people_do_most() {
    let validator = validator();
    for text in CAUGHT {
        let value = read(text).unwrap();
        assert!(!validator.is_valid(&value), "{text}");
    }
}

/// Of the mistakes that the compiler's tests know: what an editor without the compiler underlines.
#[test]
fn what_it_catches_of_the_mistakes_that_the_compiler_knows() {
    let validator = validator();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/wrong");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .collect();
    names.sort();
    let mut told = String::new();
    for path in names {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let schema =
            Schema::from_fixture(&name, &String::from_utf8_lossy(&fs::read(&path).unwrap()));
        let values: Vec<_> = schema.files.iter().map(|(_, text)| read(text)).collect();
        let verdict = if values.iter().any(Option::is_none) {
            "no YAML"
        } else if values
            .iter()
            .flatten()
            .all(|value| validator.is_valid(value))
        {
            "-"
        } else {
            "caught"
        };
        let _ = writeln!(told, "{verdict:7}  {name}");
    }
    insta::assert_snapshot!(told);
}
