//! `eventc completions`.

use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use crate::failure::Failure;

/// Print a script that completes `eventc` in a shell.
#[derive(Debug, Args)]
#[command(
    after_help = "For bash:\n  eventc completions bash > ~/.local/share/bash-completion/completions/eventc"
)]
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
