//! Diagnostics as text. The only file that knows the renderer.

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{FileId, Sources, Span};

/// How a diagnostic is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// ASCII without colours, the same on every terminal.
    Plain,
    /// With the terminal's colours.
    Colored,
}

/// Draws a diagnostic as rustc would: the message, the lines of the schema, then why and what to do.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let code = diagnostic.code.to_string();
    let mut problem = level
        .primary_title(diagnostic.message.as_str())
        .id(code)
        .elements(snippets(diagnostic, sources));
    for note in &diagnostic.notes {
        problem = problem.element(Level::NOTE.message(note.as_str()));
    }
    // With an edit to show, the last help becomes its title; the others stay with the problem.
    let (patched, plain) = match (&diagnostic.edit, diagnostic.help.split_last()) {
        (Some(edit), Some((title, rest))) => (Some((edit, title)), rest),
        _ => (None, diagnostic.help.as_slice()),
    };
    for help in plain {
        problem = problem.element(Level::HELP.message(help.as_str()));
    }
    let mut report = vec![problem];
    if let Some((edit, title)) = patched {
        let file = sources.file(edit.span.file);
        let (begin, line, text) = file.lines(edit.span.start, edit.span.end);
        let patch = Patch::new(range(edit.span, begin, text), edit.replacement.as_str());
        let snippet = Snippet::source(text)
            .line_start(line)
            .path(sources.shown(&file.path))
            .patch(patch);
        report
            .push(Group::with_title(Level::HELP.secondary_title(title.as_str())).element(snippet));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    renderer.term_width(WIDTH).render(&report)
}

/// Lines of a schema longer than this are cut around the label.
const WIDTH: usize = 120;

/// One snippet for each file that the labels point into, the first label's file first.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut files: Vec<FileId> = Vec::new();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let snippet = |id: FileId| {
        let file = sources.file(id);
        let labels = diagnostic
            .labels
            .iter()
            .enumerate()
            .filter(|(_, label)| label.span.file == id);
        // The renderer looks through all that it is given, for each diagnostic again.
        let spans = labels.clone().map(|(_, label)| label.span);
        let start = spans.clone().map(|span| span.start).min().unwrap_or(0);
        let end = spans.map(|span| span.end).max().unwrap_or(0);
        let (begin, line, text) = file.lines(start, end);
        let annotations = labels.map(|(index, label)| {
            let kind = if index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let said = (!label.text.is_empty()).then_some(label.text.as_str());
            kind.span(range(label.span, begin, text)).label(said)
        });
        Snippet::source(text)
            .line_start(line)
            .path(sources.shown(&file.path))
            .annotations(annotations)
    };
    files.into_iter().map(snippet).collect()
}

/// The bytes of a span in a text that begins at an offset, kept inside of it and on the borders of its characters.
fn range(span: Span, begin: usize, text: &str) -> std::ops::Range<usize> {
    let floor = |offset: u32| {
        let mut offset = (offset as usize).saturating_sub(begin).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    floor(span.start)..floor(span.end)
}
