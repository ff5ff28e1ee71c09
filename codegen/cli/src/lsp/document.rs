//! A file as it is in an editor.

use std::path::PathBuf;

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::text::{Encoding, Lines};

#[derive(Debug)]
pub(super) struct Document {
    /// Its address as the editor writes it.
    pub(super) uri: Uri,
    /// None of what was never saved.
    pub(super) path: Option<PathBuf>,
    /// The editor counts it up with every change.
    pub(super) version: i32,
    pub(super) text: String,
    /// The folder of the schema that it is a file of.
    pub(super) home: Option<PathBuf>,
}

impl Document {
    /// Takes changes over, one after the other; each speaks of the text that the one before it left.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        self.version = version;
        for change in changes {
            match change.range {
                Some(range) => {
                    let range = Lines::new(&self.text, encoding).bytes(&self.text, range);
                    self.text.replace_range(range, &change.text);
                }
                None => self.text = change.text,
            }
        }
    }
}
