//! `eventc lsp`.

use clap::Args;

use crate::failure::Failure;
use crate::lsp;

/// Serve an editor: problems while typing, completion, references, rename.
///
/// It speaks the Language Server Protocol over standard input and output, and
/// is started by the editor. The schema of a file is found as by the other
/// commands, from the file upwards.
#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// What editors may add; there is no other way.
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Lsp {
    pub(super) fn run(&self) -> Result<String, Failure> {
        lsp::run()
    }
}
