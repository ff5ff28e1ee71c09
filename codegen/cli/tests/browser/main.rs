//! The pages of the target `docs` in a real browser, without a window and a network.
//!
//! The tests themselves are the scripts beside this file. They need Chromium, Node.js and npm; where one is lacking the tests say so in a
//! line, and pass, but never in CI. Where `SHOTS` names a folder, pictures of the pages are left in it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that panics has failed, which is what it is for; what was measured is printed"
)]

mod catalogs;
mod programs;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use programs::Programs;

#[test]
fn the_site_from_the_disk() {
    let Some(programs) = Programs::find() else {
        return;
    };
    let sites = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser/sites");
    let folder = |name: &str| sites.join(name);
    catalogs::write_site(&catalogs::of_repository(), &folder("repository"));
    catalogs::write_site(&catalogs::hostile(), &folder("hostile"));
    catalogs::write_site(&catalogs::large(), &folder("large"));
    let mut node = programs.node("site.mjs");
    node.env("SITE", folder("repository"))
        .env("HOSTILE", folder("hostile"))
        .env("LARGE", folder("large"));
    programs::run(&mut node).unwrap_or_else(|said| panic!("{said}"));
}

#[test]
fn the_site_that_follows_the_schema() {
    let Some(programs) = Programs::find() else {
        return;
    };
    let schema = env::temp_dir().join(format!("eventc-served-{}/schema", std::process::id()));
    fs::create_dir_all(&schema).unwrap();
    for (name, text) in catalogs::SIGNUP {
        fs::write(schema.join(name), text).unwrap();
    }
    let mut eventc = Command::new(env!("CARGO_BIN_EXE_eventc"))
        .args(["docs", "--port", "0", "--schema"])
        .arg(&schema)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(eventc.stdout.take().unwrap()).lines();
    let mut lines = lines.map(Result::unwrap);
    let url = lines.find_map(|line| Some(line.split_once(" follows")?.0.to_owned()));
    // It waits for somebody who reads.
    let reader = std::thread::spawn(move || lines.for_each(drop));
    let mut node = programs.node("served.mjs");
    node.env("URL", url.unwrap())
        .env("SCHEMA", schema.join("signup.yaml"));
    let ran = programs::run(&mut node);
    eventc.kill().unwrap();
    eventc.wait().unwrap();
    reader.join().unwrap();
    fs::remove_dir_all(schema.parent().unwrap()).unwrap();
    ran.unwrap_or_else(|said| panic!("{said}"));
}
