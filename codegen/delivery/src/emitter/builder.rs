//! How an emitter is started.

mod error;

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use eventc::Timestamp;

pub use error::StartError;

use super::running::Running;
use super::{Emitter, Inner};
use crate::appender::{Appender, DiskHealth, Fsync, keep_synced};
use crate::backoff::Backoff;
use crate::clock::Clock;
use crate::courier::{Courier, Feed, Post, SinkState};
use crate::log::{Dirty, Log, Writer};
use crate::memory::Memory;
use crate::progress::Progress;
use crate::requirement::{And, Any};
use crate::sink::{Sink, Store};
use crate::spool::{self, Slot};
use crate::tally::Tally;

/// The smallest memory, and the smallest log, in bytes.
const SMALLEST: usize = 64 * 1024;

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

    /// A sink, which gets every event. Each has a thread of its own, and none waits for another.
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

    /// Another clock than the machine's, for tests.
    pub fn clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.settings.clock = Clock::new(now);
        self
    }

    /// Starts the emitter. No sink is asked for anything yet, so that a store which is down does not matter.
    ///
    /// # Errors
    ///
    /// If what it was given cannot work: no sink, two of a name, one that [`check`](Sink::check)s itself in vain, a folder that
    /// cannot be written.
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
        let started = start(settings, sinks, slots, logs);
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
    Ok(())
}

fn start(
    settings: Settings,
    sinks: Vec<(String, Box<dyn Store>)>,
    slots: Vec<Slot>,
    logs: Vec<Arc<Log>>,
) -> Result<Running, StartError> {
    let memory = Arc::new(Memory::new(settings.memory_bytes));
    let progress = Arc::new(Progress::new(sinks.len()));
    let disk = Arc::new(DiskHealth::default());
    let dirty = Arc::new(Dirty::default());
    let Some(log) = logs.first().map(Arc::clone) else {
        return Err(StartError::NoSpool);
    };
    let feeds: Vec<_> = logs
        .iter()
        .map(Arc::clone)
        .zip(slots.iter().map(|slot| slot.producer))
        .collect();
    let slots = Arc::new(slots);

    let (mut states, mut threads) = (Vec::new(), Vec::new());
    for (index, (name, store)) in sinks.into_iter().enumerate() {
        let state = Arc::new(SinkState::new(&name));
        states.push(Arc::clone(&state));
        let limit = settings.dead_letter_bytes;
        let courier = Courier {
            index,
            feeds: (feeds.iter())
                .map(|(log, producer)| Feed::new(Arc::clone(log), *producer, limit))
                .collect(),
            progress: Arc::clone(&progress),
            disk: Arc::clone(&disk),
            backoff: Backoff::new(settings.backoff.0, settings.backoff.1),
            post: Post {
                store,
                name: name.clone(),
                state,
                clock: settings.clock.clone(),
            },
        };
        threads.push(spawn(&format!("sink {name}"), &slots, || courier.run())?);
    }
    if let Fsync::Every(pause) = settings.fsync {
        let (dirty, log) = (Arc::clone(&dirty), Arc::clone(&log));
        let (progress, disk) = (Arc::clone(&progress), Arc::clone(&disk));
        threads.push(spawn("events fsync", &slots, move || {
            keep_synced(&dirty, &log, &progress, &disk, pause);
        })?);
    }
    let appender = Appender {
        memory: Arc::clone(&memory),
        writer: Writer::new(Arc::clone(&log), Arc::clone(&dirty), settings.log_bytes),
        log,
        dirty,
        progress: Arc::clone(&progress),
        health: Arc::clone(&disk),
        every: settings.append_every,
        fsync: settings.fsync,
    };
    let appending = spawn("events", &slots, || appender.run())?;
    let appender = appending.thread().clone();
    threads.push(appending);
    Ok(Running {
        memory,
        tally: Tally::new(),
        clock: settings.clock,
        progress,
        disk,
        logs,
        sinks: states,
        appender,
        threads,
        drain_for: settings.drain_for,
        _slots: slots,
    })
}

/// A thread that holds the slots for as long as it runs.
fn spawn(
    name: &str,
    slots: &Arc<Vec<Slot>>,
    run: impl FnOnce() + Send + 'static,
) -> Result<thread::JoinHandle<()>, StartError> {
    let slots = Arc::clone(slots);
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            run();
            drop(slots);
        })
        .map_err(StartError::Thread)
}
