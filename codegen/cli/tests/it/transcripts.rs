//! What people type and what they are told: each file of `tests/commands` holds some files of a schema, under lines `#> path`, and the
//! lines that are typed, after `$ `. The snapshots beside this file are the whole conversation.

use std::fs;
use std::path::Path;

use crate::run::Folder;

#[test]
fn conversations() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        // Without it there is a command less to show.
        if name == "help" && !cfg!(feature = "postgres") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        insta::assert_snapshot!(name, transcript(name, &text));
    }
}

fn transcript(name: &str, text: &str) -> String {
    let folder = Folder::new(name);
    let mut said = String::new();
    let mut file: Option<(&str, String)> = None;
    for line in text.lines() {
        let typed = line.strip_prefix("$ ");
        let begun = line.strip_prefix("#> ");
        if (typed.is_some() || begun.is_some())
            && let Some((path, text)) = file.take()
        {
            folder.write(path, &text);
        }
        if let Some(path) = begun {
            file = Some((path, String::new()));
        } else if let Some(typed) = typed {
            said.push_str(&format!("$ {typed}\n{}\n", folder.shell(typed)));
        } else if let Some((_, text)) = &mut file {
            text.push_str(line);
            text.push('\n');
        }
    }
    said
}
