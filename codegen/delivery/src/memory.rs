//! Accepted events that are not in the log yet: bytes, in shards, up to a limit.
//!
//! An event is copied into the first shard that nobody holds, so a caller never waits for another one. Each has a number,
//! taken while its shard is held, and the appender puts them in the order of their numbers again: what one thread emitted
//! stays in order, though it went through several shards.

mod merge;

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

pub(crate) use merge::Merge;

const SHARDS: usize = 8;

/// What stands before each record in a shard: its length and its number.
const HEADER: usize = 4 + 8;

/// How often all shards are tried before the event is dropped: some with a pause for the processor only, then some with the
/// rest of the time slice given to whoever holds them. It takes a hundred threads on one core to come near the end.
const SPINS: usize = 16;
const YIELDS: usize = 64;

/// Why an event is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Full,
    TooLarge,
    Busy,
    Closed,
}

pub(crate) struct Memory {
    shards: [Shard; SHARDS],
    limit: usize,
    /// Bytes of all records that are in a shard or with the appender.
    used: AtomicUsize,
    /// The number of the next record, and so how many were accepted.
    accepted: AtomicU64,
    /// Set by the caller whose record made it half full, cleared by the appender.
    hurry: AtomicBool,
}

/// On a cache line of its own, and the next one, which processors fetch along with it.
#[repr(align(128))]
struct Shard(Mutex<Contents>);

struct Contents {
    bytes: Vec<u8>,
    closed: bool,
}

impl Memory {
    pub(crate) fn new(limit: usize) -> Self {
        let shard = || {
            Shard(Mutex::new(Contents {
                bytes: Vec::with_capacity(capacity(limit)),
                closed: false,
            }))
        };
        Memory {
            shards: std::array::from_fn(|_| shard()),
            limit,
            used: AtomicUsize::new(0),
            accepted: AtomicU64::new(0),
            hurry: AtomicBool::new(false),
        }
    }

    /// Takes a record, whose payload is in two parts. It says whether the appender should be woken.
    pub(crate) fn push(&self, head: &[u8], json: &[u8]) -> Result<bool, Refused> {
        let length = head.len() + json.len() + 1;
        let size = HEADER + length;
        let (Ok(length), true) = (u32::try_from(length), size <= self.largest()) else {
            return Err(Refused::TooLarge);
        };
        let used = self.used.fetch_add(size, Ordering::Relaxed) + size;
        if used > self.limit {
            self.used.fetch_sub(size, Ordering::Relaxed);
            return Err(Refused::Full);
        }
        let put = self.put(length, size, [head, json, b"\n"]);
        if put.is_err() {
            self.used.fetch_sub(size, Ordering::Relaxed);
        }
        put.map(|()| used > self.limit / 2 && !self.hurry.swap(true, Ordering::Relaxed))
    }

    /// Events accepted so far.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::SeqCst)
    }

    /// Bytes of events that are not in the log.
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// From now on every event is refused; what is in the shards stays there for the appender.
    pub(crate) fn close(&self) {
        for shard in &self.shards {
            shard.hold().closed = true;
        }
    }

    /// The largest record: a shard holds one.
    fn largest(&self) -> usize {
        capacity(self.limit).min(crate::log::LARGEST)
    }

    fn put(&self, length: u32, size: usize, parts: [&[u8]; 3]) -> Result<(), Refused> {
        let first = first_shard();
        for round in 0..SPINS + YIELDS {
            let mut busy = false;
            for shard in self.shards.iter().cycle().skip(first).take(SHARDS) {
                let mut contents = match shard.0.try_lock() {
                    Ok(contents) => contents,
                    Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                    Err(TryLockError::WouldBlock) => {
                        busy = true;
                        continue;
                    }
                };
                if contents.closed {
                    return Err(Refused::Closed);
                }
                // a shard never grows: the caller would pay for it
                if contents.bytes.len() + size > contents.bytes.capacity() {
                    continue;
                }
                let number = self.accepted.fetch_add(1, Ordering::SeqCst);
                contents.bytes.extend_from_slice(&length.to_le_bytes());
                contents.bytes.extend_from_slice(&number.to_le_bytes());
                for part in parts {
                    contents.bytes.extend_from_slice(part);
                }
                return Ok(());
            }
            match (busy, round) {
                (false, _) => return Err(Refused::Full),
                (true, ..SPINS) => std::hint::spin_loop(),
                (true, _) => std::thread::yield_now(),
            }
        }
        Err(Refused::Busy)
    }

    fn release(&self, bytes: usize) {
        self.used.fetch_sub(bytes, Ordering::Relaxed);
    }
}

impl Shard {
    fn hold(&self) -> MutexGuard<'_, Contents> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn capacity(limit: usize) -> usize {
    limit.div_ceil(SHARDS)
}

/// Where this thread tries first, so that threads meet seldom.
fn first_shard() -> usize {
    static THREADS: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static FIRST: usize = THREADS.fetch_add(1, Ordering::Relaxed) % SHARDS;
    }
    // a thread that is ending has no thread-locals any more
    FIRST.try_with(|first| *first).unwrap_or(0)
}
