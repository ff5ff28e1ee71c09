//! `--format json`: one object on each line. `FORMATS.md` is its reference.

use eventc_compiler::{Diagnostic, Json, Sources, Span};

use super::{Report, path};
use crate::json::{array, line, number, object, text};

pub(super) fn written(report: &Report<'_>) -> String {
    let sources = &report.read.sources;
    let diagnostics = report.diagnostics().iter();
    let mut lines: Vec<_> = diagnostics
        .map(|found| diagnostic(found, sources))
        .collect();
    for file in &report.files {
        lines.push(object([
            ("kind", text("file")),
            ("file", text(&file.path)),
            ("state", text(file.state.name())),
        ]));
    }
    lines.push(outcome(report));
    lines.iter().map(|object| line(object) + "\n").collect()
}

fn diagnostic(diagnostic: &Diagnostic, sources: &Sources) -> Json {
    let labels = diagnostic.labels.iter().map(|label| {
        let mut members = place(label.span, sources);
        members.push(("text".to_owned(), text(&label.text)));
        Json::Object(members)
    });
    let suggestions = diagnostic.edit.iter().map(|edit| {
        let mut members = place(edit.span, sources);
        members.push(("replacement".to_owned(), text(&edit.replacement)));
        Json::Object(members)
    });
    let at = diagnostic
        .span()
        .map(|span| Json::Object(place(span, sources)));
    object([
        ("kind", text("diagnostic")),
        ("severity", text(diagnostic.severity.word())),
        ("code", text(diagnostic.code.id())),
        ("message", text(&diagnostic.message)),
        ("place", at.unwrap_or(Json::Null)),
        ("labels", array(labels)),
        ("notes", array(diagnostic.notes.iter().map(text))),
        ("help", array(diagnostic.help.iter().map(text))),
        ("suggestions", array(suggestions)),
    ])
}

/// The file, and its bytes from `start` up to and without `end`.
fn place(span: Span, sources: &Sources) -> Vec<(String, Json)> {
    let file = sources.file(span.file);
    let at = |offset: u32| {
        let position = file.position(offset);
        object([
            ("byte", number(offset)),
            ("line", number(position.line)),
            ("column", number(position.column)),
        ])
    };
    vec![
        ("file".to_owned(), text(path(sources, span))),
        ("start".to_owned(), at(span.start)),
        ("end".to_owned(), at(span.end)),
    ]
}

fn outcome(report: &Report<'_>) -> Json {
    let compilation = &report.read.compilation;
    let events = compilation.catalog.as_ref();
    object([
        ("kind", text("outcome")),
        ("ok", Json::Bool(!report.has_problems())),
        ("errors", number(compilation.error_count())),
        ("warnings", number(compilation.warnings().count())),
        (
            "events",
            events.map_or(Json::Null, |catalog| number(catalog.events.len())),
        ),
        ("files", number(report.read.sources.files().len())),
    ])
}
