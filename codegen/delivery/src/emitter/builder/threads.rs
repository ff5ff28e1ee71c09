//! The threads of an emitter.

use std::sync::Arc;
use std::thread;

use super::super::core::Core;
use super::super::heart::Heart;
use super::super::running::Running;
use super::{Settings, StartError};
use crate::appender::{Appender, DiskHealth, Fsync, keep_synced};
use crate::backoff::Backoff;
use crate::courier::{Courier, Feed, Post, SinkState};
use crate::heartbeat::{HeartbeatState, Origin};
use crate::log::{Dirty, Log, Writer};
use crate::memory::Memory;
use crate::progress::Progress;
use crate::sink::{Pace, Store};
use crate::spool::Slot;
use crate::tally::Tally;

/// Makes what the threads share, and starts them.
pub(super) fn start(
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

    let has_place = sinks.iter().any(|(_, store)| store.places_heartbeats());
    let origin = settings.heartbeat.filter(|_| has_place);
    let origin = origin
        .zip(feeds.first())
        .map(|(every, (_, producer))| Origin {
            producer: *producer,
            started_at: settings.clock.now(),
            every,
            service: settings.service,
            host: settings.host,
        });

    let (mut states, mut threads) = (Vec::new(), Vec::new());
    for (index, (name, store)) in sinks.into_iter().enumerate() {
        let state = Arc::new(SinkState::new(&name));
        let pace = store.pace();
        let pace = Pace {
            most: pace.most.max(1),
            ..pace
        };
        states.push(Arc::clone(&state));
        let limit = settings.dead_letter_bytes;
        let courier = Courier {
            index,
            feeds: (feeds.iter())
                .map(|(log, producer)| Feed::new(Arc::clone(log), *producer, limit, pace))
                .collect(),
            progress: Arc::clone(&progress),
            disk: Arc::clone(&disk),
            backoff: Backoff::new(settings.backoff.0, settings.backoff.1),
            post: Post {
                store,
                name: name.clone(),
                pace,
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
    let core = Arc::new(Core {
        memory,
        tally: Tally::new(),
        clock: settings.clock,
        progress,
        disk,
        logs,
        sinks: states,
        appender,
    });
    let heart = match origin {
        Some(origin) => {
            let heart = Arc::new(Heart::new(origin));
            heart.beat(&core, HeartbeatState::Started);
            let (sending, of) = (Arc::clone(&heart), Arc::clone(&core));
            let beating = spawn("events heart", &slots, move || sending.run(&of))?;
            let waiting = beating.thread().clone();
            threads.push(beating);
            Some((heart, waiting))
        }
        None => None,
    };
    Ok(Running {
        core,
        heart,
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
