//! Schemas with a mistake: one message for each, at its place, that says what to do.

use std::collections::BTreeSet;

use eventc_compiler::{Code, Diagnostic, Sources, compile};

use crate::fixture::{assert_no_orphans, assert_snapshot, each, names, of, rendered};

/// Mistakes that no fixture can hold, and the test of `bytes.rs` that makes each.
const ELSEWHERE: &[(&str, &str)] = &[
    ("E0001", "a fixture without a root is given one"),
    ("E0003", "a fixture is UTF-8"),
    ("E0004", "a fixture of 9 MiB is no text"),
];

#[test]
fn a_mistake_has_one_message() {
    each("wrong", |fixture| {
        let code = fixture.name.split('_').next().unwrap();
        let diagnostics = compile(&fixture.sources).diagnostics;
        let text = rendered(&diagnostics, &fixture.sources);
        assert_snapshot("wrong", &fixture.name, &text);
        assert!(!diagnostics.is_empty(), "{} is accepted", fixture.name);
        let is_lone = diagnostics.len() == 1 || fixture.name.contains("_several_");
        assert!(is_lone, "{} gives {} messages:\n{text}", fixture.name, diagnostics.len());
        assert!(diagnostics.iter().any(|found| found.code.id() == code), "{} is not {code}:\n{text}", fixture.name);
        for diagnostic in &diagnostics {
            assert!(says_what_to_do(diagnostic), "{} leaves its reader alone:\n{text}", fixture.name);
        }
    });
}

fn says_what_to_do(diagnostic: &Diagnostic) -> bool {
    let is_labelled = diagnostic.labels.iter().any(|label| !label.text.is_empty());
    is_labelled || !diagnostic.help.is_empty() || !diagnostic.notes.is_empty()
}

#[test]
fn every_code_has_a_fixture() {
    let covered: BTreeSet<_> = names("wrong", ".yaml").iter().filter_map(|name| name.get(..5).map(str::to_owned)).collect();
    let elsewhere = |code: &Code| ELSEWHERE.iter().any(|(id, _)| *id == code.id());
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !covered.contains(code.id()) && !elsewhere(code)).collect();
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
        for diagnostic in compile(&fixture.sources).diagnostics {
            let Some(mended) = mended(&diagnostic, &fixture.sources) else { continue };
            let start = diagnostic.edit.as_ref().unwrap().span.start;
            let after = compile(&mended).diagnostics;
            let stays = after.iter().any(|other| other.code == diagnostic.code && other.span().unwrap().start == start);
            assert!(!stays, "{}: the edit changes nothing\n{}", fixture.name, rendered(&after, &mended));
        }
    });
}

fn mended(diagnostic: &Diagnostic, sources: &Sources) -> Option<Sources> {
    let edit = diagnostic.edit.as_ref()?;
    let edited = &sources.file(edit.span.file).path;
    let files = sources.files().iter().map(|file| {
        let mut text = file.text().to_owned();
        if file.path == *edited {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
        }
        (file.path.trim_start_matches("schema/").to_owned(), text)
    });
    Some(of(files))
}
