//! One log, as one sink reads it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use super::post::{Post, Wrote};
use crate::appender::DiskHealth;
use crate::batch::{Batch, Record};
use crate::dead_letters::{DeadLetter, DeadLetters};
use crate::log::{CursorFile, Found, Log, Reader};
use crate::progress::Progress;
use crate::sink::Pace;

/// It failed, and the store has not said how long it wants to be left alone.
const FAILED: Step = Step::Failed(Duration::ZERO);

/// After so many records of a batch that the sink rejects, it is given half as many at once: each costs it a batch.
const REJECTS: u32 = 3;

pub(crate) struct Feed {
    log: Arc<Log>,
    folder: PathBuf,
    producer: Uuid,
    dead_limit: u64,
    reader: Reader,
    /// Not before it is known how far the sink is.
    open: Option<Open>,
    /// Whether the sink has to be asked how far it is.
    is_unsure: bool,
    /// Records of this process that it is past.
    passed: u64,
    /// How many records the next batch has at most.
    most: usize,
}

struct Open {
    at: u64,
    cursor: CursorFile,
    dead: DeadLetters,
    /// The sink has what is before it, though it failed to say so.
    stored: u64,
    /// What is before it has been counted, if the sink did not want it.
    looked_at: u64,
}

pub(super) enum Step {
    Moved,
    AtEnd,
    /// It is tried again, but not before so much time has passed.
    Failed(Duration),
}

impl Feed {
    pub(crate) fn new(log: Arc<Log>, producer: Uuid, dead_limit: u64, pace: Pace) -> Self {
        Feed {
            folder: log.folder().to_owned(),
            log,
            producer,
            dead_limit,
            reader: Reader::new(pace.bytes),
            open: None,
            is_unsure: true,
            passed: 0,
            most: pace.most,
        }
    }

    /// Reads what is next, and gives it to the sink, or as much of it as there is time for.
    pub(super) fn step(
        &mut self,
        sink: usize,
        post: &mut Post,
        disk: &DiskHealth,
        progress: &Progress,
    ) -> Step {
        if self.is_unsure && !self.locate(sink, post, disk) {
            self.log.failing(sink);
            return FAILED;
        }
        let Some(at) = self.open.as_ref().map(|open| open.at) else {
            return FAILED;
        };
        let frames = match self.reader.read(&self.log, at) {
            Ok(Found::Nothing) => return Step::AtEnd,
            Ok(Found::Frames(frames)) => frames,
            Err(error) => {
                disk.failed("can't read the log", &error);
                post.failed(format!("the log can't be read: {error}"));
                return FAILED;
            }
        };
        let Some(open) = &mut self.open else {
            return FAILED;
        };
        let (mut records, mut count) = (Vec::new(), 0);
        let opened_at = self.log.opened_at();
        for (position, payload) in self.reader.payloads(&frames) {
            count += u64::from(position >= opened_at);
            if !open.dead.contains(position) {
                match Record::parse(self.producer, position, payload) {
                    Some(record) if post.has_place_for(&record) => records.push(record),
                    Some(_) => {}
                    None => reject_unreadable(open, post, position, payload),
                }
            }
        }
        if !post.choose(&mut records, open.looked_at) {
            self.is_unsure = true;
            self.log.failing(sink);
            return FAILED;
        }
        open.looked_at = open.looked_at.max(frames.to);
        let stored = records.partition_point(|record| record.position() < open.stored);
        records.drain(..stored);
        post.delivered(stored as u64);
        let mut rejects = 0;
        while let Some(first) = records.get(..self.most.min(records.len()))
            && !first.is_empty()
        {
            if progress.is_over() {
                return Step::Moved;
            }
            let given = first.len();
            let to = records.get(given).map_or(frames.to, Record::position);
            match post.write(&Batch::new(self.producer, to, first)) {
                Wrote::AllBut(rejected) => {
                    for (index, reason) in rejected {
                        if let Some(record) = first.get(index) {
                            reject(open, post, record, reason);
                        }
                    }
                    records.drain(..given);
                    self.most = (self.most * 2).min(post.pace.most);
                    open.move_to(to, &self.log, sink, disk);
                }
                Wrote::Not(index, reason) => {
                    let record = records.remove(index);
                    reject(open, post, &record, reason);
                    rejects += 1;
                    if rejects % REJECTS == 0 {
                        self.most = (self.most.min(given) / 2).max(1);
                    }
                }
                Wrote::Fewer(most) => self.most = most,
                Wrote::Nothing(at_least) => {
                    self.is_unsure = true;
                    self.log.failing(sink);
                    return Step::Failed(at_least);
                }
            }
        }
        open.move_to(frames.to, &self.log, sink, disk);
        self.passed += count;
        Step::Moved
    }

    /// How many records of this process the sink is past, if so many have left the memory.
    pub(super) fn passed(&mut self, settled: u64) -> u64 {
        // damaged frames and those that never were on disk are in no count: at the end it is known again
        if self
            .open
            .as_ref()
            .is_some_and(|open| !self.log.has_more(open.at))
        {
            self.passed = self.passed.max(settled);
        }
        self.passed
    }

    /// Finds out where the sink is.
    fn locate(&mut self, sink: usize, post: &mut Post, disk: &DiskHealth) -> bool {
        let Some(stored) = post.position(self.producer) else {
            return false;
        };
        if let Some(open) = &mut self.open {
            // it may have stored what it failed to acknowledge, or have lost what it did acknowledge
            if let Some(stored) = stored {
                open.stored = stored;
                if stored < open.at {
                    open.at = stored;
                    self.log.advance(sink, stored);
                }
            }
        } else {
            let (cursor, saved) = match CursorFile::open(&self.folder, &post.name) {
                Ok(opened) => opened,
                Err(error) => {
                    disk.failed("can't open a cursor", &error);
                    post.failed(format!("its cursor can't be opened: {error}"));
                    return false;
                }
            };
            let at = stored.or(saved).unwrap_or(0);
            self.open = Some(Open {
                at,
                cursor,
                dead: DeadLetters::open(&self.folder, &post.name, self.dead_limit, at),
                stored: at,
                looked_at: at,
            });
            self.log.advance(sink, at);
        }
        self.is_unsure = false;
        true
    }
}

impl Open {
    fn move_to(&mut self, at: u64, log: &Log, sink: usize, disk: &DiskHealth) {
        if at == self.at {
            return;
        }
        self.at = at;
        self.dead.forget_before(at);
        if let Err(error) = self.cursor.save(at) {
            disk.failed("can't write a cursor", &error);
        }
        log.advance(sink, at);
    }
}

fn reject(open: &mut Open, post: &Post, record: &Record<'_>, reason: String) {
    let written = open.dead.add(&DeadLetter {
        position: record.position(),
        reason: &reason,
        at: post.clock.now(),
        payload: record.json(),
        event: record.event(),
    });
    post.rejected(reason, written);
}

/// What a later version may have written. It is kept, too.
fn reject_unreadable(open: &mut Open, post: &Post, position: u64, payload: &[u8]) {
    let reason = "it is no record that this version can read";
    let written = open.dead.add(&DeadLetter {
        position,
        reason,
        at: post.clock.now(),
        payload: &String::from_utf8_lossy(payload),
        event: "",
    });
    post.rejected(reason.to_owned(), written);
}
