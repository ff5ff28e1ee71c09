//! The one style of schema files, for the text of an editor.

use eventc_compiler::Severity;
use lsp_types::{DocumentFormattingParams, TextEdit};
use similar::{DiffTag, TextDiff};

use super::server::{Refusal, Server};
use super::wire::ErrorCode;

/// The lines that change, so that the cursor stays where it is. The style is one for all: an editor's settings are not asked.
pub(super) fn format(
    server: &mut Server,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Refusal> {
    let Some((snapshot, file)) = server.file(&params.text_document.uri) else {
        return Ok(None);
    };
    let text = snapshot.text(file);
    let formatted = match crate::format::format(text) {
        Ok(formatted) => formatted,
        Err(error) => {
            let mut diagnostics = snapshot.analysis.diagnostics.iter();
            let is_said = diagnostics.any(|diagnostic| {
                diagnostic.severity == Severity::Error
                    && diagnostic.span().is_some_and(|span| span.file == file)
            });
            // What is wrong with it is underlined already; formatting on save need not say it again.
            return match is_said {
                true => Ok(None),
                false => Err((ErrorCode::RequestFailed, error.to_string())),
            };
        }
    };
    let diff = TextDiff::from_lines(text, &formatted);
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let mut edits = Vec::new();
    let mut start = 0;
    for change in diff.ops() {
        let old = diff
            .old_slices()
            .get(change.old_range())
            .unwrap_or_default();
        let end = start + length(old);
        if change.tag() != DiffTag::Equal {
            let new = diff
                .new_slices()
                .get(change.new_range())
                .unwrap_or_default();
            edits.push(TextEdit::new(
                snapshot.range_of(file, start..end),
                new.concat(),
            ));
        }
        start = end;
    }
    Ok(Some(edits))
}
