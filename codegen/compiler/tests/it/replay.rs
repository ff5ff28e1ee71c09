//! What random bytes have found, or may find again: the corpora of `codegen/fuzz`.

use std::fs;
use std::path::Path;

use crate::invariants::{compiled, emitted, held, lone};

/// Does something with each input of a target.
fn replay(target: &str, with: impl Fn(&[u8])) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let inputs = fs::read_dir(fuzz.join(target)).unwrap();
    let mut count = 0;
    for input in inputs {
        with(&fs::read(input.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 0, "the corpus of {target} is empty");
}

#[test]
fn files_that_were_found_hold() {
    replay("file", |bytes| drop(compiled(&lone(bytes))));
}

#[test]
fn catalogs_that_were_found_hold() {
    replay("catalog", |bytes| {
        drop(emitted(&held(str::from_utf8(bytes).unwrap())));
    });
}
