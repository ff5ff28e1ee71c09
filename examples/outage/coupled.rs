//! The writer of the outage: it is in the way of the answer, and a refactor away from a null in the partition field.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use events::eventc::{Timestamp, Uuid};
use postgres::{Client, Config, NoTls, Statement};

use crate::load::Log;

/// The table of these events, for today and for who runs this at midnight.
pub const TABLE: &str = "
    create table requests (
      day date not null, event text not null, request_id uuid not null, status integer not null, duration_ms bigint not null,
      host text
    ) partition by range (day);
    create table requests_today partition of requests for values from (current_date) to (current_date + 2);
";

const INSERT: &str = "insert into requests (day, event, request_id, status, duration_ms, host)
    values ($1::text::date, $2, $3::text::uuid, $4, $5, $6)";

/// What all writers of the service share.
pub struct Coupled {
    config: Config,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    is_refactored: AtomicBool,
    last_words: Mutex<Option<String>>,
}

impl Coupled {
    pub fn new(mut config: Config) -> Self {
        config.connect_timeout(Duration::from_secs(1));
        Coupled {
            config,
            shared: Arc::default(),
        }
    }

    /// Puts the refactored code into production, or the code from before it.
    pub fn refactor(&self, is_refactored: bool) {
        let flag = &self.shared.is_refactored;
        flag.store(is_refactored, Ordering::Relaxed);
    }

    /// What the last request that failed failed with, since this was last asked.
    pub fn last_words(&self) -> Option<String> {
        let words = &self.shared.last_words;
        words.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub fn writer(&self) -> Writer {
        Writer {
            config: self.config.clone(),
            shared: self.shared.clone(),
            connection: None,
        }
    }
}

/// A connection of a worker. It is made anew for the request after one that failed.
pub struct Writer {
    config: Config,
    shared: Arc<Shared>,
    connection: Option<(Client, Statement)>,
}

#[derive(Default)]
struct Row {
    day: Option<String>,
    event: &'static str,
    request_id: String,
    duration_ms: i64,
    host: Option<String>,
}

impl Log for Writer {
    fn success(&mut self, duration: Duration) -> Result<(), Box<dyn Error>> {
        let is_refactored = self.shared.is_refactored.load(Ordering::Relaxed);
        let mut row = Row {
            event: "backend.request.success",
            request_id: Uuid::now_v7().to_string(),
            duration_ms: i64::try_from(duration.as_millis())?,
            ..Row::default()
        };
        if !is_refactored {
            row.day = Some(Timestamp::now().date().to_string()); // the line that was moved …
        }
        if !row.event.starts_with("backend.request.") {
            enrich(&mut row, is_refactored);
        }
        self.insert(&row)?; // and the `?` that fails the request
        Ok(())
    }
}

/// Adds what takes a while to find out. The events of requests are too many for it.
fn enrich(row: &mut Row, is_refactored: bool) {
    if is_refactored {
        row.day = Some(Timestamp::now().date().to_string()); // … to where these events do not come by
    }
    row.host = std::fs::read_to_string("/etc/hostname").ok();
}

impl Writer {
    fn insert(&mut self, row: &Row) -> Result<(), postgres::Error> {
        let inserted = self.connection().and_then(|(client, insert)| {
            let status = 200_i32;
            client.execute(
                insert,
                &[
                    &row.day,
                    &row.event,
                    &row.request_id,
                    &status,
                    &row.duration_ms,
                    &row.host,
                ],
            )
        });
        let Err(error) = inserted else {
            return Ok(());
        };
        let words = match error.as_db_error() {
            Some(error) => error.message().to_owned(),
            None => error.to_string(),
        };
        if self
            .connection
            .as_ref()
            .is_some_and(|(client, _)| client.is_closed())
        {
            self.connection = None;
        }
        let last = &self.shared.last_words;
        *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
        Err(error)
    }

    fn connection(&mut self) -> Result<&mut (Client, Statement), postgres::Error> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut client = self.config.connect(NoTls)?;
                let insert = client.prepare(INSERT)?;
                (client, insert)
            }
        };
        Ok(self.connection.insert(connection))
    }
}
