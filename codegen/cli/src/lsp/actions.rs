//! Quick fixes: the edits that the compiler offers beside what it finds, one by one or all of a file.

use eventc_compiler::{Diagnostic, Edit, FileId, Span};
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams};

use super::diagnostics::shown;
use super::edits::workspace_edit;
use super::server::{Refusal, Server};
use super::snapshot::Snapshot;

pub(super) fn actions(
    server: &mut Server,
    params: CodeActionParams,
) -> Result<Option<Vec<CodeActionOrCommand>>, Refusal> {
    let Some((snapshot, file)) = server.file(&params.text_document.uri) else {
        return Ok(None);
    };
    let only = params.context.only.as_deref();
    let mut actions = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX, only) {
        let start = snapshot.offset(file, params.range.start);
        let end = snapshot.offset(file, params.range.end);
        for (span, diagnostic, edit) in mendable(&snapshot, file) {
            if span.start as usize <= end && start <= span.end as usize {
                actions.push(quick_fix(server, &snapshot, diagnostic, edit));
            }
        }
    }
    if is_wanted(&CodeActionKind::SOURCE_FIX_ALL, only) {
        let edits = all_edits(&snapshot, file);
        // Who does not ask for it sees it beside the first of several.
        let is_worth_it = match only {
            Some(_) => !edits.is_empty(),
            None => !actions.is_empty() && edits.len() > 1,
        };
        if is_worth_it {
            actions.push(fix_all(server, &snapshot, &edits));
        }
    }
    let actions = actions.into_iter().map(CodeActionOrCommand::CodeAction);
    Ok(Some(actions.collect()))
}

/// Whether a kind of action is asked for: by its name, or by one that it is a part of (`source`).
fn is_wanted(kind: &CodeActionKind, only: Option<&[CodeActionKind]>) -> bool {
    let is_it = |only: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(only.as_str());
        only.as_str().is_empty() || rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(is_it))
}

/// What is wrong in a file and comes with an edit.
fn mendable(snapshot: &Snapshot, file: FileId) -> impl Iterator<Item = (Span, &Diagnostic, &Edit)> {
    let diagnostics = snapshot.analysis.diagnostics.iter();
    let with_edit = diagnostics.filter_map(|it| Some((it.span()?, it, it.edit.as_ref()?)));
    with_edit.filter(move |(span, ..)| span.file == file)
}

fn quick_fix(
    server: &mut Server,
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    edit: &Edit,
) -> CodeAction {
    let client = server.client;
    let change = [(edit.span, edit.replacement.clone())];
    let shown = shown(snapshot, diagnostic, client, &mut server.explanations);
    CodeAction {
        title: title(snapshot, diagnostic, edit),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![shown]),
        edit: Some(workspace_edit(snapshot, client, change)),
        is_preferred: Some(true),
        ..CodeAction::default()
    }
}

/// The edits of a file from its beginning to its end. Of two for one place the first is taken; the other may be offered again.
fn all_edits(snapshot: &Snapshot, file: FileId) -> Vec<&Edit> {
    let edits = mendable(snapshot, file).map(|(.., edit)| edit);
    let mut edits: Vec<_> = edits.filter(|edit| edit.span.file == file).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut end = 0;
    edits.retain(|edit| {
        let is_free = end <= edit.span.start;
        if is_free {
            end = edit.span.end.max(edit.span.start + 1);
        }
        is_free
    });
    edits
}

fn fix_all(server: &Server, snapshot: &Snapshot, edits: &[&Edit]) -> CodeAction {
    let changes = edits.iter().map(|it| (it.span, it.replacement.clone()));
    let fixes = match edits.len() {
        1 => "the one fix".to_owned(),
        count => format!("all {count} fixes"),
    };
    CodeAction {
        title: format!("apply {fixes} in this file"),
        kind: Some(CodeActionKind::SOURCE_FIX_ALL),
        edit: Some(workspace_edit(snapshot, server.client, changes)),
        ..CodeAction::default()
    }
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
