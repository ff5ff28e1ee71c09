//! What a store has to do to be given events.

use std::time::Duration;

use uuid::Uuid;

use crate::batch::{Batch, Record};
use crate::picked::Picked;
use crate::requirement::is_met_by_days;

/// A store, or the way to one. It is called by one thread, which is its own: it may block, fail and panic as it likes.
///
/// Batches come in the order of the log, each as often as it takes. After a failure and after a panic the same records come
/// again, after a pause that grows; [`position`](Sink::position) is asked before that, so this is where a connection is
/// made anew.
///
/// ```
/// use eventc_delivery::{Any, Batch, Fail, Sink};
///
/// /// Counts what it is given.
/// struct Count(u64);
///
/// impl Sink for Count {
///     type Requires = Any;
///
///     fn name(&self) -> &str {
///         "count"
///     }
///
///     fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
///         self.0 += batch.records().len() as u64;
///         Ok(())
///     }
/// }
/// ```
pub trait Sink: Send + 'static {
    /// What an event must have to be placed here: [`Any`](crate::Any) for nothing, [`By<Day>`](crate::By) for a day in its
    /// partition. An event without it cannot be given to an emitter with this sink.
    type Requires;

    /// The name of the sink, by which the spool keeps how far it is: letters, digits, `-` and `_`, the same at every start.
    fn name(&self) -> &str;

    /// Whether what it was given can work, asked once, when the emitter starts. It is not the time to ask the store: one that is
    /// down is no mistake.
    ///
    /// # Errors
    ///
    /// What is wrong, and what to write instead: the emitter does not start.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// How much it is given, and how often; asked once, when the emitter starts.
    fn pace(&self) -> Pace {
        Pace::default()
    }

    /// Whether it is to be given this record. The answer must be the same whenever the record comes again. One that it does
    /// not want is counted as [`skipped`](crate::SinkHealth::skipped).
    fn wants(&self, record: &Record<'_>) -> bool {
        let _ = record;
        true
    }

    /// Stores the records of a batch, all or none. What it keeps among dead letters of its own, it says by [`Batch::bury`].
    ///
    /// # Errors
    ///
    /// [`Fail`], if not all are stored, or if it is not known whether they are.
    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail>;

    /// Where to go on in the log of this producer: the [`to`](Batch::to) of the last batch of it that is stored, for a sink
    /// that keeps it with what it stores. `None` for a producer it has nothing of, and from a sink that keeps none.
    ///
    /// A sink that stores it in the transaction of the records has each record once, whatever crashes. For the others the
    /// spool keeps it, and what was stored right before a crash may come again.
    ///
    /// # Errors
    ///
    /// The reason, if the store cannot say it now. It is asked again.
    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String> {
        let _ = producer;
        Ok(None)
    }

    /// What people should know of the store though it takes what it is given; shown in the sink's health until it is no more so.
    fn warning(&self) -> Option<String> {
        None
    }

    /// Called about once a second while there is nothing to write: to close by time what is open.
    ///
    /// # Errors
    ///
    /// The reason; it is shown in the sink's health.
    fn idle(&mut self) -> Result<(), String> {
        Ok(())
    }

    /// Called once, after the last batch, when the emitter shuts down in good order.
    ///
    /// # Errors
    ///
    /// The reason; it is shown in the sink's health.
    fn close(&mut self) -> Result<(), String> {
        Ok(())
    }

    /// The sink, given only events of these names. `backend.request.*` is every name that begins with `backend.request.`.
    ///
    /// ```
    /// use eventc_delivery::{Sink, Stdout};
    ///
    /// let sink = Stdout::new().only(["signup.completed", "billing.*"]);
    /// ```
    fn only<P: Into<String>>(self, names: impl IntoIterator<Item = P>) -> Picked<Self>
    where
        Self: Sized,
    {
        Picked::only(self, names)
    }

    /// The sink, given this share of the events of a name, from 0 to 1, and all others. The name may end with `*`, as in
    /// [`only`](Sink::only); `*` alone is every event.
    ///
    /// Which ones they are follows from [`Record::uuid`], so a record that comes again is judged as it was before, two sinks
    /// with the same share have the same events, and where several shares are given for an event the smallest counts.
    ///
    /// ```
    /// use eventc_delivery::{Sink, Stdout};
    ///
    /// let sink = Stdout::new().sample("backend.request.*", 0.01);
    /// ```
    fn sample(self, name: impl Into<String>, share: f64) -> Picked<Self>
    where
        Self: Sized,
    {
        Picked::sample(self, name, share)
    }
}

/// How much a sink is given at once, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The most records of a batch.
    pub most: usize,
    /// About the most bytes of the log that become a batch; an event that is larger is one all the same. So much memory the sink
    /// takes while it is behind.
    pub bytes: usize,
    /// How long it is left alone after it was given all there was, so that more comes together. [`Emitter::flush`] and the
    /// end do not wait for it.
    ///
    /// [`Emitter::flush`]: crate::Emitter::flush
    pub rest: Duration,
}

impl Default for Pace {
    /// 4,096 records, 1 MiB, and no rest.
    fn default() -> Self {
        Pace {
            most: 4096,
            bytes: 1 << 20,
            rest: Duration::ZERO,
        }
    }
}

/// Why a batch, or a part of it, is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fail {
    /// The store is broken or away. The records come again, until they are stored, after a pause.
    Retry(String),
    /// The same, and the store has said how long it wants to be left alone.
    RetryAfter(Duration, String),
    /// This record can never be stored, and none of the batch is. It goes to the dead letters of the sink, with the reason;
    /// the others come again without it.
    Reject {
        /// Its place in [`Batch::records`].
        index: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The store refuses the batch for good, and does not say for which record: none is stored. It comes again in smaller
    /// parts, until the record is alone that goes to the dead letters, with the reason.
    RejectWhole(String),
    /// All records are stored but these, each with its place in [`Batch::records`] and what is wrong with it. They go to the
    /// dead letters.
    AllBut(Vec<(usize, String)>),
    /// Nothing is wrong, and none is stored: the store takes only so many of the records at once. They come again, as many.
    Fewer(usize),
}

/// A sink whose requirement has been checked.
pub(crate) trait Store: Send {
    fn check(&self) -> Result<(), String>;
    fn pace(&self) -> Pace;
    fn wants(&self, record: &Record<'_>) -> bool;
    /// Whether a heartbeat has what the sink asks of events.
    fn places_heartbeats(&self) -> bool;
    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail>;
    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String>;
    fn warning(&self) -> Option<String>;
    fn idle(&mut self) -> Result<(), String>;
    fn close(&mut self) -> Result<(), String>;
}

impl<S: Sink> Store for S {
    fn check(&self) -> Result<(), String> {
        Sink::check(self)
    }

    fn pace(&self) -> Pace {
        Sink::pace(self)
    }

    fn wants(&self, record: &Record<'_>) -> bool {
        Sink::wants(self, record)
    }

    fn places_heartbeats(&self) -> bool {
        is_met_by_days::<S::Requires>()
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        Sink::write(self, batch)
    }

    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String> {
        Sink::position(self, producer)
    }

    fn warning(&self) -> Option<String> {
        Sink::warning(self)
    }

    fn idle(&mut self) -> Result<(), String> {
        Sink::idle(self)
    }

    fn close(&mut self) -> Result<(), String> {
        Sink::close(self)
    }
}
