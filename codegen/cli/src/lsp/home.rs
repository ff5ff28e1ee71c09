//! Which schema a file belongs to: the folder around it that holds `catalog.yaml`.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of a schema.
pub(super) const ROOT: &str = "catalog.yaml";

/// The folder of the schema that a file is in, if it is in one.
///
/// As everywhere, that is the nearest `schema` with a `catalog.yaml`. A schema may have another name, and a folder in it may
/// have a file of that name by chance; so the nearest one that is a root by what it says comes next, and then any.
/// `open` is what editors have of files that may not be saved yet.
pub(super) fn find<'d>(path: &Path, open: impl Fn(&Path) -> Option<&'d str>) -> Option<PathBuf> {
    let is_open = |folder: &Path| open(&folder.join(ROOT)).is_some();
    let has_root = |folder: &&Path| is_open(folder) || folder.join(ROOT).is_file();
    let candidates: Vec<&Path> = path.ancestors().skip(1).filter(has_root).collect();
    let is_called_schema = |folder: &&&Path| folder.ends_with("schema");
    let says_so = |folder: &&&Path| {
        let path = folder.join(ROOT);
        let text = open(&path).map_or_else(|| fs::read_to_string(&path).ok(), |it| Some(it.into()));
        text.is_some_and(|text| is_root(&text))
    };
    let found = candidates.iter().find(is_called_schema);
    let found = found.or_else(|| candidates.iter().find(says_so));
    let found = found.or_else(|| candidates.first())?;
    // The top of a disk is no schema.
    found.file_name().map(|_| found.to_path_buf())
}

/// Whether a text has one of the two keys that a root alone has.
fn is_root(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| line.starts_with("eventc:") || line.starts_with("catalog:"))
}

/// The path of a file below its schema, with `/`; none of what the compiler would not read.
pub(super) fn below(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let parts = parts.filter(|parts| !parts.iter().any(|part| part.starts_with('.')))?;
    let is_yaml = matches!(path.extension()?.to_str()?, "yaml" | "yml");
    is_yaml.then(|| parts.join("/"))
}
