//! How an emitter is started.

mod error;
mod threads;

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use eventc::Timestamp;

pub use error::StartError;

use super::{Emitter, Inner};
use crate::appender::Fsync;
use crate::clock::Clock;
use crate::requirement::{And, Any};
use crate::sink::{Sink, Store};
use crate::spool;

/// The smallest memory, and the smallest log, in bytes.
const SMALLEST: usize = 64 * 1024;

/// Heartbeats that come more often than this would be most of what is emitted.
const OFTEN: Duration = Duration::from_millis(10);

/// What an emitter is started with.
#[must_use = "an emitter takes events when it is started: `.start()?`"]
pub struct Builder<R = Any> {
    spool: Option<PathBuf>,
    sinks: Vec<(String, Box<dyn Store>)>,
    settings: Settings,
    requires: PhantomData<fn(R)>,
}

struct Settings {
    memory_bytes: usize,
    log_bytes: u64,
    dead_letter_bytes: u64,
    append_every: Duration,
    fsync: Fsync,
    backoff: (Duration, Duration),
    drain_for: Duration,
    clock: Clock,
    heartbeat: Option<Duration>,
    service: Option<String>,
    host: Option<String>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Builder {
            spool: None,
            sinks: Vec::new(),
            settings: Settings {
                memory_bytes: 8 << 20,
                log_bytes: 1 << 30,
                dead_letter_bytes: 64 << 20,
                append_every: Duration::from_millis(20),
                fsync: Fsync::Every(Duration::from_millis(500)),
                backoff: (Duration::from_millis(100), Duration::from_secs(30)),
                drain_for: Duration::from_secs(2),
                clock: Clock::of_the_machine(),
                heartbeat: Some(Duration::from_secs(60)),
                service: None,
                host: None,
            },
            requires: PhantomData,
        }
    }
}

impl<R> Builder<R> {
    /// The folder for events on their way, on a disk of this machine. It is made if it is not there, and must be the same at
    /// every start. Processes of a machine may share one: each has a log of its own in it, and a process that starts
    /// delivers what one that ended has left.
    pub fn spool(mut self, folder: impl AsRef<Path>) -> Self {
        self.spool = Some(folder.as_ref().to_owned());
        self
    }

    /// A sink, which gets every event that it wants. Each has a thread of its own, and none waits for another.
    pub fn sink<S: Sink>(mut self, sink: S) -> Builder<<R as And<S::Requires>>::Both>
    where
        R: And<S::Requires>,
    {
        self.sinks.push((sink.name().to_owned(), Box::new(sink)));
        Builder {
            spool: self.spool,
            sinks: self.sinks,
            settings: self.settings,
            requires: PhantomData,
        }
    }

    /// How many bytes of events may wait in memory for the disk: 8 MiB. Buffers for them take up to twice as much. When it
    /// is full, what is emitted is dropped and counted.
    pub fn memory_bytes(mut self, bytes: usize) -> Self {
        self.settings.memory_bytes = bytes;
        self
    }

    /// How many bytes of events may wait on disk for the sinks: 1 GiB. When it is full, events go to the sinks that are not
    /// behind, without the disk; to the others they are lost, and counted as [`missed`](crate::SinkHealth::missed).
    pub fn log_bytes(mut self, bytes: u64) -> Self {
        self.settings.log_bytes = bytes;
        self
    }

    /// How many bytes of dead letters each sink may have on disk: 64 MiB. More are only counted.
    pub fn dead_letter_bytes(mut self, bytes: u64) -> Self {
        self.settings.dead_letter_bytes = bytes;
        self
    }

    /// How often events go from memory to disk: every 20 ms. As much is lost when the process is killed.
    pub fn append_every(mut self, pause: Duration) -> Self {
        self.settings.append_every = pause;
        self
    }

    /// When the log is forced to the disk: every 500 ms. As much is lost in a failure of power.
    pub fn fsync(mut self, fsync: Fsync) -> Self {
        self.settings.fsync = fsync;
        self
    }

    /// The first and the longest pause after a sink has failed: 100 ms, and 30 s after it failed some ten times in a row.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.backoff = (first, longest);
        self
    }

    /// How long the end of the emitter may take, while sinks store what is left: 2 s.
    pub fn drain_for(mut self, longest: Duration) -> Self {
        self.settings.drain_for = longest;
        self
    }

    /// How often the emitter sends a [`Heartbeat`](crate::Heartbeat): every minute, and at its start and its end. Whoever reads
    /// the events hears from it that the service is up though it has nothing to say, and what of its events is late or lost.
    ///
    /// It is an event like all others, on the same way, and counted like them: in [`health`](Emitter::health), in
    /// [`Flushed`](crate::Flushed), and as delivered by each sink. It is partitioned by `day(at)`, so a sink that asks for
    /// another [`By`](crate::By) than a day is not given it; the other sinks of the emitter are. [`Files`](crate::Files) closes
    /// a file after a minute, so that each is in one of its own there, unless heartbeats are fewer or `roll_after` is longer.
    pub fn heartbeat(mut self, every: Duration) -> Self {
        self.settings.heartbeat = Some(every);
        self
    }

    /// No heartbeats. Nobody is told then that the service is silent, or that its events wait.
    pub fn without_heartbeat(mut self) -> Self {
        self.settings.heartbeat = None;
        self
    }

    /// What the service is called in its heartbeats.
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.settings.service = Some(name.into());
        self
    }

    /// What the machine is called in the heartbeats.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.settings.host = Some(name.into());
        self
    }

    /// Another clock than the machine's, for tests.
    pub fn clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.settings.clock = Clock::new(now);
        self
    }

    /// Starts the emitter. No sink is asked for anything yet, so that a store which is down does not matter.
    ///
    /// # Errors
    ///
    /// If what it was given cannot work: no sink, two of a name, one that finds a mistake in its settings, a folder that cannot
    /// be written.
    pub fn start(self) -> Result<Emitter<R>, StartError> {
        let Builder {
            spool,
            sinks,
            settings,
            ..
        } = self;
        check(&sinks, &settings)?;
        let folder = spool.ok_or(StartError::NoSpool)?;
        let unusable = |error| StartError::Spool {
            folder: folder.clone(),
            error,
        };
        let (own, adopted) = spool::take(&folder).map_err(unusable)?;
        let mut slots = vec![own];
        slots.extend(adopted);
        let mut logs = Vec::new();
        for slot in &slots {
            let log = match logs.is_empty() {
                true => slot.log(sinks.len()),
                false => slot.remains(sinks.len()),
            };
            logs.push(Arc::new(log.map_err(unusable)?));
        }
        let started = threads::start(settings, sinks, slots, logs);
        started.map(|running| Emitter::new(Inner::Running(running)))
    }
}

fn check(sinks: &[(String, Box<dyn Store>)], settings: &Settings) -> Result<(), StartError> {
    if sinks.is_empty() {
        return Err(StartError::NoSink);
    }
    let mut names = BTreeSet::new();
    for (name, store) in sinks {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(is_plain) {
            return Err(StartError::SinkName(name.clone()));
        }
        if !names.insert(name) {
            return Err(StartError::SameName(name.clone()));
        }
        store.check().map_err(|reason| StartError::Sink {
            name: name.clone(),
            reason,
        })?;
    }
    if settings.memory_bytes < SMALLEST {
        return Err(StartError::TooSmall("memory_bytes"));
    }
    if settings.log_bytes < SMALLEST as u64 {
        return Err(StartError::TooSmall("log_bytes"));
    }
    if let Some(every) = settings.heartbeat.filter(|every| *every < OFTEN) {
        return Err(StartError::HeartbeatTooOften(every));
    }
    Ok(())
}
