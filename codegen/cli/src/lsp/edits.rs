//! Changes of several files, as an editor takes them.

use std::collections::BTreeMap;

use eventc_compiler::Span;
use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    WorkspaceEdit,
};

use super::client::Client;
use super::snapshot::Snapshot;

/// What to put in the place of what, anywhere in a schema.
pub(super) fn workspace_edit(
    snapshot: &Snapshot,
    client: Client,
    edits: impl IntoIterator<Item = (Span, String)>,
) -> WorkspaceEdit {
    let mut by_file: BTreeMap<_, Vec<TextEdit>> = BTreeMap::new();
    for (span, text) in edits {
        let edit = TextEdit::new(snapshot.range(span), text);
        by_file.entry(span.file).or_default().push(edit);
    }
    let files = by_file
        .into_iter()
        .filter_map(|(id, edits)| Some((snapshot.file(id)?, edits)));
    if !client.document_changes {
        return WorkspaceEdit::new(
            files
                .map(|(file, edits)| (file.uri.clone(), edits))
                .collect(),
        );
    }
    let edits = files.map(|(file, edits)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: file.uri.clone(),
            version: file.version,
        },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(edits.collect())),
        ..WorkspaceEdit::default()
    }
}
