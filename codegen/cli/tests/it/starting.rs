//! `eventc init`: what it makes builds.

use std::fs;
use std::path::Path;

use crate::run::{Folder, said};

/// This repository, whose crates and whose lock file a new crate is given: so nothing is downloaded.
fn checkout() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Builds what is in a folder. Third-party crates are compiled once for all tests.
fn build(folder: &Folder, below: &str) {
    fs::copy(checkout().join("Cargo.lock"), folder.0.join("Cargo.lock")).unwrap();
    let mut cargo = folder.command(env!("CARGO"));
    cargo
        .args(["build", "--offline", "--quiet", "--manifest-path"])
        .arg(folder.0.join(below).join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"));
    let (code, _, err) = said(&cargo.output().unwrap());
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

fn init(folder: &Folder, arguments: &[&str]) {
    let checkout = checkout().to_str().unwrap();
    let arguments = [&["init", "--eventc-path", checkout], arguments].concat();
    let (code, _, err) = said(&folder.eventc(&arguments));
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

#[test]
fn a_new_crate_builds_and_says_what_its_schema_says() {
    let folder = Folder::new("init-alone");
    init(&folder, &["--name", "shop-events", "--example"]);
    let is_current = || said(&folder.eventc(&["build", "--check"]));
    assert_eq!(is_current().0, Some(0));
    build(&folder, "");
    assert_eq!(is_current().0, Some(0));
}

#[test]
fn a_new_member_of_a_workspace_builds_after_something_was_added() {
    let folder = Folder::new("init-member");
    folder.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = []\n",
    );
    init(&folder, &["crates/events"]);
    let schema = ["--schema", "crates/events/schema"];
    let added = [
        "new",
        "event",
        "signup.failed",
        "-f",
        "reason:[taken, weak]",
    ];
    let (code, ..) = said(&folder.eventc(&[&added[..], &schema].concat()));
    assert_eq!(code, Some(0));
    build(&folder, "crates/events");
    let code = folder.read("crates/events/generated/rust/signup.rs");
    assert!(code.contains("pub struct Failed"), "{code}");
}
