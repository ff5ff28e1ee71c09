//! Quick fixes: the edits that the compiler offers beside what it finds.

use eventc_compiler::{Diagnostic, Edit};
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams};

use super::diagnostics::shown;
use super::edits::workspace_edit;
use super::server::{Refusal, Server};
use super::snapshot::Snapshot;

pub(super) fn actions(
    server: &mut Server,
    params: CodeActionParams,
) -> Result<Option<Vec<CodeActionOrCommand>>, Refusal> {
    let is_asked = |only: &CodeActionKind| {
        let (only, kind) = (only.as_str(), CodeActionKind::QUICKFIX);
        only.is_empty() || only == kind.as_str()
    };
    if params
        .context
        .only
        .is_some_and(|only| !only.iter().any(is_asked))
    {
        return Ok(Some(Vec::new()));
    }
    let Some((snapshot, file)) = server.file(&params.text_document.uri) else {
        return Ok(None);
    };
    let start = snapshot.offset(file, params.range.start);
    let end = snapshot.offset(file, params.range.end);
    let mut actions = Vec::new();
    for diagnostic in &snapshot.analysis.diagnostics {
        let (Some(span), Some(edit)) = (diagnostic.span(), &diagnostic.edit) else {
            continue;
        };
        let touches = span.file == file && span.start as usize <= end && start <= span.end as usize;
        if touches {
            let change = [(edit.span, edit.replacement.clone())];
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: title(&snapshot, diagnostic, edit),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown(
                    &snapshot,
                    diagnostic,
                    server.client,
                    &mut server.explanations,
                )]),
                edit: Some(workspace_edit(&snapshot, server.client, change)),
                is_preferred: Some(true),
                ..CodeAction::default()
            }));
        }
    }
    Ok(Some(actions))
}

/// What an edit does, in a few words; what takes more is said by the help that comes with it.
fn title(snapshot: &Snapshot, diagnostic: &Diagnostic, edit: &Edit) -> String {
    const LONGEST: usize = 40;
    let is_short = |text: &str| text.len() <= LONGEST && !text.trim().contains('\n');
    let (old, new) = (snapshot.text_of(edit.span), edit.replacement.as_str());
    if !is_short(old) || !is_short(new) {
        let help = diagnostic.help.last();
        return help.unwrap_or(&diagnostic.message).clone();
    }
    match (old.trim(), new.trim()) {
        ("", new) => format!("insert `{new}`"),
        (old, "") => format!("remove `{old}`"),
        (old, new) => format!("replace `{old}` with `{new}`"),
    }
}
