//! Files that are wrong: both readers refuse them, but for a few that only one of them minds.

use crate::schema::{Document, ROOT, Schema};

const REFUSED_BY_BOTH: &[(&str, &str)] = &[
    ("an unknown key of a file", "event: {}"),
    ("a setting of the root elsewhere", "catalog: acme"),
    (
        "an unknown key of an event",
        "events: { ping: { partition: none, streams: x } }",
    ),
    (
        "an unknown key of a field",
        "events: { ping: { partition: none, fields: { a: { type: u8, required: true } } } }",
    ),
    (
        "an unknown key of a type",
        "types: { A: { newtype: u8, minimum: 1 } }",
    ),
    (
        "an unknown key of an inline type",
        "types: { A: { one_of: { a: { values: [b] } } } }",
    ),
    (
        "an unknown key of an enum's value",
        "types: { A: { enum: { a: { name: b } } } }",
    ),
    (
        "an unknown key of deprecated",
        "events: { ping: { partition: none, deprecated: { instead: pong } } }",
    ),
    ("a key that stands twice", "stream: a\nstream: a"),
    (
        "an event that stands twice",
        "events:\n  ping: { partition: none }\n  ping: { partition: none }",
    ),
    (
        "a field that stands twice",
        "contexts: { a: { fields: { b: u8, b: u8 } } }",
    ),
    (
        "a value that stands twice",
        "types: { A: { enum: { a: One., a: Two. } } }",
    ),
    ("a list for a map", "events: [ping]"),
    ("text for a map", "events: ping"),
    ("a map for text", "description: { en: Shop. }"),
    ("a list for text", "owner: [shop, web]"),
    (
        "text for a list",
        "events: { ping: { partition: none, reserved: pong } }",
    ),
    (
        "a list among the values of an enum",
        "types: { A: [a, [b, c]] }",
    ),
    (
        "a list as what is said about a value",
        "types: { A: { enum: { a: [b] } } }",
    ),
    (
        "a list as a reason",
        "events: { ping: { partition: none, deprecated: [a] } }",
    ),
    (
        "a map as a partition",
        "events: { ping: { partition: { day: at }, fields: { at: date } } }",
    ),
    ("nothing for the events", "events:"),
    ("nothing for a type", "types: { A: }"),
    ("nothing for a field", "contexts: { a: { fields: { b: } } }"),
    (
        "nothing for a list",
        "events: { ping: { partition: none, with: } }",
    ),
    ("a number for a type", "types: { A: 12 }"),
    (
        "a boolean of YAML 1.1",
        "types: { A: { enum: [a], open: yes } }",
    ),
    (
        "a version that is no whole number",
        "events: { ping: { partition: none, version: 1.10 } }",
    ),
    (
        "a version that is no number",
        "events: { ping: { partition: none, version: new } }",
    ),
    (
        "a period that is none",
        "events: { ping: { partition: none, expect: { at_least: 1, per: hours } } }",
    ),
    (
        "fewer than none",
        "events: { ping: { partition: none, expect: { at_least: -1, per: hour } } }",
    ),
    (
        "a number for what is expected",
        "events: { ping: { partition: none, expect: 500 } }",
    ),
    (
        "a fill that is none",
        "contexts: { a: { fields: { b: { type: uuid, fill: random } } } }",
    ),
    (
        "a comma in braces",
        "contexts: { a: { fields: { b: { type: map<string, u8> } } } }",
    ),
    ("a bracket that is not closed", "types: { A: [a, b }"),
    ("a quote that is not closed", "description: 'Shop."),
    ("a tab", "events:\n\tping: {}"),
    ("two documents", "owner: a\n---\nowner: b"),
    ("an unknown alias", "owner: *a"),
    ("a tag of its own", "types: { A: !uuid uuid }"),
];

/// Legitimate: the compiler is stricter about YAML, and about what a reader of YAML has read already.
const REFUSED_BY_THE_COMPILER: &[(&str, &str)] = &[
    ("an anchor and an alias", "types: { A: &a [b], C: *a }"),
    ("a tag of YAML", "owner: !!str a"),
    ("a directive", "%YAML 1.2\n---\nowner: a"),
    ("a text without a value", "owner:"),
    (
        "an event without a value",
        "stream: clicks\nevents:\n  ping:\n",
    ),
    (
        "a value that stands twice in a list",
        "types: { A: [a, a] }",
    ),
    (
        "a boolean in capitals",
        "types: { A: { enum: [a], open: True } }",
    ),
    (
        "a version in hexadecimal",
        "events: { ping: { partition: none, version: 0x10 } }",
    ),
    (
        "a type of two kinds",
        "types: { A: { newtype: u8, enum: [a] } }",
    ),
];

/// Legitimate: a number or a boolean in quotes is text to a reader of YAML.
const REFUSED_BY_SERDE_YAML: &[(&str, &str)] = &[
    (
        "a boolean in quotes",
        "types: { A: { enum: [a], open: 'true' } }",
    ),
    (
        "a version in quotes",
        "events: { ping: { partition: none, version: '2' } }",
    ),
];

/// Whether serde_yaml and the compiler refuse it.
fn refused(name: &str, text: &str) -> (bool, bool) {
    let streams = "streams: { clicks: { partition: none, fields: {} } }\n";
    let files = [
        ("catalog.yaml".to_owned(), format!("{ROOT}{streams}")),
        ("shop.yaml".to_owned(), text.to_owned()),
    ];
    let schema = Schema {
        name: name.to_owned(),
        files: files.into(),
    };
    (
        Document::read("shop.yaml", text).is_err(),
        schema.compile().1.catalog.is_none(),
    )
}

#[test]
fn wrong_files_are_refused() {
    let lists = [
        (REFUSED_BY_BOTH, (true, true)),
        (REFUSED_BY_THE_COMPILER, (false, true)),
        (REFUSED_BY_SERDE_YAML, (true, false)),
    ];
    let mut found = Vec::new();
    for (list, expected) in lists {
        let wrong = list
            .iter()
            .map(|(name, text)| (name, refused(name, text)))
            .filter(|(_, refused)| *refused != expected);
        found.extend(wrong.map(|(name, (serde, ours))| {
            format!("{name}: refused by serde_yaml: {serde}, by the compiler: {ours}")
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_root_has_a_name_and_a_version_of_the_language() {
    for text in [
        "catalog: acme",
        "eventc: 1",
        "catalog: acme\neventc: [1]",
        "catalog: acme\neventc: 1\nlints: { missing_id: maybe }",
    ] {
        assert!(Document::read("catalog.yaml", text).is_err(), "{text}");
        let schema = Schema {
            name: text.to_owned(),
            files: vec![("catalog.yaml".to_owned(), text.to_owned())],
        };
        assert!(schema.compile().1.catalog.is_none(), "{text}");
    }
}
