//! The examples of the schema as tests of the generated crate.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::names;
use crate::catalog::Catalog;
use crate::source::Sources;

/// No module of a schema can have this name.
pub(super) const MODULE: &str = "_examples";

pub(super) fn exist(catalog: &Catalog) -> bool {
    catalog
        .events
        .iter()
        .any(|event| !event.examples.is_empty())
}

/// A test for each example; none if there are no examples.
pub(super) fn file(catalog: &Catalog, sources: &Sources) -> Option<String> {
    if !exist(catalog) {
        return None;
    }
    let mut text = super::mark(&sources.root);
    text.push_str("//! Every example of the schema is decoded, encoded and decoded again.\n");
    text.push_str(ROUND_TRIP);
    let mut taken = BTreeSet::new();
    for event in &catalog.events {
        for example in &event.examples {
            let name = test_name(&event.name, &example.name, &mut taken);
            let json = names::raw_literal(&example.json.to_string());
            let _ = write!(
                text,
                "\n/// `{}`\n#[test]\nfn {name}() {{\n    round_trip({json});\n}}\n",
                sources.place(example.span)
            );
        }
    }
    Some(text)
}

const ROUND_TRIP: &str = r#"
#[track_caller]
fn round_trip(json: &str) {
    let event = crate::Events::decode(json.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}: {json}"));
    let encoded = event.encode().unwrap_or_else(|refusal| panic!("{refusal}: {json}"));
    assert_eq!(crate::Events::decode(&encoded).as_ref(), Ok(&event), "{json}");
}
"#;

/// `backend_request_success_typical`, with a number if it is taken.
fn test_name(event: &str, example: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |text: &str| -> String {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        words.join("_").to_ascii_lowercase()
    };
    let base = format!("{}_{}", plain(event), plain(example));
    let mut name = base.clone();
    let mut count = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}_{count}");
        count += 1;
    }
    name
}
