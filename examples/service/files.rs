//! Events as lines of JSON in hive-style folders.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use events::eventc::{Event, encode_into, partition_path};

/// One open file for each partition of each event.
pub struct Files {
    folder: PathBuf,
    open: BTreeMap<PathBuf, Partition>,
    line: Vec<u8>,
}

struct Partition {
    file: BufWriter<File>,
    events: u64,
    bytes: u64,
}

/// What a partition holds when it is closed.
pub struct Written {
    /// Below the folder: `event=…/day=…/events.jsonl`.
    pub path: PathBuf,
    pub events: u64,
    pub bytes: u64,
}

impl Files {
    pub fn create(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            open: BTreeMap::new(),
            line: Vec::new(),
        })
    }

    /// Appends an event to the file of its partition.
    ///
    /// There is no case for an event without a partition: `Event::partition` cannot fail.
    pub fn write<E: Event>(&mut self, event: &E) -> io::Result<()> {
        let mut path = PathBuf::from(format!("event={}", E::NAME));
        path.push(partition_path(event));
        path.push("events.jsonl");

        self.line.clear();
        encode_into(event, &mut self.line).map_err(io::Error::other)?;
        self.line.push(b'\n');

        if !self.open.contains_key(&path) {
            let whole = self.folder.join(&path);
            fs::create_dir_all(whole.parent().unwrap_or(&self.folder))?;
            let file = BufWriter::new(File::create(whole)?);
            self.open.insert(
                path.clone(),
                Partition {
                    file,
                    events: 0,
                    bytes: 0,
                },
            );
        }
        if let Some(partition) = self.open.get_mut(&path) {
            partition.file.write_all(&self.line)?;
            partition.events += 1;
            partition.bytes += self.line.len() as u64;
        }
        Ok(())
    }

    /// Writes out what is still in memory.
    pub fn close(self) -> io::Result<Vec<Written>> {
        let mut written = Vec::new();
        for (path, mut partition) in self.open {
            partition.file.flush()?;
            written.push(Written {
                path,
                events: partition.events,
                bytes: partition.bytes,
            });
        }
        Ok(written)
    }
}
