//! The log of one producer on disk: segments of frames, which one thread writes and every sink reads from its own position.
//!
//! What it knows is what `ls` shows. A position is a number of bytes since the first frame ever; there may be gaps between
//! segments, for what was delivered without ever being on disk.

mod cursor;
mod frame;
mod reader;
mod segment;
mod sync;
mod writer;

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use cursor::CursorFile;
pub(crate) use frame::{HEADER as FRAME_HEADER, LARGEST, write as write_frame};
pub(crate) use reader::{Found, Reader};
pub(crate) use segment::file_name;
pub(crate) use sync::Dirty;
pub(crate) use writer::{Appended, Writer};

/// How far the positions jump when it is not certain how far the last process was: a store may keep positions that this disk
/// forgot in a power failure, or that were delivered past a full disk.
const JUMP: u64 = 1 << 36;

/// Where new frames of a log go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// After the last one.
    Follows,
    /// Far beyond all positions that were ever given out.
    Jumps,
    /// There will be none.
    Stays,
}

/// A log that is open. The lock is never held during input or output.
pub(crate) struct Log {
    folder: PathBuf,
    state: Mutex<State>,
}

struct State {
    segments: VecDeque<Segment>,
    /// The position of the next frame.
    end: u64,
    /// The same when the log was opened: what is before it is of an earlier process.
    opened_at: u64,
    /// Whether there is a writer.
    is_written: bool,
    readers: Vec<Position>,
    direct: Option<Direct>,
    damage: Damage,
}

#[derive(Clone, Copy)]
struct Segment {
    first: u64,
    /// Bytes of whole frames.
    length: u64,
}

/// How far one sink is.
#[derive(Clone, Copy)]
struct Position {
    at: u64,
    /// Its last try failed.
    failing: bool,
    /// Events it never gets, as there was no room for them on disk while it was behind.
    missed: u64,
}

/// Frames that the disk has no room for, for the sinks that have all before them.
#[derive(Clone)]
struct Direct {
    from: u64,
    frames: Arc<Vec<u8>>,
    records: u64,
}

impl Direct {
    fn to(&self) -> u64 {
        self.from + self.frames.len() as u64
    }
}

/// What reading found wrong.
#[derive(Clone, Copy, Default)]
pub(crate) struct Damage {
    /// Tails that a crash had left half written.
    pub(crate) torn: u64,
    /// Places with bytes that are no frame.
    pub(crate) damaged: u64,
}

/// What there is at a position.
enum Place {
    /// A segment from `first` to `end`.
    Segment { first: u64, end: u64 },
    /// Frames in memory, from the position on.
    Direct { from: u64, frames: Arc<Vec<u8>> },
    /// Nothing, and never will be; go on here.
    Gap(u64),
    /// Nothing yet.
    End,
}

impl Log {
    /// Opens the log in a folder for so many readers, and cuts what a crash left half written.
    pub(crate) fn open(folder: &Path, readers: usize, end: End) -> io::Result<Self> {
        let (is_written, jump) = (end != End::Stays, end == End::Jumps);
        let mut damage = Damage::default();
        let segments = segment::open(folder, &mut damage)?;
        let mut end = segments.back().map_or(0, Segment::end);
        for cursor in cursor::all(folder)? {
            end = end.max(cursor);
        }
        if jump {
            end = end.saturating_add(JUMP);
        }
        let reader = Position {
            at: 0,
            failing: false,
            missed: 0,
        };
        Ok(Log {
            folder: folder.to_owned(),
            state: Mutex::new(State {
                segments,
                end,
                opened_at: end,
                is_written,
                readers: vec![reader; readers],
                direct: None,
                damage,
            }),
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn end(&self) -> u64 {
        self.state().end
    }

    pub(crate) fn opened_at(&self) -> u64 {
        self.state().opened_at
    }

    /// Bytes on disk.
    pub(crate) fn bytes(&self) -> u64 {
        self.state().segments.iter().map(|s| s.length).sum()
    }

    /// Bytes on disk that this reader has before it.
    pub(crate) fn lag(&self, reader: usize) -> u64 {
        let state = self.state();
        let at = state.readers.get(reader).map_or(0, |reader| reader.at);
        let ahead = |segment: &Segment| segment.end().saturating_sub(at.max(segment.first));
        state.segments.iter().map(ahead).sum()
    }

    pub(crate) fn missed(&self, reader: usize) -> u64 {
        self.state().readers.get(reader).map_or(0, |r| r.missed)
    }

    pub(crate) fn damage(&self) -> Damage {
        self.state().damage
    }

    pub(crate) fn found_damage(&self, places: u64) {
        self.state().damage.damaged += places;
    }

    /// The reader has all that is before the position; removes the segments that all readers are past.
    pub(crate) fn advance(&self, reader: usize, at: u64) {
        let mut state = self.state();
        if let Some(reader) = state.readers.get_mut(reader) {
            reader.at = at;
            reader.failing = false;
        }
        let read = state.lowest();
        let mut removed = Vec::new();
        // the last one may be the one that is written
        let kept = usize::from(state.is_written);
        while state.segments.len() > kept
            && state
                .segments
                .front()
                .is_some_and(|segment| segment.end() <= read)
        {
            removed.extend(state.segments.pop_front());
        }
        drop(state);
        self.remove(&removed);
    }

    /// The reader's sink failed, so nothing waits for it.
    pub(crate) fn failing(&self, reader: usize) {
        if let Some(reader) = self.state().readers.get_mut(reader) {
            reader.failing = true;
        }
    }

    /// Whether a reader has anything before it, on disk or in memory.
    pub(crate) fn has_more(&self, at: u64) -> bool {
        !matches!(self.locate(at), Place::End)
    }

    fn locate(&self, at: u64) -> Place {
        let state = self.state();
        let next = state.segments.iter().find(|segment| at < segment.end());
        match (next, &state.direct) {
            (Some(segment), _) if segment.first <= at => Place::Segment {
                first: segment.first,
                end: segment.end(),
            },
            (Some(segment), _) => Place::Gap(segment.first),
            (None, Some(direct)) if direct.from <= at && at < direct.to() => Place::Direct {
                from: direct.from,
                frames: Arc::clone(&direct.frames),
            },
            (None, _) if at < state.end => Place::Gap(state.end),
            (None, _) => Place::End,
        }
    }

    /// Puts frames where sinks that are at the end find them. Whether there are any that do.
    fn offer(&self, frames: &Arc<Vec<u8>>, records: u64) {
        let mut state = self.state();
        let from = state.end;
        state.direct = Some(Direct {
            from,
            frames: Arc::clone(frames),
            records,
        });
    }

    /// Passes the frames on offer, if a sink has them and none that could is still at it.
    fn pass_offered(&self) -> bool {
        let mut state = self.state();
        let Some(direct) = state.direct.clone() else {
            return false;
        };
        let has = |reader: &Position| reader.at >= direct.to();
        let is_at_it = |reader: &Position| reader.at >= direct.from && !reader.failing;
        if !state.readers.iter().any(has) || !state.readers.iter().all(|r| has(r) || !is_at_it(r)) {
            return false;
        }
        for reader in state.readers.iter_mut().filter(|reader| !has(reader)) {
            reader.missed += direct.records;
        }
        state.end = direct.to();
        state.direct = None;
        true
    }

    /// Frames were written to the segment that starts at `first`, which is new if it has not been there before.
    fn appended(&self, first: u64, bytes: u64) {
        let mut state = self.state();
        match state.segments.back_mut() {
            Some(last) if last.first == first => last.length += bytes,
            _ => state.segments.push_back(Segment {
                first,
                length: bytes,
            }),
        }
        state.end = first + state.segments.back().map_or(0, |last| last.length);
        state.direct = None;
    }

    /// Removes every segment, if all readers are at the end. Whether it did.
    fn clear_if_read(&self) -> bool {
        let mut state = self.state();
        if state.segments.is_empty() || state.lowest() < state.end {
            return false;
        }
        let removed: Vec<Segment> = state.segments.drain(..).collect();
        drop(state);
        self.remove(&removed);
        true
    }

    fn remove(&self, segments: &[Segment]) {
        for segment in segments {
            // one that stays is of no harm: the next start finds that it has been read, and removes it
            let _ = fs::remove_file(self.folder.join(file_name(segment.first)));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn lowest(&self) -> u64 {
        let positions = self.readers.iter().map(|reader| reader.at);
        positions.min().unwrap_or(self.end)
    }
}

impl Segment {
    fn end(&self) -> u64 {
        self.first + self.length
    }
}

#[cfg(test)]
mod tests;
