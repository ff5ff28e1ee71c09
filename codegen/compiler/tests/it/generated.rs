//! Generated code is compiled by rustc: every crate of `right/` builds without a warning and its examples pass.

use std::fs;
use std::path::Path;
use std::process::Command;

use eventc_compiler::{Sources, compile, emit, output};

use crate::fixture::{fixtures, sources};

/// All of it is one workspace with one target folder, which stays for the next time.
#[test]
fn what_is_right_compiles_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("right");
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // A crate of an earlier time may have no fixture any more.
    let _ = fs::remove_dir_all(folder.join("crates"));
    let mut with_examples = Vec::new();
    for fixture in fixtures("right") {
        let sources = fixture.sources();
        let catalog = compile(&sources).catalog.unwrap();
        let krate = folder.join("crates").join(&fixture.name);
        output::write(&krate.join("generated"), &emit(&catalog, &sources)).unwrap();
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"generated/rust/lib.rs\"\n\n\
             [dependencies]\neventc = {{ path = {:?} }}\n",
            fixture.name,
            codegen.join("runtime")
        );
        fs::write(krate.join("Cargo.toml"), manifest).unwrap();
        if catalog
            .events
            .iter()
            .any(|event| !event.examples.is_empty())
        {
            with_examples.push(fixture.name);
        }
    }
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
    )
    .unwrap();
    // The versions that this workspace has: they are on this machine already.
    fs::copy(codegen.join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    cargo(
        &folder,
        "check --workspace --lib --offline --keep-going",
        &[],
    );
    cargo(
        &folder,
        "test --lib --offline --no-fail-fast",
        &with_examples,
    );
}

fn cargo(folder: &Path, arguments: &str, packages: &[String]) {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments.split(' ')).current_dir(folder);
    for package in packages {
        command.args(["--package", package]);
    }
    command
        .env("RUSTFLAGS", "-D warnings -D missing_docs")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    let built = command.output().unwrap();
    let text = [built.stderr, built.stdout].concat();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&text));
}

/// Output is a function of the schema's bytes: not of the order of its files, nor of the time.
#[test]
fn the_same_schema_gives_the_same_bytes_in_any_order() {
    for fixture in fixtures("right") {
        let mut reversed = fixture.files.clone();
        reversed.reverse();
        let emitted = |sources: &Sources| emit(&compile(sources).catalog.unwrap(), sources);
        assert_eq!(
            emitted(&fixture.sources()),
            emitted(&sources(&reversed)),
            "{}",
            fixture.name
        );
    }
}
