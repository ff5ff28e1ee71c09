//! Events as lines of JSON in folders that query engines know as partitions.

mod checkpoint;
mod open;
mod writer;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use uuid::Uuid;

use crate::batch::Batch;
use crate::requirement::Any;
use crate::sink::{Fail, Sink};
use writer::Writer;

/// Writes each event as a line of JSON into a file of its partition:
/// `event=backend.request.success/day=2026-11-23/<producer>-<position>.jsonl`.
///
/// A file is called `….jsonl.open` while it is written. It gets its name when it has 64 MiB or is a minute old, after it was
/// forced to the disk, and is never touched again: what `*.jsonl` finds is whole. Those are the last 12 digits of the
/// producer, and the position of the file's first event. A `_delivery` folder holds how far each producer's log has been
/// written, and how long its open files were then. It is replaced whole, after each batch, and a start begins by cutting the
/// open files to these lengths: so an event is there once, whenever the process was killed. A failure of power costs what was
/// written in the second before it.
///
/// Two sinks must not write to the same folder, unless they are of different spools.
#[derive(Debug)]
pub struct Files {
    name: String,
    settings: Settings,
    writers: BTreeMap<Uuid, Writer>,
}

#[derive(Clone, Debug)]
struct Settings {
    folder: PathBuf,
    roll_bytes: u64,
    roll_after: Duration,
}

impl Files {
    /// Writes below this folder, which is made if it is not there. The sink is called `files`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Files {
            name: "files".to_owned(),
            settings: Settings {
                folder: folder.into(),
                roll_bytes: 64 << 20,
                roll_after: Duration::from_secs(60),
            },
            writers: BTreeMap::new(),
        }
    }

    /// Another name for the sink, where an emitter has two of them.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The length in bytes from which on a file is closed: 64 MiB.
    #[must_use]
    pub fn roll_bytes(mut self, bytes: u64) -> Self {
        self.settings.roll_bytes = bytes;
        self
    }

    /// The age from which on a file is closed: a minute.
    #[must_use]
    pub fn roll_after(mut self, age: Duration) -> Self {
        self.settings.roll_after = age;
        self
    }

    fn writer(&mut self, producer: Uuid) -> &mut Writer {
        let settings = &self.settings;
        self.writers
            .entry(producer)
            .or_insert_with(|| Writer::new(settings.clone(), producer))
    }
}

impl Sink for Files {
    type Requires = Any;

    fn name(&self) -> &str {
        &self.name
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        self.writer(batch.producer())
            .write(batch)
            .map_err(|error| Fail::Retry(error.to_string()))
    }

    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String> {
        let position = self.writer(producer).position();
        position.map_err(|error| error.to_string())
    }

    fn idle(&mut self) -> Result<(), String> {
        let mut writers = self.writers.values_mut();
        writers
            .try_for_each(Writer::tidy)
            .map_err(|error| error.to_string())
    }

    fn close(&mut self) -> Result<(), String> {
        let mut writers = self.writers.values_mut();
        writers
            .try_for_each(Writer::close)
            .map_err(|error| error.to_string())
    }
}
