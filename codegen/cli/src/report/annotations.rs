//! `--format github`: an annotation at each place.

use eventc_compiler::{Diagnostic, Sources};

use super::{REFRESH, Report, path};
use crate::github::annotation;

pub(super) fn written(report: &Report<'_>) -> String {
    let sources = &report.read.sources;
    let diagnostics = report.diagnostics().iter();
    let mut text: String = diagnostics
        .map(|found| diagnostic(found, sources))
        .collect();
    for (path, problem) in report.drift() {
        let properties = [("file", path.to_owned()), ("title", problem.to_owned())];
        text.push_str(&annotation("error", &properties, REFRESH));
    }
    text
}

/// The runner shows the message beside the line, so other places are named in it.
fn diagnostic(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span() {
        let file = sources.file(span.file);
        let (start, end) = (file.position(span.start), file.position(span.end));
        properties.push(("file", path(sources, span)));
        properties.push(("line", start.line.to_string()));
        properties.push(("endLine", end.line.to_string()));
        // The runner knows columns only of what stands on one line.
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
    }
    properties.push(("title", diagnostic.code.to_string()));
    let mut message = diagnostic.message.clone();
    let (places, others) = diagnostic.first_places();
    for (span, said) in places.skip(1) {
        let line = sources.file(span.file).position(span.start).line;
        let place = path(sources, span);
        message.push_str(&format!("\n{place}:{line}: {said}"));
    }
    if others > 0 {
        message.push_str(&format!("\nand at {others} more"));
    }
    for note in &diagnostic.notes {
        message.push_str(&format!("\nnote: {note}"));
    }
    for help in &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    annotation(diagnostic.severity.word(), &properties, &message)
}
