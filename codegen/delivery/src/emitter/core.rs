//! What an emitter with threads is to who emits, and to the thread of its heartbeats.

use std::sync::Arc;
use std::thread::Thread;

use eventc::Event;

use super::scratch::with_encoded;
use crate::appender::DiskHealth;
use crate::clock::Clock;
use crate::courier::SinkState;
use crate::dropped::Dropped;
use crate::health::{Health, LogHealth, SinkHealth};
use crate::log::Log;
use crate::memory::{Memory, Refused};
use crate::progress::Progress;
use crate::tally::Tally;

pub(super) struct Core {
    pub(super) memory: Arc<Memory>,
    pub(super) tally: Tally,
    pub(super) clock: Clock,
    pub(super) progress: Arc<Progress>,
    pub(super) disk: Arc<DiskHealth>,
    /// The log of this process first, then those that were adopted.
    pub(super) logs: Vec<Arc<Log>>,
    pub(super) sinks: Vec<Arc<SinkState>>,
    pub(super) appender: Thread,
}

impl Core {
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
}

fn dropped(refused: Refused) -> Dropped {
    match refused {
        Refused::Full => Dropped::Full,
        Refused::TooLarge => Dropped::TooLarge,
        Refused::Busy => Dropped::Busy,
        Refused::Closed => Dropped::Closed,
    }
}
