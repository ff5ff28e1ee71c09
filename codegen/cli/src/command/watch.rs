//! `eventc watch`.

use std::io::{IsTerminal as _, stdout};
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::Args;
use eventc_compiler::{Sources, Style, compile, render};

use crate::failure::Failure;
use crate::report::summary;
use crate::schema::{Origin, Read, Schema};
use crate::terminal::{count, say};

/// Check the schema each time a file of it is saved.
#[derive(Debug, Args)]
pub(super) struct Watch {
    #[command(flatten)]
    schema: Schema,
}

/// So often the files are looked at.
const INTERVAL: Duration = Duration::from_millis(150);

/// Looking takes at most one part in so many of the time.
const SHARE: u32 = 20;

/// Moves to the top of the screen and empties it, but for what was scrolled away.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J";

impl Watch {
    /// Reads the files again and again and compares their bytes, as that works on every disk and through every way of saving: in
    /// place, by rename, or with the whole folder replaced. Notifications of the system do not reach network disks and containers,
    /// and end with the folder that they were asked for; a schema is read in a few milliseconds.
    pub(super) fn run(&self) -> Result<String, Failure> {
        // Settled once, so that a folder which is away for a moment is waited for.
        let schema = self.schema.settled()?;
        let mut said: Option<Seen> = None;
        loop {
            let begun = Instant::now();
            let (seen, _) = look(&schema);
            let pause = INTERVAL.max(begun.elapsed() * SHARE);
            if said.as_ref() != Some(&seen) {
                let (seen, sources) = settle(&schema, seen);
                if !say(&page(sources))? {
                    return Ok(String::new());
                }
                said = Some(seen);
            }
            sleep(pause);
        }
    }
}

/// Who saves several files, or one in several steps, is given time to finish.
fn settle(schema: &Schema, mut seen: Seen) -> (Seen, Result<Sources, Failure>) {
    loop {
        sleep(INTERVAL / 3);
        let (again, sources) = look(schema);
        if again == seen {
            return (again, sources);
        }
        seen = again;
    }
}

/// What was seen of the files: their bytes, or why they cannot be read.
#[derive(PartialEq)]
enum Seen {
    Files(Vec<u8>),
    Trouble(String),
}

fn look(schema: &Schema) -> (Seen, Result<Sources, Failure>) {
    let sources = schema.sources(Origin::Here);
    let seen = match &sources {
        Ok(sources) => {
            let mut bytes = Vec::new();
            match sources.write_identity(&mut bytes) {
                Ok(()) => Seen::Files(bytes),
                Err(error) => Seen::Trouble(error.to_string()),
            }
        }
        Err(Failure::Trouble(text) | Failure::Problems(text)) => Seen::Trouble(text.clone()),
    };
    (seen, sources)
}

/// What is to be said of the files as they are now.
fn page(sources: Result<Sources, Failure>) -> String {
    let mut text = String::new();
    // In a pipe each outcome stands below the last one.
    if stdout().is_terminal() {
        text.push_str(CLEAR);
    }
    match sources {
        Ok(sources) => {
            let compilation = compile(&sources);
            text.push_str(&outcome(&Read {
                sources,
                compilation,
            }));
        }
        Err(Failure::Trouble(trouble) | Failure::Problems(trouble)) => {
            text.push_str(&format!("error: {trouble}\n"));
        }
    }
    text.push_str("watching; Ctrl-C ends it\n\n");
    text
}

fn outcome(read: &Read) -> String {
    let mut text = String::new();
    let (first, others) = read.compilation.first_errors();
    for diagnostic in read.compilation.warnings().chain(first) {
        text.push_str(&render(diagnostic, &read.sources, Style::Colored));
        text.push_str("\n\n");
    }
    if others > 0 {
        text.push_str(&format!("and {others} more\n\n"));
    }
    let line = match read.compilation.error_count() {
        0 => summary(read),
        problems => format!("{} in the schema", count(problems, "problem")),
    };
    text + &line + "\n"
}
