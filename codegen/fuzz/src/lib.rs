//! What each target does with its bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a target finds something by panicking"
)]

// The tests of the compiler and of the events hold the same, and replay what was found.
#[path = "../../../tests/guarantees/any_message.rs"]
mod any_message;
#[path = "../../compiler/tests/it/files.rs"]
mod files;
#[path = "../../compiler/tests/it/invariants.rs"]
mod invariants;

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
    any_message::holds(bytes);
}
