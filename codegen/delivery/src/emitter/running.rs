//! An emitter with threads.

use std::sync::Arc;
use std::thread::{self, JoinHandle, Thread};
use std::time::{Duration, Instant};

use super::Flushed;
use super::core::Core;
use super::heart::Heart;
use crate::heartbeat::HeartbeatState;
use crate::progress::State;
use crate::spool::Slot;

/// How long the end waits for threads that have nothing more to do.
const GRACE: Duration = Duration::from_millis(100);

pub(super) struct Running {
    pub(super) core: Arc<Core>,
    /// With the thread that waits for the time of the next heartbeat.
    pub(super) heart: Option<(Arc<Heart>, Thread)>,
    pub(super) threads: Vec<JoinHandle<()>>,
    pub(super) drain_for: Duration,
    /// Held by the threads as well: nobody takes the slot while one of them may still write there.
    pub(super) _slots: Arc<Vec<Slot>>,
}

impl Running {
    pub(super) fn flush(&self, longest: Duration) -> Flushed {
        let Core {
            memory, progress, ..
        } = &*self.core;
        let accepted = memory.accepted();
        progress.change(|state| {
            state.nudges += 1;
            state.news += 1;
            state.flushing += 1;
        });
        self.core.appender.unpark();
        progress.wait(longest, |state| {
            state.settled >= accepted && state.passed.iter().all(|passed| *passed >= accepted)
        });
        let mut state = progress.state();
        state.flushing -= 1;
        flushed(accepted, &state)
    }

    pub(super) fn shutdown(&self, longest: Duration) -> Flushed {
        let Core {
            memory, progress, ..
        } = &*self.core;
        if let Some((heart, _)) = &self.heart {
            heart.beat(&self.core, HeartbeatState::Stopped);
        }
        memory.close();
        let accepted = memory.accepted();
        let mut until = Instant::now() + longest;
        progress.change(|state| {
            until = state.until.map_or(until, |set| set.min(until));
            state.until = Some(until);
            state.nudges += 1;
            state.news += 1;
        });
        self.core.appender.unpark();
        if let Some((_, waiting)) = &self.heart {
            waiting.unpark();
        }
        let sinks = self.core.sinks.len();
        let longest = until.saturating_duration_since(Instant::now());
        progress.wait(longest, |state| {
            state.is_appender_done && state.sinks_done == sinks
        });
        flushed(accepted, &progress.state())
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
