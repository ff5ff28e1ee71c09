//! Schemas with a mistake: one message for each, at its place, that says what to do.

use std::collections::BTreeSet;

use eventc_compiler::{Code, Diagnostic, compile};

use crate::fixture::{assert_no_orphans, assert_snapshot, each, edited, names, rendered, sources};

/// Mistakes that no fixture can hold: tests of `bytes.rs` make them.
const ELSEWHERE: &[(&str, &str)] = &[
    ("E0001", "a fixture without a root is given one"),
    ("E0003", "a fixture is UTF-8"),
    ("E0004", "nobody reads a fixture of 9 MiB"),
];

#[test]
fn a_mistake_has_one_message() {
    each("wrong", |fixture| {
        let name = fixture.name.as_str();
        let diagnostics = compile(&fixture.sources()).diagnostics;
        let text = rendered(&diagnostics, &fixture.sources());
        assert!(!diagnostics.is_empty(), "{name} is accepted");
        assert_snapshot("wrong", name, &text);
        let count = diagnostics.len();
        let is_lone = count == 1 || name.contains("_several_");
        assert!(is_lone, "{name}: {count} messages\n{text}");
        let mut codes = diagnostics.iter().map(|diagnostic| diagnostic.code.id());
        assert!(codes.any(|code| name.starts_with(code)), "{name}:\n{text}");
        let helps = diagnostics.iter().all(says_what_to_do);
        assert!(helps, "{name} leaves its reader alone:\n{text}");
    });
}

fn says_what_to_do(diagnostic: &Diagnostic) -> bool {
    let is_labelled = diagnostic.labels.iter().any(|label| !label.text.is_empty());
    is_labelled || !diagnostic.help.is_empty() || !diagnostic.notes.is_empty()
}

#[test]
fn every_code_has_a_fixture() {
    let fixtures = names("wrong", ".yaml");
    let covered: BTreeSet<_> = fixtures.iter().filter_map(|name| name.get(..5)).collect();
    let elsewhere: BTreeSet<_> = ELSEWHERE.iter().map(|(id, _)| *id).collect();
    let mut missing: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
    missing.retain(|id| !covered.contains(id) && !elsewhere.contains(id));
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_snapshot_has_outlived_its_fixture() {
    assert_no_orphans("wrong");
    assert_no_orphans("right");
}

/// An edit mends what it is offered for.
#[test]
fn an_edit_mends_its_mistake() {
    each("wrong", |fixture| {
        for diagnostic in compile(&fixture.sources()).diagnostics {
            let Some(files) = edited(&diagnostic, &fixture.files, &fixture.sources()) else {
                continue;
            };
            let sources = sources(&files);
            let mut after = compile(&sources).diagnostics;
            after.retain(|other| other.code == diagnostic.code && starts_alike(other, &diagnostic));
            let text = rendered(&after, &sources);
            assert!(after.is_empty(), "{} is not mended:\n{text}", fixture.name);
        }
    });
}

fn starts_alike(one: &Diagnostic, other: &Diagnostic) -> bool {
    let start = |diagnostic: &Diagnostic| diagnostic.span().map(|span| (span.file, span.start));
    start(one) == start(other)
}
