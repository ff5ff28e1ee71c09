//! What a store has to do to be given events.

use uuid::Uuid;

use crate::batch::Batch;

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

    /// Called once, when the emitter starts: whether what the sink was told can work. It is not the time to ask the store,
    /// which may be down.
    ///
    /// # Errors
    ///
    /// What is wrong, and what to do. The emitter does not start.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// Stores the records of a batch, all or none.
    ///
    /// # Errors
    ///
    /// [`Fail`], if none is stored, or if it is not known whether they are.
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
}

/// Why a batch is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fail {
    /// The store is broken or away. The records come again, until they are stored, after a pause.
    Retry(String),
    /// This record can never be stored, and none of the batch is. It goes to the dead letters of the sink, with the reason;
    /// the others come again without it.
    Reject {
        /// Its place in [`Batch::records`].
        index: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// A sink whose requirement has been checked.
pub(crate) trait Store: Send {
    fn check(&self) -> Result<(), String>;
    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail>;
    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String>;
    fn idle(&mut self) -> Result<(), String>;
    fn close(&mut self) -> Result<(), String>;
}

impl<S: Sink> Store for S {
    fn check(&self) -> Result<(), String> {
        Sink::check(self)
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        Sink::write(self, batch)
    }

    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String> {
        Sink::position(self, producer)
    }

    fn idle(&mut self) -> Result<(), String> {
        Sink::idle(self)
    }

    fn close(&mut self) -> Result<(), String> {
        Sink::close(self)
    }
}
