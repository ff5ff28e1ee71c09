//! Schemas that the compiler accepts: this repository's own, and the fixtures of its tests.

use crate::opinion::differences;
use crate::schema::{Document, Schema, all, shape};

/// What is not the same once it was written, as lines of the shape: `deprecated: ~` is nothing to serde_yaml.
const RESPELT: &[(&str, &str, &str)] = &[("words_that_yaml_1_1_guesses_at", "\"~\",", "\"null\",")];

/// What serde_yaml reads in another spelling, for the same reason; within examples and backfills, numbers are compared as such.
const MISREAD: &[&str] = &[
    "words_that_yaml_1_1_guesses_at: shop: shop.no.deprecated: serde_yaml reads Some((Some(\"null\"), None)), the compiler Some((Some(\"~\"), None))",
];

#[test]
fn serde_yaml_reads_what_the_compiler_reads() {
    let mut found = Vec::new();
    for schema in all() {
        let differences = differences(&schema.documents(), &schema.catalog());
        found.extend(
            differences
                .iter()
                .map(|difference| format!("{}: {difference}", schema.name)),
        );
    }
    found.retain(|difference| !MISREAD.contains(&difference.as_str()));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_compiler_reads_what_serde_yaml_writes() {
    let mut found = Vec::new();
    for schema in all() {
        let (mut documents, mut catalog) = (schema.documents(), schema.catalog());
        let kept: Vec<_> = documents
            .iter_mut()
            .flat_map(Document::remove_respelt_examples)
            .collect();
        for event in &mut catalog.events {
            event
                .examples
                .retain(|example| kept.contains(&(event.name.clone(), example.name.clone())));
        }
        let written = Schema::written(&schema.name, &documents);
        let (before, after) = (shape(&catalog), shape(&written.catalog()));
        let lines = before
            .lines()
            .zip(after.lines())
            .filter(|(before, after)| before != after);
        let respelt = RESPELT
            .iter()
            .filter(|(name, ..)| *name == schema.name)
            .map(|&(_, before, after)| (before, after));
        let lines: Vec<_> = lines
            .map(|(before, after)| (before.trim(), after.trim()))
            .collect();
        if lines != respelt.collect::<Vec<_>>() || before.lines().count() != after.lines().count() {
            found.push(format!("{}: {lines:?}", schema.name));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_is_written_is_written_the_same_again() {
    for schema in all() {
        for document in schema.documents() {
            let text = document.write();
            let again = Document::read(document.path(), &text).unwrap();
            assert_eq!(text, again.write(), "{}", schema.name);
        }
    }
}
