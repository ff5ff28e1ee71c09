//! What the editor at the other end can do.

use lsp_types::{ClientCapabilities, DiagnosticTag, MarkupKind};

use super::text::Encoding;

#[derive(Debug, Clone, Copy)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Shows the other places of a diagnostic.
    pub(super) related_information: bool,
    /// Opens what explains a code.
    pub(super) code_description: bool,
    /// Greys out what is not used, and strikes out what is deprecated.
    pub(super) tags: bool,
    /// Has edits by the version of the file that they were made for.
    pub(super) document_changes: bool,
    /// Shows symbols as a tree.
    pub(super) symbol_tree: bool,
    /// Shows Markdown in what a hover says.
    pub(super) markdown: bool,
    /// Can be asked to tell of files that change on the disk.
    pub(super) watching: bool,
}

impl Client {
    pub(super) fn new(can: &ClientCapabilities) -> Self {
        let general = can.general.as_ref();
        let encodings = general.and_then(|general| general.position_encodings.as_deref());
        let document = can.text_document.as_ref();
        let diagnostics = document.and_then(|it| it.publish_diagnostics.as_ref());
        let tags = diagnostics.and_then(|it| it.tag_support.as_ref());
        let workspace = can.workspace.as_ref();
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let watching = workspace.and_then(|it| it.did_change_watched_files.as_ref());
        let symbols = document.and_then(|it| it.document_symbol.as_ref());
        let hover = document.and_then(|it| it.hover.as_ref());
        let formats = hover.and_then(|it| it.content_format.as_deref());
        let says = |flag: Option<bool>| flag.unwrap_or(false);
        Self {
            encoding: Encoding::agreed(encodings),
            related_information: says(diagnostics.and_then(|it| it.related_information)),
            code_description: says(diagnostics.and_then(|it| it.code_description_support)),
            tags: tags.is_some_and(|tags| {
                let all = [DiagnosticTag::UNNECESSARY, DiagnosticTag::DEPRECATED];
                all.iter().all(|tag| tags.value_set.contains(tag))
            }),
            document_changes: says(edits.and_then(|it| it.document_changes)),
            symbol_tree: says(symbols.and_then(|it| it.hierarchical_document_symbol_support)),
            // Who says nothing of it is as old as Markdown is here.
            markdown: formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            watching: says(watching.and_then(|it| it.dynamic_registration)),
        }
    }
}
