//! What is in the shards, in the order in which it was accepted.

use std::ops::Range;
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
        self.begin(memory);
        self.take_shards(memory, 0..SHARDS);
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

    fn begin(&mut self, memory: &Memory) {
        memory.hurry.store(false, Ordering::Relaxed);
        self.keep_early();
        self.until = memory.accepted.load(Ordering::SeqCst);
    }

    fn take_shards(&mut self, memory: &Memory, places: Range<usize>) {
        let shards = memory.shards.iter().zip(&mut self.runs);
        for (shard, run) in shards.skip(places.start).take(places.len()) {
            run.bytes.clear();
            run.at = 0;
            std::mem::swap(&mut shard.hold().bytes, &mut run.bytes);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Pushes into the shard at a place, as all others are held.
    fn push(memory: &Memory, place: usize, text: &[u8]) {
        let others = memory.shards.iter().enumerate();
        let others = others.filter(|(other, _)| *other != place);
        let held: Vec<_> = others.map(|(_, shard)| shard.hold()).collect();
        memory.push(text, b"").unwrap();
        drop(held);
    }

    /// What the next frames hold.
    fn taken(merge: &mut Merge, memory: &Memory) -> Vec<u8> {
        let mut frames = Vec::new();
        let records = merge.frames(usize::MAX, &mut frames);
        merge.settled(memory, records, frames.len());
        let mut texts = Vec::new();
        while !frames.is_empty() {
            texts.push(frames[log::FRAME_HEADER]);
            frames.drain(..log::FRAME_HEADER + 2);
        }
        texts
    }

    #[test]
    fn what_is_pushed_between_two_shards_waits_for_what_was_before_it() {
        let memory = Memory::new(64 * 1024);
        let mut merge = Merge::new(&memory);
        push(&memory, 5, b"a");
        push(&memory, 2, b"b");
        merge.begin(&memory);
        merge.take_shards(&memory, 0..4);
        // one thread finds a shard that has been taken, and then one that has not
        push(&memory, 1, b"c");
        push(&memory, 6, b"d");
        merge.take_shards(&memory, 4..SHARDS);
        assert_eq!(taken(&mut merge, &memory), b"ab");
        push(&memory, 0, b"e");
        merge.take(&memory);
        assert_eq!(taken(&mut merge, &memory), b"cde");
        assert_eq!(memory.used(), 0);
    }

    #[test]
    fn a_shard_keeps_its_capacity() {
        let memory = Memory::new(64 * 1024);
        let mut merge = Merge::new(&memory);
        let capacity = |memory: &Memory| memory.shards[3].hold().bytes.capacity();
        let before = capacity(&memory);
        for _ in 0..5 {
            push(&memory, 3, b"x");
            merge.take(&memory);
            assert_eq!(taken(&mut merge, &memory), b"x");
            assert_eq!(capacity(&memory), before);
        }
    }
}
