//! `eventc completions`.

use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use crate::failure::Failure;

/// Print a script that completes `eventc` in a shell.
///
/// For bash: `eventc completions bash > ~/.local/share/bash-completion/completions/eventc`
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<String, Failure> {
        let mut script = Vec::new();
        generate(
            self.shell,
            &mut super::Cli::command(),
            "eventc",
            &mut script,
        );
        Ok(String::from_utf8_lossy(&script).into_owned())
    }
}
