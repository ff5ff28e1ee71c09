//! The command as people run it: what it prints, and how it ends.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder of its own for each test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("eventc-cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("schema")).unwrap();
        let folder = Self(path);
        folder.write("schema/catalog.yaml", "catalog: acme\neventc: 1\n");
        folder
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).unwrap();
    }

    fn eventc(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
        command.args(arguments).current_dir(&self.0);
        for name in ["CLICOLOR_FORCE", "NO_COLOR"] {
            command.env_remove(name);
        }
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The exit code, what went to standard output, and what went to standard error.
pub(crate) fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

pub(crate) const ORDERS: &str =
    "events:\n  placed:\n    partition: day(placed_at)\n    fields: { placed_at: timestamp }\n";

#[test]
fn a_schema_without_problems_ends_with_0() {
    let folder = Folder::new("fine");
    folder.write("schema/orders.yaml", ORDERS);
    let (code, out, err) = said(&folder.eventc(&["check"]));
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "1 event in 2 files: no problems\n", "")
    );
}

#[test]
fn problems_end_with_1_and_are_drawn_without_colours_in_a_pipe() {
    let folder = Folder::new("problems");
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
    let folder = Folder::new("trouble");
    let (code, _, err) = said(&folder.eventc(&["check", "--schema", "nowhere"]));
    assert_eq!(code, Some(2));
    insta::assert_snapshot!("a_missing_folder", err);
    assert_eq!(said(&folder.eventc(&["chek"])).0, Some(2));
}

#[test]
fn build_writes_and_build_check_only_looks() {
    let folder = Folder::new("build");
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
    let folder = Folder::new("nested");
    fs::create_dir_all(folder.0.join("crates/events/schema")).unwrap();
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
