//! What each target does with each feature of the language: the table in `codegen/README.md` says it, and here it is held against what
//! the targets write.
//!
//! The rows of the table are the keys of the language, its built-in types and its notations, and its columns are the targets; so a new one
//! of either is not forgotten. A cell that begins with `nothing` says why, and the feature changes no file of the target. Another cell says
//! what becomes of it: the feature changes some file, and what stands in backticks in the cell stands in what is new there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter;
use std::path::Path;

use eventc_compiler::catalog::Scalar;
use eventc_compiler::{Output, compile, emit, keys};

use crate::fixture::{rendered, sources};

/// What stands for itself in a type, and behind a name.
const NOTATIONS: &[&str] = &["list<T>", "map<K, V>", "field?", "context?"];

/// Where the table stands.
const HEADING: &str = "## What each target does with it\n";

/// The feature of a row, and what each target does with it.
type Row = (String, BTreeMap<String, String>);

#[test]
fn the_table_has_every_feature_and_every_target() {
    let (targets, rows) = table();
    let written: Vec<_> = iter::once("rust")
        .chain(eventc_compiler::targets())
        .collect();
    assert_eq!(targets, written);
    let rows: Vec<_> = rows.iter().map(|(feature, _)| feature.as_str()).collect();
    let features = features();
    assert_eq!(
        rows,
        features.iter().map(String::as_str).collect::<Vec<_>>()
    );
}

#[test]
fn each_target_does_what_the_table_says() {
    let schema = Schema::read();
    let mut wrong = Vec::new();
    let (_, rows) = table();
    for (feature, cells) in rows {
        let [before, after] = schema.emitted_without_and_with(&feature);
        for (target, cell) in cells {
            let new = new_lines(&target, &before, &after);
            let mut complain = |what: &str| {
                let new = new.as_deref().unwrap_or_default();
                wrong.push(format!("{feature}, {target}: {cell}: {what}\n{new}"));
            };
            match &new {
                None if cell.starts_with("nothing") => {}
                None => complain("nothing becomes of it"),
                Some(_) if cell.starts_with("nothing") => complain("something becomes of it"),
                Some(new) => {
                    let words = cell.split('`').skip(1).step_by(2);
                    let missing: Vec<_> = words.filter(|word| !new.contains(word)).collect();
                    if !missing.is_empty() {
                        complain(&format!("{missing:?} is not there"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Keys, then types, then notations.
fn features() -> Vec<String> {
    let types = Scalar::ALL.iter().map(|scalar| scalar.name());
    let all = keys().chain(types).chain(NOTATIONS.iter().copied());
    all.map(str::to_owned).collect()
}

/// The columns and the rows of the table.
fn table() -> (Vec<String>, Vec<Row>) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let page = fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    let (_, section) = page.split_once(HEADING).expect("the heading of the table");
    let (section, _) = section.split_once("\n## ").unwrap_or((section, ""));
    let mut lines = section
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(cells);
    let head = lines.next().expect("the head of the table");
    let targets: Vec<_> = head.into_iter().skip(1).collect();
    let rows = lines.skip(1).map(|cells| {
        assert_eq!(cells.len(), targets.len() + 1, "{cells:?}");
        let feature = cells[0].trim_matches('`').to_owned();
        let cells = targets.iter().cloned().zip(cells.into_iter().skip(1));
        (feature, cells.collect())
    });
    let rows = rows.collect();
    (targets, rows)
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_matches('|');
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// `tests/parity.txt`: a schema, and lines of it that become others.
struct Schema {
    files: Vec<(String, String)>,
    edits: BTreeMap<String, Vec<(String, String)>>,
}

impl Schema {
    fn read() -> Self {
        let targets: Vec<_> = eventc_compiler::targets().collect();
        let backwards: Vec<_> = targets.iter().rev().copied().collect();
        let text = include_str!("../parity.txt").replace("\r\n", "\n");
        let text = text.replace("TARGETS", &targets.join(", "));
        let text = text.replace("STEGRAT", &backwards.join(", "));
        let (mut files, mut edits) = (Vec::new(), BTreeMap::new());
        for section in text.split("\n== ").skip(1) {
            let (title, text) = section.split_once('\n').unwrap();
            if title.ends_with(".yaml") {
                files.push((title.to_owned(), format!("{text}\n")));
            } else {
                edits.insert(title.to_owned(), pairs(title, text));
            }
        }
        Self { files, edits }
    }

    /// What all targets write without a feature, and with it.
    fn emitted_without_and_with(&self, feature: &str) -> [Vec<Output>; 2] {
        if let Some(edit) = self.edits.get(feature) {
            return [self.emitted(&[]), self.emitted(edit)];
        }
        let is_type = Scalar::ALL.iter().any(|scalar| scalar.name() == feature);
        assert!(is_type, "tests/parity.txt has no `{feature}`");
        let plain = |ty: &str| format!("      plain: {{ type: {ty} }}");
        let with_type = |ty: &str| self.emitted(&[(plain("bool"), plain(ty))]);
        let other = if feature == "bool" { "ip" } else { "bool" };
        [with_type(other), with_type(feature)]
    }

    /// What all targets write of the schema with those lines.
    fn emitted(&self, edit: &[(String, String)]) -> Vec<Output> {
        let mut files = self.files.clone();
        for (before, after) in edit {
            let (before, after) = (format!("\n{before}\n"), format!("\n{after}\n"));
            let places = files
                .iter()
                .filter(|(_, text)| format!("\n{text}").contains(&before));
            assert_eq!(places.count(), 1, "{before}");
            for (_, text) in &mut files {
                *text = format!("\n{text}")
                    .replacen(&before, &after, 1)
                    .split_off(1);
            }
        }
        let sources = sources(&files);
        let compilation = compile(&sources);
        let said = rendered(&compilation.diagnostics, &sources);
        let catalog = compilation.catalog.unwrap_or_else(|| panic!("{said}"));
        emit(&catalog, &sources)
    }
}

/// Each line that begins with `-` becomes the next one that begins with `+`.
fn pairs(title: &str, text: &str) -> Vec<(String, String)> {
    let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    let pairs = lines.chunks(2).map(|pair| match pair {
        [before, after] if before.starts_with('-') && after.starts_with('+') => {
            (before[1..].to_owned(), after[1..].to_owned())
        }
        _ => panic!("{title}: {pair:?}"),
    });
    pairs.collect()
}

/// The lines of a target's files that were in none of them before; none if no file is another.
fn new_lines(target: &str, before: &[Output], after: &[Output]) -> Option<String> {
    let of_target = |outputs: &[Output]| -> Vec<Output> {
        let folder = format!("{target}/");
        let is_it = |output: &&Output| output.path.starts_with(&folder);
        outputs.iter().filter(is_it).cloned().collect()
    };
    let (before, after) = (of_target(before), of_target(after));
    if before == after {
        return None;
    }
    let known: BTreeSet<&str> = before
        .iter()
        .flat_map(|output| output.text.lines())
        .collect();
    let lines = after.iter().flat_map(|output| output.text.lines());
    let new: Vec<_> = lines.filter(|line| !known.contains(line)).collect();
    Some(new.join("\n"))
}
