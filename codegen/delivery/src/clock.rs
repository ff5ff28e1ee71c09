//! What time it is.

use std::sync::Arc;
use std::time::Duration;

use eventc::Timestamp;

/// The clock by which events are accepted and ages are said. What waits, waits by the monotonic clock of the machine, so
/// that a clock which is set back or forward changes what is said and not what is done.
#[derive(Clone)]
pub(crate) struct Clock(Option<Arc<dyn Fn() -> Timestamp + Send + Sync>>);

impl Clock {
    pub(crate) fn of_the_machine() -> Self {
        Clock(None)
    }

    pub(crate) fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Clock(Some(Arc::new(now)))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.as_ref().map_or_else(Timestamp::now, |now| now())
    }

    /// How long ago that was; no time if it is to come.
    pub(crate) fn since(&self, at: Timestamp) -> Duration {
        let micros = self.now().micros().saturating_sub(at.micros());
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    }
}
