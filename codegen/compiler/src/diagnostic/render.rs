//! Diagnostics as text. The only file that knows the renderer.

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet,
};

use super::{Diagnostic, Label, Severity, readable};
use crate::source::{FileId, SourceFile, Sources, Span};

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
        let group = Group::with_title(Level::HELP.secondary_title(title.as_str()));
        report.push(match shown(file, &[edit.span]) {
            Some((begin, line, text)) => {
                let patch = Patch::new(range(edit.span, begin, text), edit.replacement.as_str());
                let snippet = Snippet::source(text).line_start(line);
                let path = readable(sources.shown(&file.path));
                group.element(snippet.path(path).patch(patch))
            }
            None => group,
        });
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    renderer.term_width(WIDTH).render(&report)
}

/// Lines of a schema longer than this are cut around the label.
const WIDTH: usize = 120;

/// So much of a file is drawn at most, from the first label to the last. The renderer looks through all that it is given, for each
/// diagnostic again; and nobody looks for something in a line of a megabyte.
const MOST_SHOWN: usize = 64 * 1024;

/// The lines of a file that hold some spans: where they begin, the number of the first, and their text. None if they are too much.
fn shown<'a>(file: &'a SourceFile, spans: &[Span]) -> Option<(usize, usize, &'a str)> {
    let start = spans.iter().map(|span| span.start).min()?;
    let end = spans.iter().map(|span| span.end).max()?;
    Some(file.lines(start, end)).filter(|(_, _, text)| text.len() <= MOST_SHOWN)
}

/// One snippet for each file that the labels point into, the first label's file first.
fn snippets<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Element<'a>> {
    let mut files: Vec<FileId> = Vec::new();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let of_file = |id: FileId| {
        let labels = diagnostic.labels.iter().enumerate();
        let labels: Vec<_> = labels.filter(|(_, label)| label.span.file == id).collect();
        let file = sources.file(id);
        let path = readable(sources.shown(&file.path));
        let spans: Vec<_> = labels.iter().map(|(_, label)| label.span).collect();
        let Some((begin, line, text)) = shown(file, &spans) else {
            return apart(file, &path, &labels);
        };
        vec![snippet(&labels, begin, line, text).path(path).into()]
    };
    files.into_iter().flat_map(of_file).collect()
}

/// The labels of one file that are too far apart for one snippet.
fn apart<'a>(file: &'a SourceFile, path: &str, labels: &[(usize, &'a Label)]) -> Vec<Element<'a>> {
    let lone = |label: &(usize, &'a Label)| match shown(file, &[label.1.span]) {
        Some((begin, line, text)) => {
            let snippet = snippet(&[*label], begin, line, text);
            snippet.path(path.to_owned()).into()
        }
        None => {
            let position = file.position(label.1.span.start);
            let origin = Origin::path(path.to_owned()).line(position.line);
            origin.char_column(position.column).into()
        }
    };
    labels.iter().map(lone).collect()
}

/// The lines of some labels, which begin with this line at this offset.
fn snippet<'a>(
    labels: &[(usize, &'a Label)],
    begin: usize,
    line: usize,
    text: &'a str,
) -> Snippet<'a, Annotation<'a>> {
    let annotations = labels.iter().map(|&(index, label)| {
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
        .annotations(annotations)
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
