//! `eventc fmt` as people run it.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use crate::run::{Folder, said};

const ROOT: &str = "catalog: acme\neventc: 1\n";

/// What `eventc fmt` makes of a text on its standard input.
fn filtered(folder: &Folder, arguments: &[&str], text: &[u8]) -> (Option<i32>, String, String) {
    let mut command = folder.command(env!("CARGO_BIN_EXE_eventc"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    said(&child.wait_with_output().unwrap())
}

#[test]
fn a_formatted_schema_is_not_touched() {
    let folder = Folder::with_root("fmt-fine");
    let written = || {
        fs::metadata(folder.0.join("schema/catalog.yaml"))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = written();
    for arguments in [&["fmt"][..], &["fmt", "--check"]] {
        let (code, out, err) = said(&folder.eventc(arguments));
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (Some(0), "1 file: nothing to format\n", "")
        );
    }
    assert_eq!(before, written());
}

#[test]
fn fmt_check_shows_what_fmt_writes() {
    let folder = Folder::with_root("fmt-check");
    let text = "# Orders.\nevents:\n    placed: {partition: none}   # for now\n\n\n";
    folder.write("schema/orders.yaml", text);
    let many: String = (0..30).map(|number| format!("a{number}:  1\n")).collect();
    folder.write("schema/many.yaml", &many);
    let (code, out, err) = said(&folder.eventc(&["fmt", "--check"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    insta::assert_snapshot!("files_that_are_not_formatted", err);
    let read = |path: &str| fs::read_to_string(folder.0.join(path)).unwrap();
    assert_eq!(read("schema/orders.yaml"), text);

    let (code, out, err) = said(&folder.eventc(&["fmt"]));
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "2 of 3 files formatted\n", "")
    );
    let formatted = "# Orders.\nevents:\n  placed: { partition: none }   # for now\n";
    assert_eq!(read("schema/orders.yaml"), formatted);
    assert_eq!(said(&folder.eventc(&["fmt", "--check"])).0, Some(0));
    // Nothing is left beside the files.
    assert_eq!(fs::read_dir(folder.0.join("schema")).unwrap().count(), 3);
}

#[test]
fn a_file_that_is_not_yaml_keeps_no_other_from_being_formatted() {
    let folder = Folder::with_root("fmt-bad");
    folder.write("schema/anchor.yaml", "events: &e\n");
    folder.write(
        "schema/bracket.yaml",
        "events:   { placed: { partition: none }\n",
    );
    folder.write("schema/key.yaml", "? [a,  b]\n: c\n");
    fs::write(folder.0.join("schema/latin.yaml"), b"owner:   caf\xe9\n").unwrap();
    folder.write("schema/orders.yaml", "owner:   shop\n");
    let (code, out, err) = said(&folder.eventc(&["fmt"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    insta::assert_snapshot!("files_that_cannot_be_formatted", err);
    let read = |path: &str| fs::read(folder.0.join(path)).unwrap();
    assert_eq!(read("schema/orders.yaml"), b"owner: shop\n");
    assert_eq!(read("schema/latin.yaml"), b"owner:   caf\xe9\n");
    assert_eq!(read("schema/key.yaml"), b"? [a,  b]\n: c\n");
}

#[test]
fn fmt_takes_files_and_folders_and_says_which_are_not_there() {
    let folder = Folder::with_root("fmt-paths");
    folder.write("one.yaml", "a:   1\n");
    folder.write("schema/two.yaml", "a:   1\n");
    let (code, _, err) = said(&folder.eventc(&["fmt", "nowhere", "one.yaml", "schema"]));
    assert_eq!(code, Some(2));
    insta::assert_snapshot!("a_missing_path", err);
    for path in ["one.yaml", "schema/two.yaml"] {
        assert_eq!(fs::read_to_string(folder.0.join(path)).unwrap(), "a: 1\n");
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_rights_stay_as_they_are() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::with_root("fmt-link");
    let real = folder.0.join("real.yaml");
    folder.write("real.yaml", "a:   1\n");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.0.join("schema/link.yaml");
    symlink("../real.yaml", &link).unwrap();
    assert_eq!(said(&folder.eventc(&["fmt"])).0, Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), "a: 1\n");
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::with_root("fmt-stdin");
    let nothing = String::new;
    let text = "a:   1\r\n".as_bytes();
    assert_eq!(
        filtered(&folder, &["fmt", "--stdin"], text),
        (Some(0), "a: 1\n".to_owned(), nothing())
    );
    let fine = filtered(&folder, &["fmt", "--stdin", "--check"], ROOT.as_bytes());
    assert_eq!(fine, (Some(0), nothing(), nothing()));
    let (code, out, err) = filtered(&folder, &["fmt", "--stdin", "--check"], text);
    assert_eq!((code, out), (Some(1), nothing()));
    insta::assert_snapshot!("standard_input_that_is_not_formatted", err);
    let (code, out, err) = filtered(&folder, &["fmt", "--stdin"], b"a: [\n");
    assert_eq!((code, out), (Some(1), nothing()));
    insta::assert_snapshot!("standard_input_that_cannot_be_formatted", err);
    assert_eq!(
        said(&folder.eventc(&["fmt", "--stdin", "schema"])).0,
        Some(2)
    );
}
