//! What a service gives its events to.

mod builder;
mod core;
mod heart;
mod running;
mod scratch;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use eventc::Event;

pub use builder::{Builder, StartError};
pub(crate) use scratch::with_encoded;

use crate::capture::{Captured, Capturing};
use crate::dropped::Dropped;
use crate::health::Health;
use crate::requirement::{Any, Meets};
use running::Running;

/// Takes events, and brings them to every sink it was started with.
///
/// A clone is the same emitter. With the last one it shuts down: what is in memory goes to disk, the sinks have a little
/// time, and what they have not stored then is for the next start. `R` is what its sinks ask of events: nothing, or
/// [`By<Day>`](crate::By).
pub struct Emitter<R = Any> {
    inner: Arc<Inner>,
    requires: PhantomData<fn(R)>,
}

enum Inner {
    Running(Running),
    Capturing(Capturing),
}

/// How far the events are that were accepted before a flush.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flushed {
    /// Events that every sink has, or refused.
    pub delivered: u64,
    /// Events that left the memory, and that at least one sink has not got yet.
    pub on_disk: u64,
    /// Events that are lost if the process is killed now.
    pub in_memory: u64,
}

impl Flushed {
    /// Whether everything is delivered.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.on_disk == 0 && self.in_memory == 0
    }
}

impl Emitter {
    /// An emitter with a spool and sinks.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// An emitter for a test, which keeps what it is given in memory, without limit, thread or file.
    ///
    /// ```
    /// # use eventc::{Event, event};
    /// use eventc_delivery::Emitter;
    ///
    /// # /// A door was opened.
    /// # #[derive(Event)]
    /// # #[event(name = "door.opened", version = 1, partition = none)]
    /// # struct Opened { door: u32 }
    /// let (emitter, captured) = Emitter::capture();
    /// emitter.emit(event!(Opened { door: 7 }));
    /// assert_eq!(captured.of::<Opened>(), [Opened { door: 7 }]);
    /// assert_eq!(captured.json(), [r#"{"event":"door.opened","version":1,"door":7}"#]);
    /// ```
    #[must_use]
    pub fn capture() -> (Emitter, Captured) {
        Self::capture_for()
    }
}

impl<R> Emitter<R> {
    /// The same as [`capture`](Emitter::capture), for what takes an emitter with sinks that ask for something:
    /// `Emitter::<By<Day>>::capture_for()`.
    #[must_use]
    pub fn capture_for() -> (Emitter<R>, Captured) {
        let (capturing, captured) = Capturing::new();
        (Emitter::new(Inner::Capturing(capturing)), captured)
    }

    /// Takes an event.
    ///
    /// It waits for nothing and nobody, reads and writes no file, and does not panic. An event that cannot be taken is
    /// dropped, and counted in [`health`](Emitter::health) by its name and the reason.
    pub fn emit<E: Event + Meets<R>>(&self, event: E) {
        // it has been counted
        let _ = self.try_emit(event);
    }

    /// Takes an event as [`emit`](Emitter::emit) does, and says whether it did: for tests, and for jobs that can wait.
    ///
    /// # Errors
    ///
    /// Why it was dropped.
    pub fn try_emit<E: Event + Meets<R>>(&self, event: E) -> Result<(), Dropped> {
        match &*self.inner {
            Inner::Running(running) => running.core.accept(&event),
            Inner::Capturing(capturing) => capturing.accept(&event),
        }
    }

    /// How the emitter, its log and its sinks are.
    #[must_use]
    pub fn health(&self) -> Health {
        match &*self.inner {
            Inner::Running(running) => running.core.health(),
            Inner::Capturing(capturing) => capturing.health(),
        }
    }

    /// Waits until every sink has what was accepted before the call, or as long as that. Sinks that wait after a failure
    /// try at once.
    ///
    /// It blocks the thread: call it at the end of a job, not in a request.
    pub fn flush(&self, longest: Duration) -> Flushed {
        match &*self.inner {
            Inner::Running(running) => running.flush(longest),
            Inner::Capturing(capturing) => capturing.flush(),
        }
    }

    /// Ends the emitter, and all its clones: from now on events are dropped and counted. What was accepted goes to disk, and
    /// then to the sinks, as far as there is time; the rest at the next start. Once is enough, more does no harm.
    ///
    /// It blocks the thread, for at most as long as that. To drop the last clone is the same.
    pub fn shutdown(&self, longest: Duration) -> Flushed {
        match &*self.inner {
            Inner::Running(running) => running.shutdown(longest),
            Inner::Capturing(capturing) => capturing.flush(),
        }
    }

    /// Shuts down as the last clone does when it is dropped.
    pub(crate) fn end(&self) {
        if let Inner::Running(running) = &*self.inner {
            running.end();
        }
    }

    fn new(inner: Inner) -> Self {
        Emitter {
            inner: Arc::new(inner),
            requires: PhantomData,
        }
    }
}

impl<R> Clone for Emitter<R> {
    fn clone(&self) -> Self {
        Emitter {
            inner: Arc::clone(&self.inner),
            requires: PhantomData,
        }
    }
}

impl<R> fmt::Debug for Emitter<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emitter")
            .field("health", &self.health())
            .finish()
    }
}
