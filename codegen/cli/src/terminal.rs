//! Standard output: what is said, how wide it may be, and in which colours.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use clap::ColorChoice;

use crate::failure::Failure;

/// Settles the colours of everything that is printed from now on.
pub(crate) fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Prints a text and the end of its line; of an empty one, nothing. Says whether somebody still reads.
///
/// Whoever closes the pipe has read enough, and that is no failure.
pub(crate) fn say(text: &str) -> Result<bool, Failure> {
    let mut out = anstream::stdout().lock();
    let end = match text.is_empty() || text.ends_with('\n') {
        true => "",
        false => "\n",
    };
    match write!(out, "{text}{end}").and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::Trouble(format!(
            "standard output cannot be written: {error}"
        ))),
    }
}

/// Prints a line for people beside what is the answer.
pub(crate) fn remark(line: &str) {
    // Without its standard error there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// The columns that lines should fit in: of `COLUMNS` or of the terminal. None in a pipe, where a line is a line.
pub(crate) fn width() -> Option<usize> {
    let told = std::env::var("COLUMNS").ok();
    let told = told.and_then(|columns| columns.parse().ok());
    let is_terminal = io::stdout().is_terminal();
    told.or_else(|| {
        let (width, _) = terminal_size::terminal_size().filter(|_| is_terminal)?;
        Some(usize::from(width.0))
    })
}

/// A heading.
pub(crate) fn bold(text: &str) -> String {
    let bold = anstyle::Style::new().bold();
    format!("{bold}{text}{bold:#}")
}

/// A number and its noun: `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
