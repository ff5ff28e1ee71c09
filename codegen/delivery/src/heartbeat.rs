//! What an emitter reports about itself, as an event among events.

use std::time::Duration;

use eventc::{Enum, Event, Key, Record, Timestamp, Uuid};

use crate::health::{Health, SinkHealth};

/// So many characters of an error are reported: a store may put a whole row into what it says.
const LONGEST: usize = 300;

/// A sign of life of an emitter, with what it counted. One that does not come is an alarm.
///
/// The target `postgres` has a table for it, `_heartbeat`, and alarms that look at it. Its fields are the same as there.
#[derive(Event)]
#[event(name = "eventc.heartbeat", version = 1, partition = day(at), id = heartbeat_id)]
pub struct Heartbeat {
    /// Another one for each.
    pub heartbeat_id: Key<Uuid>,
    /// By the clock of the emitter.
    pub at: Key<Timestamp>,
    /// Whose log its events go through; the same after a restart.
    pub producer: Uuid,
    /// When the emitter was started; all numbers are counted from then.
    pub started_at: Timestamp,
    /// From 0 since the emitter was started.
    pub sequence: u64,
    /// Why it was sent.
    pub state: HeartbeatState,
    /// After how many milliseconds the next one is due.
    pub every: u64,
    /// What the service calls itself.
    pub service: Option<String>,
    /// The machine that it runs on.
    pub host: Option<String>,
    /// The number of its process.
    pub pid: u32,
    /// Events accepted before this one, heartbeats among them.
    pub accepted: u64,
    /// Events dropped for whatever reason.
    pub dropped: u64,
    /// Bytes of events that are not on disk yet.
    pub memory_bytes: u64,
    /// Bytes of the log on disk.
    pub log_bytes: u64,
    /// How often the disk refused to be written or read.
    pub log_errors: u64,
    /// How often events waited as the log had all the bytes it may have.
    pub log_full: u64,
    /// Half-written ends that a crash had left.
    pub log_torn: u64,
    /// Damaged places; at least one event is lost at each.
    pub log_damaged: u64,
    /// Events that went to the sinks without ever having been on disk.
    pub log_passed: u64,
    /// Events that were in memory at the end and had nowhere to go.
    pub log_lost: u64,
    /// What the disk said last.
    pub log_error: Option<String>,
    /// The sinks, in the order they were given.
    pub sinks: Vec<SinkReport>,
}

/// Why a heartbeat was sent.
#[derive(Enum)]
pub enum HeartbeatState {
    /// The emitter was started.
    Started,
    /// Some time has passed.
    Running,
    /// The emitter was shut down in good order; nothing comes after it.
    Stopped,
}

/// A sink of the emitter, since it was started.
#[derive(Record)]
pub struct SinkReport {
    /// The name of the sink.
    pub name: String,
    /// Events it has stored.
    pub delivered: u64,
    /// How often it failed and was, or will be, tried again.
    pub retries: u64,
    /// Events it refused for good.
    pub dead: u64,
    /// Events it never gets as there was no room for them on disk.
    pub missed: u64,
    /// Bytes that it still has before it on disk.
    pub lag_bytes: u64,
    /// How many seconds ago the oldest event was accepted that it has not stored.
    pub oldest_undelivered: Option<u64>,
    /// Why it last failed; it stays after a success.
    pub last_error: Option<String>,
}

/// What is the same in all heartbeats of an emitter.
pub(crate) struct Origin {
    pub(crate) producer: Uuid,
    pub(crate) started_at: Timestamp,
    pub(crate) every: Duration,
    pub(crate) service: Option<String>,
    pub(crate) host: Option<String>,
}

impl Origin {
    pub(crate) fn heartbeat(
        &self,
        at: Key<Timestamp>,
        sequence: u64,
        state: HeartbeatState,
        health: Health,
    ) -> Heartbeat {
        let Health {
            accepted,
            dropped,
            memory_bytes,
            log,
            sinks,
            ..
        } = health;
        Heartbeat {
            heartbeat_id: Key::<Uuid>::now_v7(),
            at,
            producer: self.producer,
            started_at: self.started_at,
            sequence,
            state,
            every: u64::try_from(self.every.as_millis()).unwrap_or(u64::MAX),
            service: self.service.clone(),
            host: self.host.clone(),
            pid: std::process::id(),
            accepted,
            dropped,
            memory_bytes,
            log_bytes: log.bytes,
            log_errors: log.errors,
            log_full: log.full,
            log_torn: log.torn,
            log_damaged: log.damaged,
            log_passed: log.passed,
            log_lost: log.lost,
            log_error: log.last_error.map(shortened),
            sinks: sinks.into_iter().map(report).collect(),
        }
    }
}

fn report(sink: SinkHealth) -> SinkReport {
    SinkReport {
        name: sink.name,
        delivered: sink.delivered,
        retries: sink.retries,
        dead: sink.dead,
        missed: sink.missed,
        lag_bytes: sink.lag_bytes,
        oldest_undelivered: sink.oldest_undelivered.map(|age| age.as_secs()),
        last_error: sink.last_error.map(shortened),
    }
}

fn shortened(error: String) -> String {
    match error.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", error.get(..end).unwrap_or("")),
        None => error,
    }
}
