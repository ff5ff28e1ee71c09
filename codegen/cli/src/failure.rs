//! How a command ends that did not do what it was asked to.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use eventc_compiler::inert;

/// What is wrong, and whose mistake it is.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The schema, the generated files or the database: exit code 1.
    Problems(String),
    /// The way it was used, the disk or the network: exit code 2.
    Trouble(String),
}

impl Failure {
    /// That it was used wrongly: what is wrong, and what to do.
    pub(crate) fn usage(what: impl Display, help: impl Display) -> Self {
        Self::Trouble(inert(&format!("{what}\nhelp: {help}")))
    }

    /// What the disk said about a path.
    pub(crate) fn disk(path: &Path, error: &io::Error) -> Self {
        Self::Trouble(inert(&format!("{}: {error}", path.display())))
    }

    /// Says it, and ends.
    pub(crate) fn end(self) -> ExitCode {
        let (code, text) = match self {
            Self::Problems(text) => (1, text),
            Self::Trouble(text) => {
                let red = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
                (2, format!("{red}error:{red:#} {text}"))
            }
        };
        if !text.is_empty() {
            // Without its standard error there is nobody to tell.
            let _ = writeln!(anstream::stderr(), "{text}");
        }
        ExitCode::from(code)
    }
}

/// What the compiler says of the disk has the path in it.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Trouble(inert(&error.to_string()))
    }
}
