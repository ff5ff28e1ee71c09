//! What the target `typescript` writes is compiled by the real `tsc`, as strictly as it can.

use std::fs;
use std::path::Path;

use eventc_compiler::{compile, emit, output};
use eventc_testing::typescript::TypeScript;
use serde_json::json;

use crate::fixture::fixtures;

/// Every schema of `right/`, as if it had asked for the target.
#[test]
fn what_is_right_is_right_in_typescript() {
    let Some(typescript) = TypeScript::find(env!("CARGO_TARGET_TMPDIR")) else {
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("right-typescript");
    // A folder of an earlier time may have no fixture any more.
    let _ = fs::remove_dir_all(&folder);
    for fixture in fixtures("right") {
        let sources = fixture.sources();
        let mut catalog = compile(&sources).catalog.unwrap();
        catalog.targets = vec!["typescript".to_owned()];
        let mut outputs = emit(&catalog, &sources);
        outputs.retain(|output| output.path.starts_with("typescript/"));
        output::write(&folder.join(&fixture.name), &outputs).unwrap();
    }
    let compiled = typescript.compile(&folder, &["**/*.ts"], &json!({ "noEmit": true }));
    assert_eq!(compiled, Ok(()));
}
