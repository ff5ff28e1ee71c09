//! When an emitter reports about itself.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use eventc::Key;

use super::core::Core;
use crate::heartbeat::{HeartbeatState, Origin};

/// Sends the heartbeats of an emitter.
pub(super) struct Heart {
    pub(super) origin: Origin,
    /// The number of the next one; none after the last.
    next: Mutex<Option<u64>>,
}

impl Heart {
    pub(super) fn new(origin: Origin) -> Self {
        Heart {
            origin,
            next: Mutex::new(Some(0)),
        }
    }

    /// Sends one, on the way of all events. After the last one there is none.
    pub(super) fn beat(&self, core: &Core, state: HeartbeatState) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(sequence) = *next else { return };
        let is_last = state == HeartbeatState::Stopped;
        *next = (!is_last).then(|| sequence + 1);
        // a clock that is in no year of ours gives it no place
        let Ok(at) = Key::new(core.clock.now()) else {
            return;
        };
        let heartbeat = self.origin.heartbeat(at, sequence, state, core.health());
        // it has been counted
        let _ = core.accept(&heartbeat);
    }

    /// The thread that sends one each time that so much has passed. It is woken at the end, and by nothing else.
    pub(super) fn run(&self, core: &Core) {
        let mut last = Instant::now();
        while !core.progress.is_closing() {
            let left = self.origin.every.saturating_sub(last.elapsed());
            if left > Duration::ZERO {
                thread::park_timeout(left);
            } else {
                last = Instant::now();
                self.beat(core, HeartbeatState::Running);
            }
        }
    }
}
