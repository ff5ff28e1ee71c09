//! What each target does with its bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a target finds something by panicking"
)]

// The tests of the compiler hold the same, and replay what was found.
#[path = "../../compiler/tests/it/files.rs"]
mod files;
#[path = "../../compiler/tests/it/invariants.rs"]
mod invariants;

use events::Events;

/// The bytes are one file of a schema, beside a root.
pub fn file(bytes: &[u8]) {
    invariants::compiled(&invariants::lone(bytes));
}

/// The text holds all files of a schema, as the fixtures of the compiler do; what is generated from it is Rust.
pub fn catalog(text: &str) {
    let Some(outputs) = invariants::emitted(&invariants::held(text)) else {
        return;
    };
    for output in outputs.iter().filter(|output| output.path.ends_with(".rs")) {
        if let Err(error) = syn::parse_file(&output.text) {
            panic!("{} is not Rust: {error}\n{}", output.path, output.text);
        }
    }
}

/// The bytes are a message, of which every event of this repository's schema may be made.
pub fn decode(bytes: &[u8]) {
    match Events::decode(bytes) {
        Ok(event) => {
            let written = event.encode().expect("what was read can be written");
            let again = Events::decode(&written).expect("what was written can be read");
            assert_eq!(event, again);
            assert_eq!(written, again.encode().expect("written a moment ago"));
            assert!(!format!("{event:?}").is_empty());
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
}
