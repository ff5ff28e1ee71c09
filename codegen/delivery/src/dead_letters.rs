//! Records that a sink refused, kept for people: `<sink>.dead.jsonl` in the slot.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use eventc::Timestamp;
use serde_json::Value;

/// The dead letters of one sink from one log.
pub(crate) struct DeadLetters {
    path: PathBuf,
    /// The most bytes the file may have.
    limit: u64,
    /// Positions of records that the sink is not to be given again.
    positions: BTreeSet<u64>,
}

/// A record that was refused.
pub(crate) struct DeadLetter<'a> {
    pub(crate) position: u64,
    pub(crate) reason: &'a str,
    /// When it was refused.
    pub(crate) at: Timestamp,
    /// What the frame holds, if it is no record that can be read.
    pub(crate) payload: &'a str,
    pub(crate) event: &'a str,
}

impl DeadLetters {
    /// Opens the file, and reads which records from a position on are in it: a crash may have come before the cursor moved.
    pub(crate) fn open(folder: &Path, sink: &str, limit: u64, from: u64) -> Self {
        let path = folder.join(format!("{sink}.dead.jsonl"));
        let positions = read(&path, from).unwrap_or_default();
        DeadLetters {
            path,
            limit,
            positions,
        }
    }

    pub(crate) fn contains(&self, position: u64) -> bool {
        self.positions.contains(&position)
    }

    /// Keeps a record, and says whether there was room for it on disk. It is not given to the sink again in any case.
    pub(crate) fn add(&mut self, letter: &DeadLetter<'_>) -> std::io::Result<()> {
        self.positions.insert(letter.position);
        let line = line(letter);
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(&self.path)?;
        let before = file.metadata()?.len();
        if before + line.len() as u64 > self.limit {
            return Err(std::io::Error::other(format!(
                "{} has reached its {} bytes; move it away",
                self.path.display(),
                self.limit
            )));
        }
        file.write_all(line.as_bytes())
            .inspect_err(|_| drop(file.set_len(before)))
    }

    /// The sink is past a position.
    pub(crate) fn forget_before(&mut self, position: u64) {
        if self
            .positions
            .first()
            .is_some_and(|first| *first < position)
        {
            self.positions = self.positions.split_off(&position);
        }
    }
}

/// The event stands in it byte for byte, as JSON; what is not JSON stands in it as text.
fn line(letter: &DeadLetter<'_>) -> String {
    let text = |text: &str| Value::from(text).to_string();
    let record = match serde_json::from_str::<Value>(letter.payload) {
        Ok(_) => letter.payload.to_owned(),
        Err(_) => text(letter.payload),
    };
    format!(
        "{{\"position\":{},\"event\":{},\"reason\":{},\"at\":\"{}\",\"record\":{record}}}\n",
        letter.position,
        text(letter.event),
        text(letter.reason),
        letter.at,
    )
}

/// The positions that are in the file. A line that a crash has cut is removed.
fn read(path: &Path, from: u64) -> std::io::Result<BTreeSet<u64>> {
    let text = fs::read(path)?;
    let whole = text
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    if whole < text.len() {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(whole as u64)?;
    }
    let position = |line: &[u8]| {
        serde_json::from_slice::<Value>(line)
            .ok()?
            .get("position")?
            .as_u64()
    };
    let lines = text.split(|byte| *byte == b'\n');
    Ok(lines
        .filter_map(position)
        .filter(|position| *position >= from)
        .collect())
}
