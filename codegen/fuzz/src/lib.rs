//! What each target does with its bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a target finds something by panicking"
)]

use serde::de::IgnoredAny;

// The tests of the compiler, of the formatter and of the events hold the same, and replay what was found.
#[path = "../../../tests/guarantees/any_message.rs"]
mod any_message;
#[path = "../../compiler/tests/it/files.rs"]
mod files;
#[path = "../../compiler/tests/it/invariants.rs"]
mod invariants;
#[path = "../../cli/tests/it/format/kept.rs"]
mod kept;

/// The bytes are one file of a schema, beside a root.
pub fn file(bytes: &[u8]) {
    invariants::compiled(&invariants::lone(bytes));
}

/// The text holds all files of a schema, as the fixtures of the compiler do; what is generated from it for programs is Rust, or JSON.
pub fn catalog(text: &str) {
    let outputs = invariants::emitted(&invariants::held(text));
    for output in outputs.into_iter().flatten() {
        let fault = match output.path.rsplit('.').next() {
            Some("rs") => syn::parse_file(&output.text)
                .err()
                .map(|error| error.to_string()),
            Some("json" | "avsc") => serde_json::from_str::<IgnoredAny>(&output.text)
                .err()
                .map(|error| error.to_string()),
            _ => None,
        };
        if let Some(fault) = fault {
            panic!("{} is wrong: {fault}\n{}", output.path, output.text);
        }
    }
}

/// The text is a file, which says the same once it is formatted, and is then in the style.
pub fn fmt(text: &str) {
    if let Err(fault) = kept::holds(text) {
        panic!("{fault}");
    }
}

/// The bytes are a message, of which every event of this repository's schema may be made.
pub fn decode(bytes: &[u8]) {
    any_message::holds(bytes);
}
