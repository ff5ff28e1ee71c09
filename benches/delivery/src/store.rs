//! A store in a state, behind whatever takes events to it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use eventc_delivery::{Any, Batch, Fail, Sink};

/// How a store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Well,
    /// It takes 1,000 events a second.
    Slow,
    /// It takes none: whoever calls it waits, or is refused.
    Down,
}

/// Counts what it is given.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pub(crate) state: State,
    stored: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

impl Store {
    pub(crate) fn new(state: State) -> Self {
        Store {
            state,
            stored: Arc::default(),
            is_over: Arc::default(),
        }
    }

    /// Takes events; returns when they are stored, or the run is over.
    pub(crate) fn take(&self, events: u64) {
        match self.state {
            State::Well => {}
            State::Slow => {
                for _ in 0..events {
                    if !self.is_over.load(Ordering::Relaxed) {
                        thread::sleep(Duration::from_millis(1));
                    }
                }
            }
            State::Down => {
                while !self.is_over.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(1));
                }
            }
        }
        self.stored.fetch_add(events, Ordering::Relaxed);
    }

    /// Nobody waits any longer.
    pub(crate) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

impl Sink for Store {
    type Requires = Any;

    fn name(&self) -> &str {
        "store"
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        if self.state == State::Down {
            return Err(Fail::Retry("it is down".to_owned()));
        }
        self.take(batch.records().len() as u64);
        Ok(())
    }
}

impl io::Write for Store {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.take(1);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
