//! Diagnostics as text. The only file that knows the renderer.

use std::borrow::Cow;

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
        problem = problem.element(Level::NOTE.message(wrapped(note)));
    }
    // With an edit to show, the last help becomes its title; the others stay with the problem.
    let (patched, plain) = match (&diagnostic.edit, diagnostic.help.split_last()) {
        (Some(edit), Some((title, rest))) => (Some((edit, title)), rest),
        _ => (None, diagnostic.help.as_slice()),
    };
    for help in plain {
        problem = problem.element(Level::HELP.message(wrapped(help)));
    }
    let mut report = vec![problem];
    if let Some((edit, title)) = patched {
        let file = sources.file(edit.span.file);
        let group = Group::with_title(Level::HELP.secondary_title(wrapped(title)));
        report.push(match shown(file, &[edit.span]) {
            Some((begin, line, text)) => {
                let patch = Patch::new(range(edit.span, begin, text), visible(&edit.replacement));
                let snippet = Snippet::source(visible(text)).line_start(line);
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

/// Notes and helps go on in the next line after so many characters, so that a terminal of 80 columns never breaks one.
const NOTE_WIDTH: usize = 66;

/// A text in lines. What stands between backticks is to be copied, and stays together.
fn wrapped(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut column = 0;
    let mut piece = String::new();
    for word in text.split(' ') {
        if !piece.is_empty() {
            piece.push(' ');
        }
        piece.push_str(word);
        let is_code = piece.matches('`').count() % 2 == 1;
        if !is_code {
            put(&mut lines, &mut column, &piece);
            piece.clear();
        }
    }
    put(&mut lines, &mut column, &piece);
    lines
}

/// Adds a piece of text to the last line, or to a new one if that is full.
fn put(lines: &mut String, column: &mut usize, piece: &str) {
    let width = piece.chars().count();
    if width == 0 {
        return;
    }
    if *column > 0 && *column + 1 + width > NOTE_WIDTH {
        lines.push('\n');
        *column = 0;
    } else if *column > 0 {
        lines.push(' ');
        *column += 1;
    }
    lines.push_str(piece);
    *column += width;
}

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
    Snippet::source(visible(text))
        .line_start(line)
        .annotations(annotations)
}

/// A text in which characters without a shape have one. The renderer sees to those that it knows to steer a terminal,
/// and leaves spaces without a width, and the controls from U+0080 on.
///
/// As many bytes as before, so that spans stay true.
fn visible(text: &str) -> Cow<'_, str> {
    let stand_in = |c: char| match c {
        '\u{80}'..='\u{9f}' | '\u{ad}' => Some('\u{bf}'),
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            Some('\u{fffd}')
        }
        _ => None,
    };
    // Nearly no text has one of the bytes that they begin with.
    let bytes = text.as_bytes();
    if !bytes.contains(&0xc2) && !bytes.contains(&0xe2) {
        return text.into();
    }
    let visible = text.chars().map(|c| stand_in(c).unwrap_or(c));
    Cow::Owned(visible.collect())
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

#[cfg(test)]
mod tests {
    use super::{visible, wrapped};

    #[test]
    fn what_has_no_shape_gets_one_and_moves_nothing() {
        let text = "a\u{200b}b\u{202e}c\u{9b}d – é";
        assert_eq!(visible(text), "a\u{fffd}b\u{fffd}c\u{bf}d – é");
        assert_eq!(visible(text).len(), text.len());
    }

    #[test]
    fn what_is_to_be_copied_stays_in_one_line() {
        let text = "name a type that says more under `types:`, for example `{ newtype: string, length: 1..64 }`";
        let lines = "name a type that says more under `types:`, for example\n`{ newtype: string, length: 1..64 }`";
        assert_eq!(wrapped(text), lines);
        assert_eq!(wrapped("a ` alone"), "a ` alone");
        assert_eq!(wrapped(""), "");
    }
}
