//! The same service, with an emitter and a sink for the same database.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use eventc_delivery::{Emitter, Postgres};
use events::backend::request;
use events::eventc::{Event, Timestamp, Uuid};
use events::{Telemetry, TenantId, event, key};

use crate::load::Log;

/// What rustc says of the refactoring, word for word, as a test holds it.
const REFACTORED: &str =
    include_str!("../../tests/ui/the_refactor_that_took_production_down_in_the_code.stderr");

const TENANT: TenantId = key!(TenantId("019445f2-b0d3-7234-bc36-867756c93a81"));

/// What becomes of the refactoring here.
pub fn refactored() -> String {
    let error = REFACTORED.lines().next().unwrap_or_default();
    format!("{error}; so it is never released")
}

pub struct Emitted {
    events: Emitter,
    /// Where its log is, which is of no use afterwards.
    folder: PathBuf,
}

impl Emitted {
    pub fn start(url: &str) -> Result<Self, Box<dyn Error>> {
        let folder = std::env::temp_dir().join(format!("outage-{}", std::process::id()));
        let events = Emitter::builder()
            .spool(&folder)
            .service("shop")
            .sink(Postgres::new(url, events::POSTGRES))
            .backoff(Duration::from_millis(100), Duration::from_secs(1))
            .start()?;
        Ok(Emitted { events, folder })
    }

    pub fn emitter(&self) -> Emitter {
        self.events.clone()
    }

    /// What the sink last failed with, if that was within such a time.
    pub fn last_words(&self, within: Duration) -> Option<String> {
        let sink = self.events.health().sinks.into_iter().next()?;
        let start = Timestamp::now().saturating_sub(within);
        sink.last_error
            .filter(|_| sink.last_error_at >= Some(start))
    }

    /// Waits until all is stored, and tells how many events that are.
    pub fn finish(self, longest: Duration) -> u64 {
        self.events.shutdown(longest);
        // the next start would store what is left
        let _ = std::fs::remove_dir_all(&self.folder);
        let counts = self.events.health().events;
        counts
            .get(request::Success::NAME)
            .map_or(0, |count| count.accepted)
    }
}

impl Log for Emitter {
    fn success(&mut self, duration: Duration) -> Result<(), Box<dyn Error>> {
        self.emit(event!(request::Success {
            telemetry: Telemetry::new(TENANT),
            request: request::Request {
                request_id: Uuid::now_v7(),
                route: "GET /v1/orders/{order_id}".to_owned(),
                user_agent: None,
            },
            status: 200,
            duration: u32::try_from(duration.as_millis())?,
        }));
        Ok(())
    }
}
