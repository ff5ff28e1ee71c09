//! A text that holds the files of a schema. The targets of `codegen/fuzz` read it, too.

/// The root that a fixture gets if it brings none, so that it can be as small as its mistake.
pub(crate) const ROOT: &str = "catalog: acme\neventc: 1\n";

/// The file that a text is if it neither names its files nor is a root.
const LONE_FILE: &str = "shop.yaml";

/// A line that begins with it begins a file.
const HEADER: &str = "#> ";

/// The files that a text holds; lines are counted from the header of each.
pub(crate) fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(HEADER), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => files.push((LONE_FILE.to_owned(), line.to_owned())),
        }
    }
    let is_root = |text: &str| text.lines().any(|line| line.starts_with("catalog:"));
    if let Some((path, _)) = files
        .first_mut()
        .filter(|(path, text)| path == LONE_FILE && is_root(text))
    {
        *path = "catalog.yaml".to_owned();
    }
    if !files.iter().any(|(path, _)| path == "catalog.yaml") {
        files.push(("catalog.yaml".to_owned(), ROOT.to_owned()));
    }
    files
}
