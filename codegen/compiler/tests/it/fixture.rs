//! Fixtures: texts that hold the files of a schema.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

use eventc_compiler::{Diagnostic, Sources, Style, render};

use crate::files::files;

pub(crate) struct Fixture {
    /// The file name without its ending.
    pub(crate) name: String,
    /// Paths below the schema's folder, and texts.
    pub(crate) files: Vec<(String, String)>,
}

impl Fixture {
    pub(crate) fn sources(&self) -> Sources {
        sources(&self.files)
    }
}

/// A schema in memory, cited as `schema/…`.
pub(crate) fn sources(files: &[(String, String)]) -> Sources {
    let bytes = |(path, text): &(String, String)| (path.clone(), text.clone().into_bytes());
    Sources::new("schema", files.iter().map(bytes))
}

/// The folder that holds fixtures of one kind.
fn folder(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(kind)
}

/// The names of the files of a folder that end in `ending`, without it, in order.
pub(crate) fn names(kind: &str, ending: &str) -> Vec<String> {
    let files = fs::read_dir(folder(kind)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .collect();
    names.sort();
    names
}

pub(crate) fn fixtures(kind: &str) -> Vec<Fixture> {
    let read = |name: String| {
        let text = fs::read_to_string(folder(kind).join(format!("{name}.yaml"))).unwrap();
        Fixture {
            files: files(&text),
            name,
        }
    };
    names(kind, ".yaml").into_iter().map(read).collect()
}

/// What people read, in the order in which they read it.
pub(crate) fn rendered(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let texts: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| render(diagnostic, sources, Style::Plain))
        .collect();
    texts.join("\n\n")
}

/// The files of `sources`, with the edit that a diagnostic offers, if it offers one.
pub(crate) fn edited(
    diagnostic: &Diagnostic,
    files: &[(String, String)],
    sources: &Sources,
) -> Option<Vec<(String, String)>> {
    let edit = diagnostic.edit.as_ref()?;
    let edited = &sources.file(edit.span.file).path;
    let mut files = files.to_vec();
    let (_, text) = files
        .iter_mut()
        .find(|(path, _)| format!("schema/{path}") == *edited)?;
    text.replace_range(
        edit.span.start as usize..edit.span.end as usize,
        &edit.replacement,
    );
    Some(files)
}

/// Compares with the snapshot that stands beside a fixture.
pub(crate) fn assert_snapshot(kind: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(kind));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Runs a test for each fixture, and fails if one failed, once all have had their turn.
pub(crate) fn each(kind: &str, test: impl Fn(&Fixture)) {
    let failed =
        |fixture: &Fixture| panic::catch_unwind(AssertUnwindSafe(|| test(fixture))).is_err();
    let failed: Vec<_> = fixtures(kind)
        .into_iter()
        .filter(failed)
        .map(|fixture| fixture.name)
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {kind}/ failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

/// Fails if a snapshot has outlived its fixture.
pub(crate) fn assert_no_orphans(kind: &str) {
    let fixtures = names(kind, ".yaml");
    let mut orphans = names(kind, ".snap");
    orphans.retain(|name| !fixtures.contains(name));
    assert!(
        orphans.is_empty(),
        "{kind}/ has snapshots of no fixture: {orphans:?}"
    );
}
