//! `eventc lsp`.

use clap::Args;

use crate::failure::Failure;
use crate::lsp;

/// Serve an editor as its language server.
///
/// It says what is wrong while somebody types, completes, explains, finds and
/// renames. The editor starts it, and speaks with it over standard input and
/// output. The schema of a file is found as by the other commands, from the
/// file upwards.
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
