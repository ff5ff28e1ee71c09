//! What must not compile, and what `tsc` says about it.
//!
//! Each case is a file named by the mistake, as a web team would make it; the snapshots are what they read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::stage::Stage;

#[test]
fn what_is_forgotten_does_not_compile() {
    let Some(stage) = Stage::find() else {
        return;
    };
    let folder = stage.folder("errors", "node_modules/@acme/events");
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/typescript/errors");
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for case in fs::read_dir(cases).unwrap() {
        let path = case.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".ts") {
            continue;
        }
        fs::copy(&path, folder.join(&name)).unwrap();
        said.insert(name, String::new());
    }
    let errors = stage
        .typescript
        .compile(&folder, &["*.ts"], &json!({ "noEmit": true }))
        .unwrap_err();
    let mut case = String::new();
    for line in errors.lines() {
        // What explains an error is indented below it.
        if !line.starts_with(' ') {
            case = line.split('(').next().unwrap().to_owned();
        }
        let text = said.get_mut(&case).unwrap_or_else(|| panic!("{line}"));
        text.push_str(line.strip_prefix(&case).unwrap_or(line));
        text.push('\n');
    }
    for (case, text) in &said {
        assert!(!text.is_empty(), "{case} compiles");
        insta::with_settings!({ snapshot_path => "errors", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(case.trim_end_matches(".ts"), text);
        });
    }
}
