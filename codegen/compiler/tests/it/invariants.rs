//! What holds for every schema, whatever its bytes are. The targets of `codegen/fuzz` are made of it, too.

use eventc_compiler::{
    Compilation, Diagnostic, Severity, Sources, Style, compile, emit, emit_inline, render,
    render_short, targets,
};

use crate::files::{ROOT, files};

/// The paths of files below the schema's folder, and their bytes.
pub(crate) type Files = [(String, Vec<u8>)];

/// Compiles files and draws what is said about them; panics where something does not hold.
pub(crate) fn compiled(files: &Files) -> (Sources, Compilation) {
    let sources = Sources::new("schema", files.to_vec());
    let compilation = compile(&sources);
    let is_wrong = compilation.errors().next().is_some();
    assert_eq!(
        compilation.catalog.is_none(),
        is_wrong,
        "a catalog is handed out if and only if there is no error"
    );
    for diagnostic in &compilation.diagnostics {
        shown(diagnostic, files, &sources);
    }
    (sources, compilation)
}

/// Draws a diagnostic in every way.
fn shown(diagnostic: &Diagnostic, files: &Files, sources: &Sources) {
    for label in &diagnostic.labels {
        let path = &sources.file(label.span.file).path;
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        // Two files may have one path, where files come from memory.
        let mut named = files
            .iter()
            .filter(|(name, _)| format!("schema/{name}") == *path);
        assert!(
            named.any(|(_, bytes)| String::from_utf8_lossy(bytes).get(start..end).is_some()),
            "{start}..{end} is not in {path}: {}",
            diagnostic.message
        );
    }
    assert!(!render(diagnostic, sources, Style::Plain).is_empty());
    let short = render_short(diagnostic, sources);
    assert!(!short.contains(char::is_control), "{short:?}");
    let colored = render(diagnostic, sources, Style::Colored);
    assert!(!colored.contains(['\u{7}', '\u{202e}']), "{colored:?}");
}

/// The same, and what is generated from it: the same in every order of the files.
pub(crate) fn emitted(files: &Files) -> Option<Vec<eventc_compiler::Output>> {
    let (sources, compilation) = compiled(files);
    let catalog = compilation.catalog?;
    assert!(
        compilation
            .diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity == Severity::Warning)
    );
    let outputs = emit(&catalog, &sources);
    let reversed = Sources::new("schema", files.iter().rev().cloned());
    let again = compile(&reversed).catalog.expect("accepted a moment ago");
    assert_eq!(outputs, emit(&again, &reversed));
    assert_eq!(
        emit_inline(&catalog, &sources),
        emit_inline(&again, &reversed)
    );
    Some(outputs)
}

/// A file beside a root.
pub(crate) fn lone(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    vec![
        ("catalog.yaml".to_owned(), ROOT.into()),
        ("shop.yaml".to_owned(), bytes.to_vec()),
    ]
}

/// The files that a text holds. A root that names no targets asks for every one.
pub(crate) fn held(text: &str) -> Vec<(String, Vec<u8>)> {
    let files = files(text).into_iter().map(|(path, mut text)| {
        let names_targets = text.lines().any(|line| line.starts_with("targets:"));
        if path == "catalog.yaml" && !names_targets {
            let targets: Vec<&str> = targets().collect();
            text.push_str(&format!("\ntargets: [{}]\n", targets.join(", ")));
        }
        (path, text.into_bytes())
    });
    files.collect()
}
