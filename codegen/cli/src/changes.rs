//! The files of a schema each time one of them is saved.
//!
//! They are read again and again, and their bytes are compared, as that works on every disk and through every way of saving: in
//! place, by rename, or with the whole folder replaced. Notifications of the system do not reach network disks and containers,
//! and end with the folder that they were asked for; a schema is read in a few milliseconds.

use std::thread::sleep;
use std::time::{Duration, Instant};

use eventc_compiler::{Sources, Style, render};

use crate::failure::Failure;
use crate::report::summary;
use crate::schema::{Origin, Read, Schema};
use crate::terminal::count;

/// So often the files are looked at.
const INTERVAL: Duration = Duration::from_millis(150);

/// Looking takes at most one part in so many of the time.
const SHARE: u32 = 20;

/// Compiles the files as they are, and then each time they are others, until `take` says that nobody wants more.
pub(crate) fn each(
    schema: &Schema,
    mut take: impl FnMut(Result<Read, Failure>) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    // Settled once, so that a folder which is away for a moment is waited for.
    let schema = schema.settled()?;
    let mut taken: Option<Seen> = None;
    loop {
        let begun = Instant::now();
        let (seen, _) = look(&schema);
        let pause = INTERVAL.max(begun.elapsed() * SHARE);
        if taken.as_ref() != Some(&seen) {
            let (seen, sources) = settle(&schema, seen);
            if !take(sources.map(Read::of))? {
                return Ok(());
            }
            taken = Some(seen);
        }
        sleep(pause);
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

/// What came of the files: every problem, and a line about the whole.
pub(crate) fn outcome(read: &Read, style: Style) -> String {
    let mut text = String::new();
    let (first, others) = read.compilation.first_errors();
    for diagnostic in read.compilation.warnings().chain(first) {
        text.push_str(&render(diagnostic, &read.sources, style));
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
