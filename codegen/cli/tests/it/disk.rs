//! What a disk can hold and refuse: the command says what is wrong and ends, and no tree is half-written.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::command::ORDERS;
use crate::run::{Folder, said};

/// A user with no rights at all.
const NOBODY: u32 = 65534;

/// A schema with an event in a file of its own.
fn folder(name: &str) -> Folder {
    let folder = Folder::with_root(name);
    folder.write("schema/orders.yaml", ORDERS);
    folder
}

/// The exit code, and all that is said, with the folder's own name left out.
fn ends(folder: &Folder, mut command: Command) -> (Option<i32>, String) {
    let (code, out, err) = said(&command.output().unwrap());
    let here = format!("{}/", folder.0.display());
    (code, (out + &err).trim().replace(&here, ""))
}

#[track_caller]
fn refused(folder: &Folder, words: &str) {
    let (code, text) = ends(folder, folder.prepared(&["check"]));
    assert_eq!((code, text.as_str()), (Some(2), words));
}

/// The files below a folder, and their texts.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                let text = fs::read_to_string(&path).unwrap();
                files.insert(name.to_string_lossy().into_owned(), text);
            }
        }
    }
    files
}

/// Whether rights are anything to whoever runs the tests; if not, a command is run as somebody else. False where it can't be.
fn lower_rights(folder: &Folder, command: &mut Command) -> bool {
    if fs::metadata(&folder.0).unwrap().uid() != 0 {
        return true;
    }
    command.uid(NOBODY).gid(NOBODY);
    let can_run = Command::new(env!("CARGO_BIN_EXE_eventc"))
        .arg("--version")
        .uid(NOBODY)
        .gid(NOBODY)
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !can_run {
        println!("skipped: nobody but root can run the command where it was built");
    }
    can_run
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_file_without_rights_is_named() {
    let folder = folder("no-rights");
    set_mode(&folder.0.join("schema/orders.yaml"), 0);
    let mut command = folder.prepared(&["check"]);
    if lower_rights(&folder, &mut command) {
        let words = "error: schema/orders.yaml: Permission denied (os error 13)";
        assert_eq!(ends(&folder, command), (Some(2), words.to_owned()));
    }
}

#[test]
fn links_lead_to_files_and_to_folders_outside_and_nowhere() {
    let folder = folder("links");
    fs::create_dir_all(folder.0.join("shared")).unwrap();
    folder.write("shared/other.yaml", ORDERS);
    symlink("../shared/other.yaml", folder.0.join("schema/linked.yaml")).unwrap();
    symlink("../shared", folder.0.join("schema/shared")).unwrap();
    let (code, text) = ends(&folder, folder.prepared(&["check"]));
    assert_eq!(
        (code, text.as_str()),
        (Some(0), "3 events in 4 files: no problems")
    );

    symlink("nothing.yaml", folder.0.join("schema/lost.yaml")).unwrap();
    refused(
        &folder,
        "error: schema/lost.yaml: No such file or directory (os error 2)",
    );
    fs::remove_file(folder.0.join("schema/lost.yaml")).unwrap();
    symlink("self.yaml", folder.0.join("schema/self.yaml")).unwrap();
    refused(
        &folder,
        "error: schema/self.yaml: Too many levels of symbolic links (os error 40)",
    );
    fs::remove_file(folder.0.join("schema/self.yaml")).unwrap();
    symlink("../schema", folder.0.join("shared/again")).unwrap();
    refused(
        &folder,
        "error: schema/shared/again: this link leads back to a folder above it",
    );
}

#[test]
fn what_is_called_like_a_schema_file_and_is_none_is_named() {
    let folder = folder("strange");
    fs::create_dir(folder.0.join("schema/x.yaml")).unwrap();
    refused(
        &folder,
        "error: schema/x.yaml: this is a folder, and called like a schema file: rename it",
    );
    fs::remove_dir(folder.0.join("schema/x.yaml")).unwrap();
    pipe(&folder.0.join("schema/x.yaml"));
    let none = "this is no file that can be read, and called like a schema file: rename it";
    refused(&folder, &format!("error: schema/x.yaml: {none}"));
    fs::remove_file(folder.0.join("schema/x.yaml")).unwrap();
    symlink("/dev/zero", folder.0.join("schema/x.yaml")).unwrap();
    refused(&folder, &format!("error: schema/x.yaml: {none}"));
    fs::remove_file(folder.0.join("schema/x.yaml")).unwrap();
    // What is called otherwise is nobody's business.
    pipe(&folder.0.join("schema/x.txt"));
    assert_eq!(ends(&folder, folder.prepared(&["check"])).0, Some(0));
}

#[test]
fn names_that_are_not_utf_8_matter_where_they_are_those_of_schema_files() {
    let folder = folder("names");
    let schema = folder.0.join("schema");
    fs::write(schema.join(OsStr::from_bytes(b"caf\xe9.txt")), "").unwrap();
    assert_eq!(ends(&folder, folder.prepared(&["check"])).0, Some(0));
    fs::write(schema.join(OsStr::from_bytes(b"caf\xe9.yaml")), "").unwrap();
    refused(
        &folder,
        "error: schema/caf\u{fffd}.yaml: the name is not UTF-8: rename it",
    );
}

#[test]
fn names_that_differ_in_case_alone_are_not_two_modules() {
    let folder = folder("case");
    folder.write("schema/Orders.yaml", ORDERS);
    if tree(&folder.0.join("schema")).len() < 3 {
        println!("skipped: this disk takes both for one name");
        return;
    }
    let (code, text) = ends(&folder, folder.prepared(&["check"]));
    assert_eq!(code, Some(1));
    assert!(text.contains("`Orders` cannot be a module"), "{text}");
}

#[test]
fn a_name_with_control_characters_reaches_no_terminal() {
    let folder = folder("control");
    folder.write("schema/\u{1b}[31m.yaml", "");
    let (code, text) = ends(&folder, folder.prepared(&["check"]));
    assert_eq!(code, Some(1));
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

#[test]
fn a_folder_that_may_not_be_written_stays_as_it_was() {
    let folder = folder("read-only");
    set_mode(&folder.0, 0o755);
    assert_eq!(ends(&folder, folder.prepared(&["build"])).0, Some(0));
    let before = tree(&folder.0.join("generated"));
    folder.write("schema/orders.yaml", &ORDERS.replace("placed:", "paid:"));
    for path in ["generated", "generated/rust"] {
        set_mode(&folder.0.join(path), 0o555);
    }
    let mut command = folder.prepared(&["build"]);
    if lower_rights(&folder, &mut command) {
        let (code, text) = ends(&folder, command);
        assert_eq!(code, Some(2));
        assert!(text.starts_with("error: generated/rust/"), "{text}");
        assert!(text.ends_with("Permission denied (os error 13)"), "{text}");
        assert_eq!(tree(&folder.0.join("generated")), before);
    }
    for path in ["generated", "generated/rust"] {
        set_mode(&folder.0.join(path), 0o755);
    }
}

/// A schema of which much is generated.
fn events(count: usize, description: &str) -> String {
    let event =
        |number| format!("  placed_{number}: {{ partition: none, description: {description} }}\n");
    format!("events:\n{}", (0..count).map(event).collect::<String>())
}

#[test]
fn a_full_disk_leaves_the_folder_as_it_was() {
    let folder = folder("full");
    assert_eq!(ends(&folder, folder.prepared(&["build"])).0, Some(0));
    let before = tree(&folder.0.join("generated"));
    folder.write("schema/orders.yaml", &events(500, "Paid."));
    // No file of the process grows beyond some blocks, which every write then says.
    let eventc = folder.prepared(&["build"]);
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""])
        .arg(eventc.get_program())
        .args(eventc.get_args())
        .current_dir(&folder.0);
    let (code, text) = ends(&folder, command);
    assert_eq!(code, Some(2));
    assert!(text.contains("File too large (os error 27)"), "{text}");
    assert_eq!(tree(&folder.0.join("generated")), before);
}

#[test]
fn two_builds_at_once_end_with_a_whole_tree() {
    let folder = folder("race");
    folder.write("schema/orders.yaml", &events(100, "Paid."));
    for _ in 0..5 {
        let builds: Vec<_> = (0..4)
            .map(|_| {
                folder
                    .prepared(&["build"])
                    .stdout(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for mut build in builds {
            assert!(build.wait().unwrap().success());
        }
        assert_eq!(
            ends(&folder, folder.prepared(&["build", "--check"])).0,
            Some(0)
        );
        assert_eq!(tree(&folder.0.join("generated")).len(), 3);
        fs::remove_dir_all(folder.0.join("generated")).unwrap();
    }
}

#[test]
fn a_build_that_is_killed_leaves_whole_files_and_the_next_one_goes_on() {
    let folder = folder("killed");
    let generated = folder.0.join("generated");
    let mut whole = Vec::new();
    for description in ["One.", "Two."] {
        folder.write("schema/orders.yaml", &events(100, description));
        assert_eq!(ends(&folder, folder.prepared(&["build"])).0, Some(0));
        whole.push(tree(&generated));
    }
    for round in 0..30 {
        let description = ["One.", "Two."][round % 2];
        folder.write("schema/orders.yaml", &events(100, description));
        let mut build = folder
            .prepared(&["build"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(500 * round as u64));
        let _ = build.kill();
        build.wait().unwrap();
        let mut found = tree(&generated);
        found.retain(|path, _| !path.ends_with(".tmp"));
        for (path, text) in &found {
            assert!(
                whole.iter().any(|tree| tree[path] == *text),
                "{path} is half-written"
            );
        }
        assert_eq!(ends(&folder, folder.prepared(&["build"])).0, Some(0));
        assert_eq!(
            ends(&folder, folder.prepared(&["build", "--check"])).0,
            Some(0)
        );
    }
}

#[test]
fn what_a_killed_build_has_left_is_removed_when_it_is_old() {
    let folder = folder("leftovers");
    fs::create_dir_all(folder.0.join("generated/rust")).unwrap();
    let (old, new) = (
        "generated/rust/orders.rs.1-0.tmp",
        "generated/rust/orders.rs.2-0.tmp",
    );
    folder.write(old, "half");
    folder.write(new, "half");
    let day = Duration::from_secs(24 * 60 * 60);
    let file = File::options()
        .write(true)
        .open(folder.0.join(old))
        .unwrap();
    file.set_modified(SystemTime::now() - day).unwrap();
    assert_eq!(ends(&folder, folder.prepared(&["build"])).0, Some(0));
    assert!(!folder.0.join(old).exists());
    assert!(
        folder.0.join(new).exists(),
        "another build may be writing it"
    );
}

#[test]
fn generated_may_be_a_link_and_not_a_file() {
    let folder = folder("place");
    fs::create_dir(folder.0.join("elsewhere")).unwrap();
    symlink("elsewhere", folder.0.join("generated")).unwrap();
    assert_eq!(ends(&folder, folder.prepared(&["build"])).0, Some(0));
    assert_eq!(tree(&folder.0.join("elsewhere")).len(), 3);
    fs::remove_file(folder.0.join("generated")).unwrap();

    folder.write("generated", "mine");
    let (code, text) = ends(&folder, folder.prepared(&["build"]));
    assert_eq!(code, Some(2));
    assert!(text.starts_with("error: generated"), "{text}");
    assert!(text.ends_with("Not a directory (os error 20)"), "{text}");
    assert_eq!(fs::read(folder.0.join("generated")).unwrap(), b"mine");
}

#[test]
fn a_pipe_in_the_place_of_a_generated_file_is_not_waited_for() {
    let folder = folder("pipe");
    fs::create_dir_all(folder.0.join("generated/rust")).unwrap();
    pipe(&folder.0.join("generated/rust/lib.rs"));
    let (code, text) = ends(&folder, folder.prepared(&["build"]));
    assert_eq!(code, Some(2));
    let words = "error: generated/rust/lib.rs: this is no file, and has the name of one that is generated: move it away";
    assert_eq!(text, words);
}

#[test]
fn a_folder_with_too_much_in_it_is_another_that_was_meant() {
    let folder = folder("many");
    for number in 0..9 {
        let path = folder.0.join(format!("schema/large_{number}.yaml"));
        File::create(path).unwrap().set_len(8 << 20).unwrap();
    }
    refused(
        &folder,
        "error: schema: the schema has more than the 67108864 bytes that all its files together may have",
    );
    for number in 0..9 {
        fs::remove_file(folder.0.join(format!("schema/large_{number}.yaml"))).unwrap();
    }
    fs::create_dir(folder.0.join("schema/many")).unwrap();
    for number in 0..10_000 {
        folder.write(&format!("schema/many/file_{number}.yaml"), "");
    }
    let (code, text) = ends(&folder, folder.prepared(&["check"]));
    assert_eq!(code, Some(2));
    assert!(
        text.ends_with("the schema has more than the 10000 files that it may have; name the folder that holds `catalog.yaml`"),
        "{text}"
    );
}
