//! Reading a log from a position, over whatever has become of it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use super::frame::{self, Frame, HEADER};
use super::{Log, Place, file_name};

/// How often in a row a segment may fail to be read before the reader goes on behind it.
const TRIES: u32 = 5;

/// Reads the log for one sink.
pub(crate) struct Reader {
    /// How many bytes are read at once.
    size: usize,
    file: Option<(u64, File)>,
    window: Window,
    /// Where the search for a frame goes on, so that damage of several windows counts once.
    searching_at: Option<u64>,
    failed: u32,
}

/// A part of a segment, in memory.
#[derive(Default)]
struct Window {
    first: u64,
    bytes: Vec<u8>,
}

/// What a read gave.
pub(crate) enum Found {
    /// Nothing to read now.
    Nothing,
    /// Perhaps no frames, where there was nothing but damage.
    Frames(Frames),
}

/// Payloads, one after the other, and where to go on.
pub(crate) struct Frames {
    /// The position after them.
    pub(crate) to: u64,
    payloads: Vec<(u64, Range<usize>)>,
    direct: Option<Arc<Vec<u8>>>,
}

impl Reader {
    /// Reads about so many bytes at once.
    pub(crate) fn new(size: usize) -> Self {
        Reader {
            size,
            file: None,
            window: Window::default(),
            searching_at: None,
            failed: 0,
        }
    }

    /// Reads frames from a position on, as many as are read at once.
    pub(crate) fn read(&mut self, log: &Log, at: u64) -> io::Result<Found> {
        match log.locate(at) {
            Place::End => Ok(Found::Nothing),
            Place::Gap(to) => Ok(Found::Frames(Frames::none(to))),
            Place::Direct { from, frames } => Ok(Found::Frames(direct(from, at, frames))),
            Place::Segment { first, end } => match self.segment(log, first, at, end) {
                Ok(frames) => {
                    self.failed = 0;
                    Ok(Found::Frames(frames))
                }
                Err(error) => self.give_up(log, end, error),
            },
        }
    }

    /// The payloads of what was read last, each with its position.
    pub(crate) fn payloads<'a>(
        &'a self,
        frames: &'a Frames,
    ) -> impl Iterator<Item = (u64, &'a [u8])> {
        let bytes: &[u8] = match &frames.direct {
            Some(direct) => direct,
            None => &self.window.bytes,
        };
        frames
            .payloads
            .iter()
            .filter_map(move |(at, range)| Some((*at, bytes.get(range.clone())?)))
    }

    fn segment(&mut self, log: &Log, first: u64, from: u64, end: u64) -> io::Result<Frames> {
        if self.file.as_ref().is_none_or(|(open, _)| *open != first) {
            self.file = Some((first, File::open(log.folder().join(file_name(first)))?));
        }
        let Some((_, file)) = &mut self.file else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut payloads = Vec::new();
        let mut at = from;
        self.window.load(file, first, at, end, self.size)?;
        while at < end {
            match frame::check(self.window.from(at), end - at) {
                Frame::Whole(length) => {
                    let start = usize::try_from(at - self.window.first).unwrap_or(usize::MAX);
                    payloads.push((at, start + HEADER..start + HEADER + length));
                    at += (HEADER + length) as u64;
                    self.searching_at = None;
                }
                // the ranges are of this window
                Frame::Needs(_) if !payloads.is_empty() => break,
                Frame::Needs(size) => {
                    self.window
                        .load(file, first, at, end, size.max(self.size))?;
                    if self.window.from(at).len() < size {
                        // somebody cut the file
                        damage(log, self.searching_at, at);
                        at = end;
                    }
                }
                Frame::No => {
                    damage(log, self.searching_at, at);
                    at += 1;
                    self.searching_at = Some(at);
                }
            }
        }
        if at >= end {
            self.searching_at = None;
        }
        Ok(Frames {
            to: at,
            payloads,
            direct: None,
        })
    }

    /// A segment that is gone is damage; one that cannot be read is, after a few tries.
    fn give_up(&mut self, log: &Log, end: u64, error: io::Error) -> io::Result<Found> {
        self.file = None;
        self.failed += 1;
        if error.kind() != io::ErrorKind::NotFound && self.failed < TRIES {
            return Err(error);
        }
        self.failed = 0;
        log.found_damage(1);
        Ok(Found::Frames(Frames::none(end)))
    }
}

impl Window {
    /// Reads `size` bytes from a position on, or as many as there are before `end`.
    fn load(
        &mut self,
        file: &mut File,
        first: u64,
        at: u64,
        end: u64,
        size: usize,
    ) -> io::Result<()> {
        self.first = at;
        self.bytes.clear();
        file.seek(SeekFrom::Start(at - first))?;
        file.take((end - at).min(size as u64))
            .read_to_end(&mut self.bytes)?;
        Ok(())
    }

    fn from(&self, at: u64) -> &[u8] {
        let skipped = at.saturating_sub(self.first);
        usize::try_from(skipped)
            .ok()
            .and_then(|skipped| self.bytes.get(skipped..))
            .unwrap_or_default()
    }
}

impl Frames {
    fn none(to: u64) -> Self {
        Frames {
            to,
            payloads: Vec::new(),
            direct: None,
        }
    }
}

/// Counts damage, unless it goes on from what has been counted.
fn damage(log: &Log, searching_at: Option<u64>, at: u64) {
    if searching_at != Some(at) {
        log.found_damage(1);
    }
}

/// Frames that are in memory, from a position on.
fn direct(from: u64, at: u64, frames: Arc<Vec<u8>>) -> Frames {
    let mut payloads = Vec::new();
    let mut start = 0;
    while let Some(rest) = frames.get(start..)
        && let Frame::Whole(length) = frame::check(rest, rest.len() as u64)
    {
        if from + start as u64 >= at {
            payloads.push((from + start as u64, start + HEADER..start + HEADER + length));
        }
        start += HEADER + length;
    }
    Frames {
        to: from + frames.len() as u64,
        payloads,
        direct: Some(frames),
    }
}
