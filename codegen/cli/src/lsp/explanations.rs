//! What `eventc explain` says of each code, as files that an editor opens from a diagnostic.

use std::collections::BTreeMap;
use std::fs;

use eventc_compiler::Code;
use lsp_types::Uri;
use tempfile::TempDir;

use super::uri;
use crate::command::explain::explanation;

/// Written when they are first asked for, into a folder that goes with the server.
#[derive(Debug, Default)]
pub(super) struct Explanations {
    folder: Option<TempDir>,
    written: BTreeMap<Code, Option<Uri>>,
}

impl Explanations {
    /// The address of what is said of a code; none where the disk takes nothing.
    pub(super) fn of(&mut self, code: Code) -> Option<Uri> {
        if let Some(known) = self.written.get(&code) {
            return known.clone();
        }
        let uri = self.write(code);
        self.written.insert(code, uri.clone());
        uri
    }

    fn write(&mut self, code: Code) -> Option<Uri> {
        if self.folder.is_none() {
            self.folder = tempfile::Builder::new().prefix("eventc-").tempdir().ok();
        }
        let path = self.folder.as_ref()?.path().join(format!("{code}.md"));
        fs::write(&path, format!("# {}\n", explanation(code))).ok()?;
        uri::of(&path)
    }
}
