//! What an emitter says of itself: counters and ages, of which a few alarms can be made.

use std::collections::BTreeMap;
use std::time::Duration;

use eventc::Timestamp;

/// How an emitter is. All counters are of this process, since the emitter was started.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Health {
    /// Events accepted, heartbeats among them: each is an event, and stands under its name as all do.
    pub accepted: u64,
    /// Events dropped, for whatever reason.
    pub dropped: u64,
    /// Both by the name of the event, and by the reason. A catalog of more than a thousand events that one process emits has
    /// the rest of them under `(others)`.
    pub events: BTreeMap<&'static str, EventCounts>,
    /// What was wrong with the last event that could not be written as JSON.
    pub last_refusal: Option<String>,
    /// Bytes of accepted events that are not on disk yet.
    pub memory_bytes: u64,
    /// The log on disk, with those that were adopted from other processes.
    pub log: LogHealth,
    /// The sinks, in the order they were given.
    pub sinks: Vec<SinkHealth>,
}

/// What became of the events of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventCounts {
    /// Accepted.
    pub accepted: u64,
    /// Dropped as the memory was full: [`Dropped::Full`](crate::Dropped::Full).
    pub full: u64,
    /// Dropped as it was too large: [`Dropped::TooLarge`](crate::Dropped::TooLarge).
    pub too_large: u64,
    /// Dropped as it cannot be written as JSON: [`Dropped::Refused`](crate::Dropped::Refused).
    pub refused: u64,
    /// Dropped as too many threads emitted: [`Dropped::Busy`](crate::Dropped::Busy).
    pub busy: u64,
    /// Dropped after the emitter was shut down: [`Dropped::Closed`](crate::Dropped::Closed).
    pub closed: u64,
}

impl EventCounts {
    /// Dropped, for whatever reason.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.full + self.too_large + self.refused + self.busy + self.closed
    }
}

/// How the log on disk is.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct LogHealth {
    /// Bytes on disk.
    pub bytes: u64,
    /// How often the disk refused to be written or read.
    pub errors: u64,
    /// How often frames waited, as the log has all the bytes it may have.
    pub full: u64,
    /// Tails that a crash had left half written, and that were cut: not a single whole event was in them.
    pub torn: u64,
    /// Places where bytes that are no frame were skipped, each at least one event lost; counted by each sink that reads over it.
    pub damaged: u64,
    /// Events that went to the sinks that were there for them without ever having been on disk.
    pub passed: u64,
    /// Accepted events that were in memory at the end and had nowhere to go.
    pub lost: u64,
    /// What the disk said last.
    pub last_error: Option<String>,
}

/// How a sink is.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SinkHealth {
    /// The name of the sink.
    pub name: String,
    /// Events it has stored.
    pub delivered: u64,
    /// Events it did not want: [`Sink::wants`](crate::Sink::wants).
    pub skipped: u64,
    /// How often it failed and was, or will be, tried again.
    pub retries: u64,
    /// How often it panicked. Each is a retry as well.
    pub panics: u64,
    /// Events it refused, which it is not given again. Those are among the dead letters on disk, or in the store if that keeps
    /// its own.
    pub dead: u64,
    /// Of these, those that are not: there was no room on disk.
    pub dead_unwritten: u64,
    /// Events it never gets: there was no room for them on disk, and it was not there for them.
    pub missed: u64,
    /// Bytes on disk that it still has before it.
    pub lag_bytes: u64,
    /// How long ago the oldest event was accepted that the sink is at and has not stored. `None` if it has all.
    pub oldest_undelivered: Option<Duration>,
    /// When it last stored something.
    pub last_success_at: Option<Timestamp>,
    /// What people should know though it stores what it is given; `None` once it is no more so.
    pub warning: Option<String>,
    /// Why it last failed. It stays after a success; compare the times.
    pub last_error: Option<String>,
    /// When that was.
    pub last_error_at: Option<Timestamp>,
}
