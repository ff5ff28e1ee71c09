//! Schemas, as texts and as the dialect reads them.

use std::fs;
use std::path::{Path, PathBuf};

use eventc_cli::dialect::{File, Root, Value};
use eventc_compiler::{Catalog, Compilation, Sources, Style, compile, render};

/// The root that a fixture gets if it brings none.
pub(crate) const ROOT: &str = "catalog: acme\neventc: 1\n";

/// What begins the line before each file of a fixture.
const HEADER: &str = "#> ";

/// The files of a schema.
pub(crate) struct Schema {
    pub(crate) name: String,
    /// Paths below the folder of the schema, and texts.
    pub(crate) files: Vec<(String, String)>,
}

/// A file as the dialect reads it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Document {
    Root(Root),
    File { path: String, file: File },
}

impl Document {
    pub(crate) fn read(path: &str, text: &str) -> Result<Self, serde_yaml::Error> {
        if path == "catalog.yaml" {
            return serde_yaml::from_str(text).map(Self::Root);
        }
        // A file without a key is a module without a declaration; serde_yaml has no such map.
        let is_empty = text
            .lines()
            .all(|line| matches!(line.trim(), "" | "---" | "...") || line.starts_with('#'));
        let file = if is_empty {
            File::default()
        } else {
            serde_yaml::from_str(text)?
        };
        Ok(Self::File {
            path: path.to_owned(),
            file,
        })
    }

    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Root(_) => "catalog.yaml",
            Self::File { path, .. } => path,
        }
    }

    /// `["backend", "request"]`; empty for the root.
    pub(crate) fn module(&self) -> Vec<String> {
        match self {
            Self::Root(_) => Vec::new(),
            Self::File { path, .. } => path
                .trim_end_matches(".yaml")
                .split('/')
                .map(str::to_owned)
                .collect(),
        }
    }

    /// What it declares.
    pub(crate) fn file(&self) -> File {
        match self {
            Self::Root(root) => root.clone().into(),
            Self::File { file, .. } => file.clone(),
        }
    }

    /// Removes every example with a plain `1.10`: if that is text, serde_yaml has read a number all
    /// the same, and writes `1.1`. Gives the names of the events and of their other examples.
    pub(crate) fn remove_respelt_examples(&mut self) -> Vec<(String, String)> {
        let module = self.module();
        let events = match self {
            Self::Root(root) => root.events.as_mut(),
            Self::File { file, .. } => file.events.as_mut(),
        };
        let mut kept = Vec::new();
        for (ident, event) in events.into_iter().flat_map(|events| events.iter_mut()) {
            let Some(examples) = &mut event.examples else {
                continue;
            };
            examples.retain(|_, members| !members.values().any(has_fraction));
            let name = module
                .iter()
                .map(String::as_str)
                .chain([ident.as_str()])
                .collect::<Vec<_>>()
                .join(".");
            kept.extend(
                examples
                    .keys()
                    .map(|example| (name.clone(), example.to_string())),
            );
        }
        kept
    }

    pub(crate) fn write(&self) -> String {
        match self {
            Self::Root(root) => serde_yaml::to_string(root),
            Self::File { file, .. } => serde_yaml::to_string(file),
        }
        .unwrap()
    }
}

fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Sequence(items) => items.iter().any(has_fraction),
        Value::Mapping(members) => members
            .iter()
            .any(|(key, value)| has_fraction(key) || has_fraction(value)),
        _ => false,
    }
}

impl Schema {
    /// The files of a fixture: each after a line with its path; what stands before the first is the root, or `shop.yaml`.
    pub(crate) fn from_fixture(name: &str, text: &str) -> Self {
        let mut files: Vec<(String, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            match (line.strip_prefix(HEADER), files.last_mut()) {
                (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
                (None, Some((_, text))) => text.push_str(line),
                (None, None) => files.push((String::new(), line.to_owned())),
            }
        }
        if let Some((path, text)) = files.first_mut().filter(|(path, _)| path.is_empty()) {
            let is_root = text
                .lines()
                .any(|line| line.trim_start_matches(['"', '\'']).starts_with("catalog"));
            *path = if is_root { "catalog.yaml" } else { "shop.yaml" }.to_owned();
        }
        if !files.iter().any(|(path, _)| path == "catalog.yaml") {
            files.push(("catalog.yaml".to_owned(), ROOT.to_owned()));
        }
        Self {
            name: name.to_owned(),
            files,
        }
    }

    pub(crate) fn written(name: &str, documents: &[Document]) -> Self {
        let files = documents
            .iter()
            .map(|document| (document.path().to_owned(), document.write()));
        Self {
            name: name.to_owned(),
            files: files.collect(),
        }
    }

    pub(crate) fn documents(&self) -> Vec<Document> {
        let read = |(path, text): &(String, String)| {
            Document::read(path, text)
                .unwrap_or_else(|error| panic!("{}: {path}: {error}\n{text}", self.name))
        };
        self.files.iter().map(read).collect()
    }

    pub(crate) fn compile(&self) -> (Sources, Compilation) {
        let files = self
            .files
            .iter()
            .map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        let sources = Sources::new("schema", files);
        let compilation = compile(&sources);
        (sources, compilation)
    }

    /// Its catalog; a panic that shows why if it has none.
    pub(crate) fn catalog(&self) -> Catalog {
        let (sources, compilation) = self.compile();
        let said: Vec<_> = compilation
            .diagnostics
            .iter()
            .map(|diagnostic| render(diagnostic, &sources, Style::Plain))
            .collect();
        let texts: Vec<_> = self
            .files
            .iter()
            .map(|(path, text)| format!("{HEADER}{path}\n{text}"))
            .collect();
        compilation
            .catalog
            .unwrap_or_else(|| panic!("{}\n{}\n{}", self.name, said.join("\n"), texts.join("\n")))
    }
}

/// The catalog of this repository, and every fixture of the compiler's tests that is right.
///
/// One that is not is for those tests to report.
pub(crate) fn all() -> Vec<Schema> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    read_folder(&repository.join("schema"), "", &mut files);
    let mut schemas = vec![Schema {
        name: "schema".to_owned(),
        files,
    }];
    for path in entries(&repository.join("codegen/compiler/tests/right")) {
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let schema = Schema::from_fixture(name, &fs::read_to_string(&path).unwrap());
            schemas.extend(Some(schema).filter(|schema| schema.compile().1.catalog.is_some()));
        }
    }
    schemas
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for path in entries(folder) {
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), files);
        } else if name.ends_with(".yaml") {
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// A catalog without the places of its parts: two texts that say the same give the same.
pub(crate) fn shape(catalog: &Catalog) -> String {
    let debug = format!("{catalog:#?}");
    let mut kept = String::new();
    let mut lines = debug.lines();
    while let Some(line) = lines.next() {
        if line.ends_with(" Span {") || line.ends_with("span: Some(") {
            let indent = line.len() - line.trim_start().len();
            let is_end = |line: &str| {
                line.trim_start().starts_with(['}', ')'])
                    && line.len() - line.trim_start().len() == indent
            };
            let _ = lines.find(|line| is_end(line));
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}
