//! How far the threads of an emitter are, and what they wait for.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The one place where the threads of an emitter wait.
pub(crate) struct Progress {
    state: Mutex<State>,
    changed: Condvar,
}

pub(crate) struct State {
    /// Accepted events that left the memory.
    pub(crate) settled: u64,
    /// Of these, how many each sink has behind it.
    pub(crate) passed: Vec<u64>,
    /// Grows whenever there may be something to read.
    pub(crate) news: u64,
    /// Grows whenever somebody waits for all to be delivered: no pause after a failure is worth it then.
    pub(crate) nudges: u64,
    /// How many callers wait in a flush.
    pub(crate) flushing: usize,
    /// Whether the disk does not take what is in memory, so that the appender waits for the sinks.
    pub(crate) is_offering: bool,
    /// Set at the end: until when there is time.
    pub(crate) until: Option<Instant>,
    pub(crate) is_appender_done: bool,
    pub(crate) sinks_done: usize,
}

impl Progress {
    pub(crate) fn new(sinks: usize) -> Self {
        Progress {
            state: Mutex::new(State {
                settled: 0,
                passed: vec![0; sinks],
                news: 0,
                nudges: 0,
                flushing: 0,
                is_offering: false,
                until: None,
                is_appender_done: false,
                sinks_done: 0,
            }),
            changed: Condvar::new(),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes it, and wakes whoever waits.
    pub(crate) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_all();
    }

    /// Waits until it is so, or as long as that. Whether it is so. What is asked may change something: once it says that it
    /// is so, it is not asked again.
    pub(crate) fn wait(&self, longest: Duration, mut is_so: impl FnMut(&State) -> bool) -> bool {
        let waited = self
            .changed
            .wait_timeout_while(self.state(), longest, |state| !is_so(state));
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// A pause, but not beyond the time there is left at the end.
    pub(crate) fn at_most(&self, pause: Duration) -> Duration {
        let until = self.state().until;
        until.map_or(pause, |until| {
            pause.min(until.saturating_duration_since(Instant::now()))
        })
    }

    /// A pause that a store has asked for: only the end of the time there is left at the end cuts it short.
    pub(crate) fn pause(&self, pause: Duration) {
        let over = Instant::now() + pause;
        loop {
            let is_closing = self.is_closing();
            let left = self.at_most(over.saturating_duration_since(Instant::now()));
            if left.is_zero() || !self.wait(left, |state| state.until.is_some() != is_closing) {
                return;
            }
        }
    }

    /// Whether the emitter is shutting down.
    pub(crate) fn is_closing(&self) -> bool {
        self.state().until.is_some()
    }

    /// Whether it is, and there is no more time.
    pub(crate) fn is_over(&self) -> bool {
        self.state().is_over()
    }
}

impl State {
    /// Whether somebody waits for the sinks, so that none of them may rest.
    pub(crate) fn is_hurried(&self) -> bool {
        self.flushing > 0 || self.is_offering || self.until.is_some()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }
}
