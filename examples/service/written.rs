//! What a run has left in the folder of its events.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files of one partition.
pub struct Partition {
    /// Below the folder: `event=…/day=…`.
    pub path: PathBuf,
    pub events: u64,
    pub bytes: u64,
}

/// The partitions of all events below a folder, by their paths.
pub fn partitions(folder: &Path) -> io::Result<Vec<Partition>> {
    let mut partitions: Vec<Partition> = Vec::new();
    for path in files(folder)? {
        let text = fs::read(&path)?;
        let partition = path
            .parent()
            .and_then(|path| path.strip_prefix(folder).ok());
        let partition = partition.unwrap_or(&path).to_owned();
        let (events, bytes) = (
            text.iter().filter(|byte| **byte == b'\n').count() as u64,
            text.len() as u64,
        );
        match partitions.last_mut().filter(|last| last.path == partition) {
            Some(last) => {
                last.events += events;
                last.bytes += bytes;
            }
            None => partitions.push(Partition {
                path: partition,
                events,
                bytes,
            }),
        }
    }
    Ok(partitions)
}

/// What a query engine would find, sorted.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
