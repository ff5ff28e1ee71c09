//! The schemas of the compiler's tests that nothing is wrong in, and that are one file.

use std::fs;
use std::path::Path;

use eventc_compiler::Sources;

/// Each with its name.
pub(crate) fn fixtures() -> Vec<(String, Sources)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/right");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let yaml = files.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    let fixtures = yaml.filter_map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_lone = !text.contains("#> ");
        is_lone.then(|| (name, sources(text)))
    });
    let mut fixtures: Vec<_> = fixtures.collect();
    fixtures.sort_by(|one, other| one.0.cmp(&other.0));
    fixtures
}

/// What has no root gets one.
fn sources(text: String) -> Sources {
    let is_root = text.lines().any(|line| line.starts_with("catalog:"));
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = if is_root {
        vec![file("catalog.yaml", &text)]
    } else {
        vec![
            file("catalog.yaml", "catalog: acme\neventc: 1\n"),
            file("shop.yaml", &text),
        ]
    };
    Sources::new("schema", files)
}
