//! The target `json_schema`: a validator and the generated types give the same verdict on every message.

mod changes;
mod edges;
mod versions;

use std::collections::BTreeMap;

use eventc_compiler::catalog::Event;
use eventc_compiler::{Catalog, Sources, emit};
use eventc_pattern::Pattern;
use eventc_testing::patterns::{PATTERNS, TEXTS};
use eventc_testing::samples::Samples;
use eventc_testing::schema::checked;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::samples::{Judge, REAL, WIDE, factor, real_sources};
use crate::{right, wide};

/// A catalog, its schemas, and its types.
struct Stage {
    catalog: Catalog,
    types: Judge,
    /// The schemas of events by their names; those that also hold a text against its format stand behind them.
    events: BTreeMap<String, [Validator; 2]>,
    bundle: Validator,
}

impl Stage {
    fn real() -> Self {
        Self::of(&real_sources(), REAL)
    }

    fn wide() -> Self {
        Self::small(wide::TEXT, WIDE)
    }

    /// The schema of one file, its root.
    fn small(text: &str, types: Judge) -> Self {
        let files = [("catalog.yaml".to_owned(), text.as_bytes().to_vec())];
        Self::of(&Sources::new("schema", files), types)
    }

    fn of(sources: &Sources, types: Judge) -> Self {
        let mut catalog = checked(sources);
        catalog.targets = vec!["json_schema".to_owned()];
        let outputs = emit(&catalog, sources);
        let schema = |name: &str| -> Value {
            let path = format!("json_schema/{name}.json");
            let output = outputs.iter().find(|output| output.path == path);
            serde_json::from_str(&output.expect("a file for each event").text).unwrap()
        };
        let validator = |schema: &Value, formats: bool| {
            jsonschema::meta::validate(schema).unwrap();
            let options = jsonschema::draft202012::options();
            let options = options.should_validate_formats(formats);
            options.build(schema).unwrap()
        };
        let events = catalog.events.iter().map(|event| {
            let schema = schema(&event.name);
            let validators = [validator(&schema, false), validator(&schema, true)];
            (event.name.clone(), validators)
        });
        Self {
            events: events.collect(),
            bundle: validator(&schema("_bundle"), false),
            catalog,
            types,
        }
    }

    /// Whether the schemas take a message of an event; all of them say the same.
    fn takes(&self, event: &str, message: &Value) -> bool {
        let [plain, formats] = &self.events[event];
        let takes = plain.is_valid(message);
        assert_eq!(formats.is_valid(message), takes, "formats: {message:#}");
        // Only there a message has to say which event it is.
        let says_which = message.get("event").is_some();
        let by_all = self.bundle.is_valid(message);
        assert_eq!(by_all, takes && says_which, "bundle: {message:#}");
        takes
    }

    /// Why they do not.
    fn errors(&self, event: &str, message: &Value) -> String {
        let errors = self.events[event][0].iter_errors(message);
        let errors = errors.map(|error| format!("{}: {error}", error.instance_path()));
        errors.collect::<Vec<_>>().join("\n")
    }

    /// Whether the types take a message.
    fn types_take(&self, message: &Value) -> bool {
        (self.types)(message.to_string().as_bytes()).is_ok()
    }

    /// Both take a message, or neither does.
    fn agree(&self, event: &str, message: &Value) {
        let (schema, types) = (self.takes(event, message), self.types_take(message));
        assert_eq!(
            schema,
            types,
            "{}\n{}\n{message:#}",
            (self.types)(message.to_string().as_bytes())
                .err()
                .unwrap_or_default(),
            self.errors(event, message),
        );
    }

    /// An event in which all is there that may be.
    fn full(&self, event: &str) -> Value {
        let mut samples = Samples::new(&self.catalog, 5);
        let id = Event::ids(&self.catalog).find(|id| self.catalog[*id].name == event);
        let id = id.expect("an event of the catalog");
        let all = (0..200).map(|_| samples.event(id));
        let size = |event: &Value| event.as_object().unwrap().len();
        all.max_by_key(size).unwrap()
    }
}

#[test]
fn every_example_is_valid() {
    let stage = Stage::real();
    let mut seen = 0;
    for event in &stage.catalog.events {
        for example in &event.examples {
            let message: Value = serde_json::from_str(&example.json.to_string()).unwrap();
            let errors = stage.errors(&event.name, &message);
            assert!(stage.takes(&event.name, &message), "{errors}\n{message:#}");
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} examples");
}

#[test]
fn every_sample_is_valid() {
    for (stage, count) in [(Stage::real(), 60), (Stage::wide(), 200)] {
        let catalog = &stage.catalog;
        let mut samples = Samples::new(catalog, 11).with_nul(true);
        let mut nulls = Samples::new(catalog, 12).with_nulls(true);
        for id in Event::ids(catalog) {
            let name = &catalog[id].name;
            for _ in 0..count * factor() {
                for message in [samples.event(id), nulls.event(id)] {
                    let errors = stage.errors(name, &message);
                    assert!(stage.takes(name, &message), "{errors}\n{message:#}");
                }
            }
        }
    }
}

#[test]
fn no_mutant_is_valid() {
    for stage in [Stage::real(), Stage::wide()] {
        let mut samples = Samples::new(&stage.catalog, 13);
        let mut taken = BTreeMap::new();
        let mut total = 0;
        for id in Event::ids(&stage.catalog) {
            let name = &stage.catalog[id].name;
            for _ in 0..2 * factor() {
                for (what, mutant) in samples.mutants(id) {
                    total += 1;
                    if stage.takes(name, &mutant) {
                        taken.insert((name, what), mutant);
                    }
                }
            }
        }
        assert!(taken.is_empty(), "{} of {total}: {taken:#?}", taken.len());
        assert!(total > 1_000, "only {total} mutants");
    }
}

/// Types that hold themselves, names of every kind, modules of all.
#[test]
fn the_schemas_of_everything_that_is_right_are_schemas() {
    for (_, sources) in right::fixtures() {
        // What is not JSON Schema, or refers to what is not there, ends the test.
        let stage = Stage::of(&sources, |_| Err(String::new()));
        assert_eq!(stage.events.len(), stage.catalog.events.len());
    }
}

/// A pattern takes the same texts in a schema as in a type.
#[test]
fn patterns_are_read_alike() {
    let types = PATTERNS.iter().enumerate().map(|(number, pattern)| {
        let pattern = pattern.replace('\'', "''");
        format!("  P{number}: {{ newtype: string, pattern: '{pattern}' }}\n")
    });
    let fields = (0..PATTERNS.len()).map(|number| format!("f{number}?: P{number}"));
    let text = format!(
        "catalog: acme\neventc: 1\ntypes:\n{}events:\n  e: {{ partition: none, fields: {{ {} }} }}\n",
        types.collect::<String>(),
        fields.collect::<Vec<_>>().join(", ")
    );
    // The patterns themselves are asked, and no types that have them.
    let stage = Stage::small(&text, |_| Err(String::new()));
    for (number, pattern) in PATTERNS.iter().enumerate() {
        let ours = Pattern::parse(pattern).unwrap();
        for text in TEXTS {
            let message = json!({ "event": "e", format!("f{number}"): text });
            let takes = stage.takes("e", &message);
            assert_eq!(takes, ours.is_match(text), "{pattern} of {text:?}");
        }
    }
}
