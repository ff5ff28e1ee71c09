//! What tests emit.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use eventc::{Event, Timestamp};

use crate::dropped::Dropped;
use crate::emitter::{Flushed, with_encoded};
use crate::health::Health;
use crate::tally::Tally;

/// What was given to an emitter that was made by [`Emitter::capture`](crate::Emitter::capture), in the order it was accepted.
#[derive(Clone, Debug, Default)]
pub struct Captured(Arc<Mutex<Vec<Kept>>>);

#[derive(Debug)]
struct Kept {
    name: &'static str,
    json: String,
}

impl Captured {
    /// The events of this type.
    ///
    /// # Panics
    ///
    /// If what was written of an event cannot be read again: the test has found a mistake of ours, or two types of one name.
    #[must_use]
    pub fn of<E: Event>(&self) -> Vec<E> {
        let events = self.events();
        let named = events.iter().filter(|event| event.name == E::NAME);
        named
            .map(|event| match eventc::decode(event.json.as_bytes()) {
                Ok(event) => event,
                Err(refusal) => panic!("event `{}`: {refusal}: {}", event.name, event.json),
            })
            .collect()
    }

    /// All events as JSON.
    #[must_use]
    pub fn json(&self) -> Vec<String> {
        let events = self.events();
        events.iter().map(|event| event.json.clone()).collect()
    }

    /// The names of all events.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.events().iter().map(|event| event.name).collect()
    }

    /// Forgets them.
    pub fn clear(&self) {
        self.events().clear();
    }

    fn events(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The emitter's side.
pub(crate) struct Capturing {
    captured: Captured,
    tally: Tally,
}

impl Capturing {
    pub(crate) fn new() -> (Self, Captured) {
        let captured = Captured::default();
        let capturing = Capturing {
            captured: captured.clone(),
            tally: Tally::new(),
        };
        (capturing, captured)
    }

    pub(crate) fn accept<E: Event>(&self, event: &E) -> Result<(), Dropped> {
        let accepted = with_encoded(event, Timestamp::now, |_, json| {
            self.captured.events().push(Kept {
                name: E::NAME,
                json: String::from_utf8_lossy(json).into_owned(),
            });
            Ok(())
        });
        self.tally.count(E::NAME, accepted.as_ref().copied());
        accepted
    }

    pub(crate) fn health(&self) -> Health {
        let events = self.tally.events();
        Health {
            accepted: events.values().map(|counts| counts.accepted).sum(),
            dropped: events.values().map(|counts| counts.dropped()).sum(),
            events,
            last_refusal: self.tally.last_refusal(),
            ..Health::default()
        }
    }

    pub(crate) fn flush(&self) -> Flushed {
        Flushed {
            delivered: self.health().accepted,
            on_disk: 0,
            in_memory: 0,
        }
    }
}
