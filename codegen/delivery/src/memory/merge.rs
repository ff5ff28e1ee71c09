//! What is in the shards, in the order in which it was accepted.

use std::sync::atomic::Ordering;

use super::{HEADER, Memory, SHARDS, capacity};
use crate::log;

/// The appender's side of the memory: it takes the shards and gives frames.
pub(crate) struct Merge {
    /// One for each shard, and the last for what was taken too early.
    runs: [Run; SHARDS + 1],
    /// Records of this number and above may have others before them that are still in a shard.
    until: u64,
    spare: Vec<u8>,
}

/// Records in the order of their numbers.
#[derive(Default)]
struct Run {
    bytes: Vec<u8>,
    at: usize,
}

impl Merge {
    pub(crate) fn new(memory: &Memory) -> Self {
        let run = |_| Run {
            bytes: Vec::with_capacity(capacity(memory.limit)),
            at: 0,
        };
        let mut runs: [Run; SHARDS + 1] = std::array::from_fn(run);
        let [.., early] = &mut runs;
        early.bytes = Vec::new();
        Merge {
            runs,
            until: 0,
            spare: Vec::new(),
        }
    }

    /// Takes what is in the shards, for an empty buffer of the same capacity each.
    ///
    /// A record whose number was taken before the shards are is in one of them: it held its shard then. One with a later
    /// number may come out of a late shard while one before it goes into an early one, so it waits for the next time.
    pub(crate) fn take(&mut self, memory: &Memory) {
        memory.hurry.store(false, Ordering::Relaxed);
        self.keep_early();
        self.until = memory.accepted.load(Ordering::SeqCst);
        for (shard, run) in memory.shards.iter().zip(&mut self.runs) {
            run.bytes.clear();
            run.at = 0;
            std::mem::swap(&mut shard.hold().bytes, &mut run.bytes);
        }
    }

    /// Appends frames of the next records until `size` bytes are there. It says how many.
    pub(crate) fn frames(&mut self, size: usize, frames: &mut Vec<u8>) -> u64 {
        let mut records = 0;
        while frames.len() < size
            && let Some((run, number)) = first(&mut self.runs)
            && number < self.until
            && let Some((_, payload)) = run.next()
        {
            log::write_frame(payload, frames);
            records += 1;
        }
        records
    }

    /// Gives back the place of so many records, now that their frames are no longer in memory.
    pub(crate) fn settled(&self, memory: &Memory, records: u64, frames: usize) {
        // a record has a header here and another one there
        let headers = usize::try_from(records).unwrap_or(usize::MAX);
        let payloads = frames.saturating_sub(headers.saturating_mul(log::FRAME_HEADER));
        memory.release(payloads.saturating_add(headers.saturating_mul(HEADER)));
    }

    /// Puts what was taken too early into a run of its own.
    fn keep_early(&mut self) {
        let mut early = std::mem::take(&mut self.spare);
        early.clear();
        while let Some((run, _)) = first(&mut self.runs) {
            let from = run.at;
            run.next();
            early.extend_from_slice(run.bytes.get(from..run.at).unwrap_or_default());
        }
        let [.., run] = &mut self.runs;
        self.spare = std::mem::replace(&mut run.bytes, early);
        run.at = 0;
    }
}

impl Run {
    fn peek(&self) -> Option<u64> {
        let (_, after) = self.bytes.get(self.at..)?.split_first_chunk::<4>()?;
        after.first_chunk().copied().map(u64::from_le_bytes)
    }

    fn next(&mut self) -> Option<(u64, &[u8])> {
        let (length, after) = self.bytes.get(self.at..)?.split_first_chunk()?;
        let (number, after) = after.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        self.at += HEADER + length;
        Some((u64::from_le_bytes(*number), after.get(..length)?))
    }
}

/// The run with the lowest number.
fn first(runs: &mut [Run]) -> Option<(&mut Run, u64)> {
    runs.iter_mut()
        .filter_map(|run| run.peek().map(|number| (run, number)))
        .min_by_key(|(_, number)| *number)
}
