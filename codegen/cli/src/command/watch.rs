//! `eventc watch`.

use std::io::{IsTerminal as _, stdout};

use clap::Args;
use eventc_compiler::Style;

use crate::changes::{self, outcome};
use crate::failure::Failure;
use crate::schema::{Read, Schema};
use crate::terminal::say;

/// Check the schema each time a file of it is saved.
#[derive(Debug, Args)]
pub(super) struct Watch {
    #[command(flatten)]
    schema: Schema,
}

/// Moves to the top of the screen and empties it, but for what was scrolled away.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J";

impl Watch {
    pub(super) fn run(&self) -> Result<String, Failure> {
        changes::each(&self.schema, |read| say(&page(read)))?;
        Ok(String::new())
    }
}

/// What is to be said of the files as they are now.
fn page(read: Result<Read, Failure>) -> String {
    let mut text = String::new();
    // In a pipe each outcome stands below the last one.
    if stdout().is_terminal() {
        text.push_str(CLEAR);
    }
    match read {
        Ok(read) => text.push_str(&outcome(&read, Style::Colored)),
        Err(Failure::Trouble(trouble) | Failure::Problems(trouble)) => {
            text.push_str(&format!("error: {trouble}\n"));
        }
    }
    text.push_str("watching; Ctrl-C ends it\n\n");
    text
}
