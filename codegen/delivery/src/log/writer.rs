//! Appending to a log.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::sync::Arc;

use super::{Dirty, Log, file_name};

/// The one that writes a log.
pub(crate) struct Writer {
    log: Arc<Log>,
    dirty: Arc<Dirty>,
    active: Option<Active>,
    /// Bytes that all segments may have together.
    limit: u64,
}

struct Active {
    file: Arc<File>,
    first: u64,
    length: u64,
}

/// What became of frames.
pub(crate) enum Appended {
    /// They are in the log.
    Yes,
    /// There is no room for them.
    Full,
}

impl Writer {
    pub(crate) fn new(log: Arc<Log>, dirty: Arc<Dirty>, limit: u64) -> Self {
        Writer {
            log,
            dirty,
            active: None,
            limit,
        }
    }

    /// Appends frames, all or none.
    pub(crate) fn append(&mut self, frames: &[u8]) -> io::Result<Appended> {
        let size = frames.len() as u64;
        if self.log.bytes() + size > self.limit {
            // a segment as large as the disk could never be removed while it is written
            if !self.log.clear_if_read() {
                return Ok(Appended::Full);
            }
            self.active = None;
        }
        if let Some(active) = &self.active
            && active.length + size > segment_size(self.limit)
        {
            self.active = None;
        }
        let is_new = self.active.is_none();
        let active = match &mut self.active {
            Some(active) => active,
            none => none.insert(create(&self.log)?),
        };
        if let Err(error) = (&*active.file).write_all(frames) {
            // a part of a frame may be there: it is cut, and if that fails, too, no frame follows it
            let cut = active.file.set_len(active.length);
            if cut.is_err() || active.length == 0 {
                self.active = None;
            }
            if self.log.clear_if_read() {
                self.active = None;
            }
            return Err(error);
        }
        active.length += size;
        self.log.appended(active.first, size);
        let folder = is_new.then(|| self.log.folder().to_owned());
        self.dirty.add(&active.file, folder);
        Ok(Appended::Yes)
    }

    /// Offers frames that the log did not take to the sinks themselves.
    pub(crate) fn offer(&mut self, frames: &Arc<Vec<u8>>, records: u64) {
        self.log.offer(frames, records);
    }

    /// Whether the sinks have what was offered.
    pub(crate) fn pass_offered(&mut self) -> bool {
        let passed = self.log.pass_offered();
        if passed {
            // the next frame is not where the segment ends
            self.active = None;
        }
        passed
    }

    /// The largest append, in bytes, so that a segment has several.
    pub(crate) fn chunk(&self) -> usize {
        usize::try_from(segment_size(self.limit) / 2)
            .unwrap_or(usize::MAX)
            .min(256 * 1024)
    }
}

fn segment_size(limit: u64) -> u64 {
    (limit / 8).min(8 << 20)
}

fn create(log: &Log) -> io::Result<Active> {
    let first = log.end();
    // one of this name holds nothing that was ever acknowledged: it was made and never written, or cut
    let file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(log.folder().join(file_name(first)))?;
    file.set_len(0)?;
    Ok(Active {
        file: Arc::new(file),
        first,
        length: 0,
    })
}
