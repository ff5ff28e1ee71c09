//! The command as people run it: what it prints, and how it ends.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::run::{Folder, said};

pub(crate) const ORDERS: &str =
    "events:\n  placed:\n    partition: day(placed_at)\n    fields: { placed_at: timestamp }\n";

#[test]
fn a_schema_without_problems_ends_with_0() {
    let folder = Folder::with_root("fine");
    folder.write("schema/orders.yaml", ORDERS);
    let (code, out, err) = said(&folder.eventc(&["check"]));
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "1 event in 2 files: no problems\n", "")
    );
}

#[test]
fn problems_end_with_1_and_are_drawn_without_colours_in_a_pipe() {
    let folder = Folder::with_root("problems");
    folder.write(
        "schema/orders.yaml",
        &ORDERS.replace("day(placed_at)", "day(placd_at)"),
    );
    let (code, out, err) = said(&folder.eventc(&["check"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    insta::assert_snapshot!("problems_of_a_schema", err);
}

#[test]
fn a_missing_folder_or_a_wrong_word_ends_with_2() {
    let folder = Folder::with_root("trouble");
    let (code, _, err) = said(&folder.eventc(&["check", "--schema", "nowhere"]));
    assert_eq!(code, Some(2));
    insta::assert_snapshot!("a_missing_folder", err);
    assert_eq!(said(&folder.eventc(&["chek"])).0, Some(2));
}

#[test]
fn build_writes_and_build_check_only_looks() {
    let folder = Folder::with_root("build");
    folder.write("schema/orders.yaml", ORDERS);
    let (code, _, err) = said(&folder.eventc(&["build", "--check"]));
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("files_out_of_date", err);
    assert!(!folder.0.join("generated").exists());

    let (code, out, _) = said(&folder.eventc(&["build"]));
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "generated: 3 files written\n")
    );
    let (code, out, _) = said(&folder.eventc(&["build", "--check"]));
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "generated is what the schema says\n")
    );

    folder.write("schema/orders.yaml", "description: No events any more.\n");
    fs::rename(
        folder.0.join("schema/orders.yaml"),
        folder.0.join("schema/old_orders.yaml"),
    )
    .unwrap();
    let (code, out, _) = said(&folder.eventc(&["build"]));
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "generated: 3 files written, 1 file removed\n")
    );
}

#[test]
fn code_cites_the_schema_from_its_crate_and_messages_from_where_one_stands() {
    let folder = Folder::with_root("nested");
    folder.write("crates/events/Cargo.toml", "");
    folder.write(
        "crates/events/schema/catalog.yaml",
        "catalog: acme\neventc: 1\n",
    );
    folder.write("crates/events/schema/orders.yaml", ORDERS);
    let arguments = ["build", "--schema", "crates/events/schema"];
    assert_eq!(said(&folder.eventc(&arguments)).0, Some(0));
    let orders =
        fs::read_to_string(folder.0.join("crates/events/generated/rust/orders.rs")).unwrap();
    assert!(orders.contains("`schema/orders.yaml:2`"), "{orders}");

    folder.write("crates/events/schema/orders.yaml", "events: 1\n");
    let (_, _, err) = said(&folder.eventc(&arguments));
    assert!(
        err.contains("--> crates/events/schema/orders.yaml:1:9"),
        "{err}"
    );
}

#[test]
fn reports_for_programs_are_the_answer_and_go_to_standard_output() {
    let folder = Folder::with_root("outputs");
    folder.write("schema/orders.yaml", "events: 1\n");
    for format in ["short", "json", "sarif", "github"] {
        let (code, out, err) = said(&folder.eventc(&["check", "--format", format]));
        assert_eq!((code, err.as_str()), (Some(1), ""), "{format}");
        assert!(
            out.contains("E0203") && out.ends_with('\n'),
            "{format}: {out}"
        );
    }
}

#[test]
fn a_pipe_that_is_closed_ends_it_quietly() {
    let folder = Folder::with_root("pipe");
    for arguments in [
        &["list"][..],
        &["completions", "bash"],
        &["help"],
        &["watch"],
    ] {
        let mut command = folder.command(env!("CARGO_BIN_EXE_eventc"));
        command.args(arguments).stderr(Stdio::piped());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            said(&output),
            (Some(0), String::new(), String::new()),
            "{arguments:?}"
        );
    }
}

#[test]
fn watch_checks_each_time_something_was_saved_in_any_way() {
    let folder = Folder::with_root("watch");
    let mut command = folder.command(env!("CARGO_BIN_EXE_eventc"));
    let mut child = command.arg("watch").stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = |wanted: &str| {
        let mut page = String::new();
        for line in lines.by_ref() {
            let line = line.unwrap();
            page.push_str(&line);
            page.push('\n');
            if line.starts_with("watching") {
                break;
            }
        }
        assert!(page.contains(wanted), "{wanted}:\n{page}");
        assert!(!page.contains('\u{1b}'), "{page}");
    };
    next("0 events in 1 file: no problems");
    folder.write("schema/orders.yaml", "events: 1\n");
    next("1 problem in the schema");
    // As editors do that never leave half a file behind.
    folder.write("schema/.orders.yaml.swp", ORDERS);
    let at = |path: &str| folder.0.join(path);
    fs::rename(at("schema/.orders.yaml.swp"), at("schema/orders.yaml")).unwrap();
    next("1 event in 2 files: no problems");
    // As version control does that changes to another branch.
    fs::rename(at("schema"), at("old")).unwrap();
    next("there is no folder `schema`");
    folder.write("new/catalog.yaml", "catalog: acme\neventc: 1\n");
    fs::rename(at("new"), at("schema")).unwrap();
    next("0 events in 1 file: no problems");
    child.kill().unwrap();
    child.wait().unwrap();
}
