//! The files of one producer.
//!
//! What is kept on disk is one checkpoint: a position, and the lengths of the open files at it. Everything else follows:
//!
//! 1. A file that is to be made is put into the checkpoint first, with no length.
//! 2. Lines are written to the open files.
//! 3. The checkpoint with the new position and the new lengths takes the place of the old one. This is the moment in which
//!    the batch is stored.
//! 4. Files are closed only as the checkpoint says they are, and then left out of the next one.
//!
//! A process that ends anywhere in between leaves files that are too long, or that nothing was written to. They are in the
//! checkpoint, so a start finds them without a search, cuts them and closes them. An error does the same as a start.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::Settings;
use super::checkpoint::{self, Checkpoint};
use super::open::{self, Open, at};
use crate::batch::{Batch, Record};

/// How many files are open at most: a batch that has more partitions closes those that were written longest ago.
const MOST_OPEN: usize = 256;

/// How often what was written is forced to the disk.
const SYNC: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Writer {
    settings: Settings,
    /// Part of the names of files.
    producer: String,
    path: PathBuf,
    checkpoint: Checkpoint,
    /// By their folder below ours.
    open: BTreeMap<String, Named>,
    /// Whether memory and disk are known to be the same.
    is_sound: bool,
    synced: Instant,
    is_synced: bool,
}

#[derive(Debug)]
struct Named {
    /// Below our folder, without `.open`.
    path: String,
    file: Open,
}

impl Writer {
    pub(super) fn new(settings: Settings, producer: Uuid) -> Self {
        let digits = producer.simple().to_string();
        Writer {
            path: checkpoint::path(&settings.folder, producer),
            settings,
            // the first digits are the time: processes that started together have them in common
            producer: digits.chars().skip(20).collect(),
            checkpoint: Checkpoint::default(),
            open: BTreeMap::new(),
            is_sound: false,
            synced: Instant::now(),
            is_synced: true,
        }
    }

    /// How far the files are.
    pub(super) fn position(&mut self) -> io::Result<Option<u64>> {
        self.recover()?;
        Ok(self.checkpoint.position)
    }

    pub(super) fn write(&mut self, batch: &Batch<'_>) -> io::Result<()> {
        self.recover()?;
        self.tidy()?;
        let mut lines: BTreeMap<String, (u64, Vec<u8>)> = BTreeMap::new();
        for record in batch.records() {
            let (_, lines) = lines
                .entry(folder(record))
                .or_insert_with(|| (record.position(), Vec::new()));
            lines.extend_from_slice(record.json().as_bytes());
            lines.push(b'\n');
        }
        self.is_sound = false;
        self.open_all(&lines)?;
        for (folder, (_, lines)) in &lines {
            if let Some(named) = self.open.get_mut(folder) {
                named
                    .file
                    .write(lines, &self.settings.folder.join(&named.path))?;
                self.checkpoint
                    .open
                    .insert(named.path.clone(), named.file.length);
            }
        }
        self.checkpoint.position = Some(batch.to());
        self.checkpoint.write(&self.path, false)?;
        self.is_sound = true;
        self.is_synced = false;
        Ok(())
    }

    /// Closes what is large or old, and forces to the disk what was written a while ago.
    pub(super) fn tidy(&mut self) -> io::Result<()> {
        self.recover()?;
        let settings = &self.settings;
        let is_due = |named: &Named| {
            named.file.length >= settings.roll_bytes
                || named.file.since.elapsed() >= settings.roll_after
        };
        let due: Vec<String> = self
            .open
            .iter()
            .filter(|(_, named)| is_due(named))
            .map(|(f, _)| f.clone())
            .collect();
        for folder in due {
            self.close_one(&folder)?;
        }
        if !self.is_synced && self.synced.elapsed() >= SYNC {
            self.sync()?;
        }
        Ok(())
    }

    /// Closes everything.
    pub(super) fn close(&mut self) -> io::Result<()> {
        self.recover()?;
        while let Some(folder) = self.open.keys().next().cloned() {
            self.close_one(&folder)?;
        }
        self.sync()
    }

    /// Opens the files that are not open.
    fn open_all(&mut self, lines: &BTreeMap<String, (u64, Vec<u8>)>) -> io::Result<()> {
        let mut new = Vec::new();
        for (folder, (position, _)) in lines {
            if !self.open.contains_key(folder) {
                let path = format!("{folder}/{}-{position:020}.jsonl", self.producer);
                self.checkpoint.open.insert(path.clone(), 0);
                new.push((folder, path));
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        while self.open.len() + new.len() > MOST_OPEN
            && let Some(folder) = self.least_recently_written(lines)
        {
            self.close_one(&folder)?;
        }
        self.checkpoint.write(&self.path, false)?;
        for (folder, path) in new {
            let file = Open::create(&self.settings.folder.join(&path))?;
            self.open.insert(folder.clone(), Named { path, file });
        }
        Ok(())
    }

    /// One that the lines at hand are not for.
    fn least_recently_written(&self, lines: &BTreeMap<String, (u64, Vec<u8>)>) -> Option<String> {
        let others = self
            .open
            .iter()
            .filter(|(folder, _)| !lines.contains_key(*folder));
        let oldest = others.min_by_key(|(_, named)| named.file.last_written);
        oldest.map(|(folder, _)| folder.clone())
    }

    /// Gives a file its name. The checkpoint still has it, which a start takes for what it is.
    fn close_one(&mut self, folder: &str) -> io::Result<()> {
        if let Some(named) = self.open.get(folder) {
            open::close(&self.settings.folder.join(&named.path), named.file.length)?;
            self.checkpoint.open.remove(&named.path);
            self.open.remove(folder);
            self.is_synced = false;
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        for named in self.open.values_mut() {
            named.file.sync(&self.settings.folder.join(&named.path))?;
        }
        if self.checkpoint.position.is_some() {
            self.checkpoint.write(&self.path, true)?;
        }
        self.synced = Instant::now();
        self.is_synced = true;
        Ok(())
    }

    /// Makes the files what the checkpoint says they are, after a start or an error.
    fn recover(&mut self) -> io::Result<()> {
        if self.is_sound {
            return Ok(());
        }
        self.open.clear();
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(|error| at(folder, error))?;
        }
        self.checkpoint = Checkpoint::read(&self.path)?;
        while let Some((path, length)) = self.checkpoint.open.pop_first() {
            open::close(&self.settings.folder.join(path), length)?;
        }
        self.sync()?;
        self.is_sound = true;
        Ok(())
    }
}

/// The folder of a record, below ours.
fn folder(record: &Record<'_>) -> String {
    match record.partition() {
        "" => format!("event={}", record.event()),
        partition => format!("event={}/{partition}", record.event()),
    }
}
