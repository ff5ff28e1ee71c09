//! The folder of a service: a slot for each process that spools there at the same time.
//!
//! A slot is `<number>/`, with the segments of a log, a cursor and dead letters for each sink, and
//!
//! - `lock`, held by the process whose slot it is,
//! - `producer`, the id under which its positions mean something,
//! - `clean`, which is there only after an end in good order: all positions that were ever given out are on disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use uuid::Uuid;

use crate::log::{End, Log};

/// More processes than this in one folder are a mistake.
const SLOTS: u32 = 1024;

/// A slot that is ours until it is dropped.
pub(crate) struct Slot {
    pub(crate) folder: PathBuf,
    pub(crate) producer: Uuid,
    /// The process before ended in good order.
    is_clean: bool,
    _lock: File,
}

impl Slot {
    /// Opens the log of the slot, for so many sinks, to be written.
    pub(crate) fn log(&self, sinks: usize) -> io::Result<Log> {
        let end = match self.is_clean {
            true => End::Follows,
            false => End::Jumps,
        };
        let log = Log::open(&self.folder, sinks, end)?;
        match fs::remove_file(self.folder.join("clean")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(log),
        }
    }

    /// The same, to be read only: what an ended process left.
    pub(crate) fn remains(&self, sinks: usize) -> io::Result<Log> {
        Log::open(&self.folder, sinks, End::Stays)
    }

    /// Everything that has a position is on disk.
    pub(crate) fn end_in_good_order(folder: &Path) {
        // without it, positions jump at the next start, which is of no harm
        let _ = fs::write(folder.join("clean"), "");
    }
}

/// Takes the first slot that nobody has, and all others that an ended process left something in.
pub(crate) fn take(folder: &Path) -> io::Result<(Slot, Vec<Slot>)> {
    fs::create_dir_all(folder)?;
    let mut own = None;
    for number in 0..SLOTS {
        own = slot(folder.join(number.to_string()))?;
        if own.is_some() {
            break;
        }
    }
    let Some(own) = own else {
        let says = format!("{SLOTS} other processes spool there");
        return Err(io::Error::other(says));
    };
    let mut adopted = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_slot = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| u32::from_str(name).is_ok());
        if is_slot && path != own.folder && has_remains(&path)? {
            adopted.extend(slot(path)?);
        }
    }
    Ok((own, adopted))
}

fn slot(folder: PathBuf) -> io::Result<Option<Slot>> {
    fs::create_dir_all(&folder)?;
    let lock = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(folder.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let (producer, is_new) = producer(&folder)?;
    Ok(Some(Slot {
        is_clean: is_new || folder.join("clean").exists(),
        producer,
        folder,
        _lock: lock,
    }))
}

/// Whether its process ended without a word, or with something in its log.
fn has_remains(folder: &Path) -> io::Result<bool> {
    if !folder.join("clean").exists() {
        return Ok(true);
    }
    for entry in fs::read_dir(folder)? {
        if entry?.path().extension().is_some_and(|e| e == "seg") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The id of the slot, and whether it is new.
fn producer(folder: &Path) -> io::Result<(Uuid, bool)> {
    let path = folder.join("producer");
    let written = match fs::read_to_string(&path) {
        Ok(written) => written,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    if let Ok(producer) = Uuid::from_str(written.trim()) {
        return Ok((producer, false));
    }
    let producer = Uuid::now_v7();
    let new = folder.join("producer.new");
    fs::write(&new, format!("{producer}\n"))?;
    File::open(&new)?.sync_all()?;
    fs::rename(&new, &path)?;
    // positions of another producer mean nothing, but what is in its log is still to be delivered
    let has_log = fs::read_dir(folder)?
        .any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "seg")));
    Ok((producer, !has_log))
}
