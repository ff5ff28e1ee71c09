//! An emitter with threads.

use std::sync::Arc;
use std::thread::{self, JoinHandle, Thread};
use std::time::{Duration, Instant};

use eventc::Event;

use super::Flushed;
use super::scratch::with_encoded;
use crate::appender::DiskHealth;
use crate::clock::Clock;
use crate::courier::SinkState;
use crate::dropped::Dropped;
use crate::health::{Health, LogHealth, SinkHealth};
use crate::log::Log;
use crate::memory::{Memory, Refused};
use crate::progress::{Progress, State};
use crate::spool::Slot;
use crate::tally::Tally;

/// How long the end waits for threads that have nothing more to do.
const GRACE: Duration = Duration::from_millis(100);

pub(super) struct Running {
    pub(super) memory: Arc<Memory>,
    pub(super) tally: Tally,
    pub(super) clock: Clock,
    pub(super) progress: Arc<Progress>,
    pub(super) disk: Arc<DiskHealth>,
    /// The log of this process first, then those that were adopted.
    pub(super) logs: Vec<Arc<Log>>,
    pub(super) sinks: Vec<Arc<SinkState>>,
    pub(super) appender: Thread,
    pub(super) threads: Vec<JoinHandle<()>>,
    pub(super) drain_for: Duration,
    /// Held by the threads as well: nobody takes the slot while one of them may still write there.
    pub(super) _slots: Arc<Vec<Slot>>,
}

impl Running {
    pub(super) fn accept<E: Event>(&self, event: &E) -> Result<(), Dropped> {
        let pushed = with_encoded(
            event,
            || self.clock.now(),
            |head, json| self.memory.push(head, json).map_err(dropped),
        );
        self.tally.count(E::NAME, pushed.as_ref().map(|_| ()));
        if pushed? {
            // only when half of the memory is used, and only one caller: it costs a call to the system
            self.appender.unpark();
        }
        Ok(())
    }

    pub(super) fn health(&self) -> Health {
        let events = self.tally.events();
        let disk = self.disk.get();
        let damage = self.logs.iter().map(|log| log.damage());
        Health {
            accepted: self.memory.accepted(),
            dropped: events.values().map(|counts| counts.dropped()).sum(),
            events,
            last_refusal: self.tally.last_refusal(),
            memory_bytes: self.memory.used() as u64,
            log: LogHealth {
                bytes: self.logs.iter().map(|log| log.bytes()).sum(),
                errors: disk.errors,
                full: disk.full,
                torn: damage.clone().map(|damage| damage.torn).sum(),
                damaged: damage.map(|damage| damage.damaged).sum(),
                passed: disk.passed,
                lost: disk.lost,
                last_error: disk.last_error,
            },
            sinks: (self.sinks.iter().enumerate())
                .map(|(index, sink)| self.sink(index, sink))
                .collect(),
        }
    }

    fn sink(&self, index: usize, sink: &SinkState) -> SinkHealth {
        let mut health = sink.health(&self.clock);
        health.lag_bytes = self.logs.iter().map(|log| log.lag(index)).sum();
        health.missed = self.logs.iter().map(|log| log.missed(index)).sum();
        health
    }

    pub(super) fn flush(&self, longest: Duration) -> Flushed {
        let accepted = self.memory.accepted();
        self.progress.change(|state| {
            state.nudges += 1;
            state.news += 1;
            state.flushing += 1;
        });
        self.appender.unpark();
        self.progress.wait(longest, |state| {
            state.settled >= accepted && state.passed.iter().all(|passed| *passed >= accepted)
        });
        let mut state = self.progress.state();
        state.flushing -= 1;
        flushed(accepted, &state)
    }

    pub(super) fn shutdown(&self, longest: Duration) -> Flushed {
        self.memory.close();
        let accepted = self.memory.accepted();
        let mut until = Instant::now() + longest;
        self.progress.change(|state| {
            until = state.until.map_or(until, |set| set.min(until));
            state.until = Some(until);
            state.nudges += 1;
            state.news += 1;
        });
        self.appender.unpark();
        let sinks = self.sinks.len();
        let longest = until.saturating_duration_since(Instant::now());
        self.progress.wait(longest, |state| {
            state.is_appender_done && state.sinks_done == sinks
        });
        flushed(accepted, &self.progress.state())
    }

    pub(super) fn end(&self) {
        self.shutdown(self.drain_for);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
        // a thread that is not inside its sink ends now, and lets go of the slot for whoever starts next
        let until = Instant::now() + GRACE;
        while !self.threads.iter().all(JoinHandle::is_finished) && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn flushed(accepted: u64, state: &State) -> Flushed {
    let settled = state.settled.min(accepted);
    let passed = state.passed.iter().copied().min().unwrap_or(0).min(settled);
    Flushed {
        delivered: passed,
        on_disk: settled - passed,
        in_memory: accepted - settled,
    }
}

fn dropped(refused: Refused) -> Dropped {
    match refused {
        Refused::Full => Dropped::Full,
        Refused::TooLarge => Dropped::TooLarge,
        Refused::Busy => Dropped::Busy,
        Refused::Closed => Dropped::Closed,
    }
}
