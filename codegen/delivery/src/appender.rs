//! The thread that takes events from memory to the log.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::log::{Appended, Dirty, Log, Writer};
use crate::memory::{Memory, Merge};
use crate::progress::Progress;
use crate::spool::Slot;

/// The pause before frames are tried again that the log did not take.
const RETRY: Duration = Duration::from_millis(100);

/// When what was written is forced to the disk, against a failure of power. An end of the process loses nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fsync {
    /// By a thread of its own, so often. A failure of power costs at most what was emitted since, plus the time it takes.
    Every(Duration),
    /// After every write of the log, by the thread that writes it, so at the pace of the disk.
    EachWrite,
    /// When the system likes.
    Never,
}

/// What the appender and the readers say of the disk.
#[derive(Default)]
pub(crate) struct DiskHealth(Mutex<Disk>);

#[derive(Clone, Default)]
pub(crate) struct Disk {
    pub(crate) errors: u64,
    pub(crate) full: u64,
    pub(crate) passed: u64,
    pub(crate) lost: u64,
    pub(crate) last_error: Option<String>,
}

impl DiskHealth {
    pub(crate) fn get(&self) -> Disk {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Disk)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(crate) fn failed(&self, doing: &str, error: &io::Error) {
        self.change(|disk| {
            disk.errors += 1;
            disk.last_error = Some(format!("{doing}: {error}"));
        });
    }
}

pub(crate) struct Appender {
    pub(crate) memory: Arc<Memory>,
    pub(crate) log: Arc<Log>,
    pub(crate) writer: Writer,
    pub(crate) dirty: Arc<Dirty>,
    pub(crate) progress: Arc<Progress>,
    pub(crate) health: Arc<DiskHealth>,
    pub(crate) every: Duration,
    pub(crate) fsync: Fsync,
}

impl Appender {
    pub(crate) fn run(mut self) {
        let mut merge = Merge::new(&self.memory);
        let mut frames = Arc::new(Vec::new());
        let mut has_passed = false;
        loop {
            let is_closing = self.progress.is_closing();
            merge.take(&self.memory);
            loop {
                let buffer = writable(&mut frames);
                let records = merge.frames(self.writer.chunk(), buffer);
                if records == 0 {
                    break;
                }
                let size = buffer.len();
                has_passed |= !self.settle(&frames, records);
                merge.settled(&self.memory, records, size);
                self.progress.change(|state| {
                    state.settled += records;
                    state.news += 1;
                    state.is_offering = false;
                });
            }
            if !is_closing {
                thread::park_timeout(self.every);
            } else if self.memory.used() == 0 {
                // nothing more comes in: the memory was closed first
                break;
            }
        }
        self.end(has_passed);
    }

    /// Brings frames to the log, or past it to the sinks. Whether they are in the log.
    fn settle(&mut self, frames: &Arc<Vec<u8>>, records: u64) -> bool {
        let mut is_offered = false;
        loop {
            match self.writer.append(frames) {
                Ok(Appended::Yes) => break,
                Ok(Appended::Full) => self.health.change(|disk| {
                    disk.full += 1;
                    disk.last_error = Some(format!(
                        "{}: the log has all the bytes it may have, as a sink is far behind",
                        self.log.folder().display()
                    ));
                }),
                Err(error) => {
                    let doing = format!("{}: can't write the log", self.log.folder().display());
                    self.health.failed(&doing, &error);
                }
            }
            if !is_offered {
                is_offered = true;
                self.writer.offer(frames, records);
                self.progress.change(|state| {
                    state.news += 1;
                    state.is_offering = true;
                });
            }
            let pause = self.progress.at_most(RETRY);
            let is_passed = self.progress.wait(pause, |_| self.writer.pass_offered());
            if is_passed {
                self.health.change(|disk| disk.passed += records);
                return false;
            }
            if self.progress.is_over() {
                self.health.change(|disk| disk.lost += records);
                return false;
            }
        }
        if self.fsync == Fsync::EachWrite {
            self.sync();
        }
        true
    }

    fn sync(&self) -> bool {
        sync(&self.dirty, &self.log, &self.health)
    }

    fn end(self, has_passed: bool) {
        let is_synced = self.fsync == Fsync::Never || self.sync();
        if is_synced && !has_passed {
            Slot::end_in_good_order(self.log.folder());
        }
        self.progress.change(|state| {
            state.is_appender_done = true;
            state.news += 1;
        });
    }
}

/// The thread that forces the log to the disk, so that the one that writes never waits for it.
pub(crate) fn keep_synced(
    dirty: &Dirty,
    log: &Log,
    progress: &Progress,
    health: &DiskHealth,
    every: Duration,
) {
    while !progress.wait(every, |state| state.is_appender_done) {
        sync(dirty, log, health);
    }
}

fn sync(dirty: &Dirty, log: &Log, health: &DiskHealth) -> bool {
    let synced = dirty.sync();
    if let Err(error) = &synced {
        let doing = format!(
            "{}: can't force the log to the disk",
            log.folder().display()
        );
        health.failed(&doing, error);
    }
    synced.is_ok()
}

/// The buffer, empty; a new one if a sink still reads it.
fn writable(frames: &mut Arc<Vec<u8>>) -> &mut Vec<u8> {
    if Arc::get_mut(frames).is_none() {
        *frames = Arc::default();
    }
    let buffer = Arc::make_mut(frames);
    buffer.clear();
    buffer
}
