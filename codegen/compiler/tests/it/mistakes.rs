//! Mistakes in this repository's own schema, which has none.

mod listed;
mod planted;

use std::fs;
use std::path::Path;

use eventc_compiler::Sources;

/// The files of the schema, by their paths below its folder.
fn schema() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    let sources = Sources::read(&folder, "").unwrap();
    let paths = sources.files().iter().map(|file| file.path.clone());
    let text = |path: &String| fs::read_to_string(folder.join(path)).unwrap();
    paths.map(|path| (path.clone(), text(&path))).collect()
}
