//! Generated code is compiled by rustc: every crate of `right/` builds without a warning and its examples pass.

use std::fs;
use std::path::Path;
use std::process::Command;

use eventc_compiler::{compile, emit, output};

use crate::fixture::fixtures;

/// Takes a minute: `cargo test -p eventc-compiler --test it -- --ignored`.
#[test]
#[ignore = "builds a crate for each fixture"]
fn what_is_right_compiles_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("right");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let mut members = String::new();
    for fixture in fixtures("right") {
        let sources = fixture.sources();
        let catalog = compile(&sources).catalog.unwrap();
        let krate = folder.join(&fixture.name);
        output::write(&krate.join("generated"), &emit(&catalog, &sources)).unwrap();
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"generated/rust/lib.rs\"\n\n\
             [dependencies]\neventc = {{ path = \"{}\" }}\n",
            fixture.name,
            runtime.display()
        );
        fs::write(krate.join("Cargo.toml"), manifest).unwrap();
        members.push_str(&format!("    \"{}\",\n", fixture.name));
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // The first finds all that does not compile, the second all examples that fail.
    for arguments in [
        "build --workspace --lib --tests --offline --keep-going",
        "test --workspace --lib --offline --no-fail-fast",
    ] {
        let built = Command::new(env!("CARGO"))
            .args(arguments.split(' '))
            .env("RUSTFLAGS", "-D warnings")
            .current_dir(&folder)
            .output()
            .unwrap();
        let text = [built.stderr, built.stdout].concat();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&text));
    }
}
