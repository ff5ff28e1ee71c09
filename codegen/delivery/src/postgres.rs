//! Events in the tables that the target `postgres` of the compiler makes.

mod inspect;
mod numeric;
mod place;
mod rows;
mod server;
mod session;
mod store;
mod tables;
mod value;

use std::collections::HashMap;
use std::fmt;

use postgres::tls::{MakeTlsConnect, TlsConnect};
use postgres::{NoTls, Socket};
use uuid::Uuid;

use crate::batch::Batch;
use crate::requirement::Any;
use crate::sink::{Fail, Pace, Sink};
use rows::sort;
use server::Server;
use session::Session;
use store::{Missing, Step, Stored, store};
use tables::Tables;

/// Writes each event into its table in PostgreSQL.
///
/// ```no_run
/// use eventc_delivery::{Emitter, Postgres};
/// # mod events { pub const POSTGRES: &str = ""; }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let events = Emitter::builder()
///     .spool("/var/lib/shop/spool")
///     .sink(Postgres::new(std::env::var("DATABASE_URL")?, events::POSTGRES))
///     .start()?;
/// # Ok(())
/// # }
/// ```
///
/// `events::POSTGRES` is of the generated crate: it says what the tables are, which `eventc postgres migrate` or
/// `generated/postgres/_load.sql` makes. The user of the URL needs the role `<catalog>_writer`, and no more.
///
/// # Exactly once
///
/// A batch is one transaction: the rows, by `COPY` in binary form, and in `_delivery` how far the log is stored then. So each
/// event is there once, whatever breaks in the middle of it, here or there. A table with a primary key takes an event once
/// that was emitted twice.
///
/// # What no table takes
///
/// An event that its table refuses, and one for which there is no table, goes to `_dead_letter` in the same transaction, with
/// the reason; it is counted as [`dead`](crate::SinkHealth::dead), and the others of its batch are stored. Text in PostgreSQL
/// has no U+0000: it becomes U+FFFD. Partitions are made for a week ahead, and for what comes late, within 400 days of now.
///
/// # What is not as it should be
///
/// A table or a column that is missing, a right that was not given, a lock, a server that is away: nothing is lost for any of
/// that. The events wait in the log, and [`last_error`](crate::SinkHealth::last_error) says what to do. They wait in the order
/// of the log, so those for other tables wait behind the first that cannot be stored. A table that is of another version of the
/// schema and has all columns is written to; [`warning`](crate::SinkHealth::warning) says so.
///
/// A connection may take 10 s to be made, a lock 5 s to be had, a statement 60 s; the machine at the other end may be silent
/// for some 30 s. The URL may say otherwise of the connection. None of that keeps an emitter from ending: it waits for sinks as
/// long as [`drain_for`](crate::Builder::drain_for) says, and what is not stored then is stored after the next start.
///
/// Statements are prepared and settings are those of a session, so a pooler must give it a session of its own.
pub struct Postgres<T = NoTls> {
    name: String,
    settings: Result<Settings, String>,
    tls: T,
    session: Option<Session>,
    /// How far it is, as the store said it last.
    positions: HashMap<Uuid, Option<u64>>,
}

struct Settings {
    server: Server,
    tables: Tables,
}

impl Postgres {
    /// Writes to the database of this URL, into tables that are described so. The sink is called `postgres`. Nothing is asked of
    /// the server yet; a URL that cannot be read is an error of [`start`](crate::Builder::start).
    pub fn new(url: impl AsRef<str>, tables: &str) -> Self {
        let settings = Tables::read(tables).and_then(|tables| {
            let server = Server::of(url.as_ref(), &tables.schema)?;
            Ok(Settings { server, tables })
        });
        Postgres {
            name: "postgres".to_owned(),
            settings,
            tls: NoTls,
            session: None,
            positions: HashMap::new(),
        }
    }
}

impl<T> Postgres<T> {
    /// Another name for the sink, where an emitter has two of them. It is part of what `_delivery` knows it by.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Speaks TLS by a connector for the crate `postgres`: of `postgres-native-tls`, `tokio-postgres-rustls` or another crate
    /// for it. The URL says whether it must: `?sslmode=require`.
    #[must_use]
    pub fn with_tls<U>(self, connector: U) -> Postgres<U> {
        Postgres {
            name: self.name,
            settings: self.settings,
            tls: connector,
            session: None,
            positions: self.positions,
        }
    }
}

impl<T> fmt::Debug for Postgres<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Nothing of the server: its URL may hold a password.
        f.debug_struct("Postgres")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<T> Postgres<T>
where
    T: MakeTlsConnect<Socket> + Clone + Send + 'static,
    T::TlsConnect: Send,
    T::Stream: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    /// Does something with a connection, which is made if there is none, and given up if that fails.
    fn with_session<R>(
        &mut self,
        with: impl FnOnce(&mut Session, &Tables) -> Result<R, String>,
    ) -> Result<R, String> {
        let Settings { server, tables } = self.settings.as_ref().map_err(Clone::clone)?;
        let mut session = match self.session.take().filter(|session| !session.is_closed()) {
            Some(session) => session,
            None => Session::open(server, tables, self.tls.clone())?,
        };
        let done = with(&mut session, tables)?;
        self.session = Some(session);
        Ok(done)
    }

    fn try_write(&mut self, batch: &Batch<'_>) -> Result<(), String> {
        let producer = batch.producer();
        let from = match self.positions.get(&producer) {
            Some(from) => *from,
            None => Sink::position(self, producer)?,
        };
        let sink = self.name.clone();
        let dead = self.with_session(|session, tables| {
            let (mut rows, dead) = sort(tables, batch);
            if let Some(fault) = session.fault(&rows) {
                return Err(fault.to_owned());
            }
            session.keep_ahead(tables)?;
            let step = Step { sink: &sink, from };
            loop {
                match store(session, tables, batch, &step, &mut rows, &dead)? {
                    Stored::All(dead) => {
                        session.forget_again();
                        return Ok(dead);
                    }
                    Stored::Nothing(Missing::Places) => {
                        for rows in &mut rows {
                            if let Some(table) = tables.tables.get(rows.table) {
                                rows.encode(table, batch, usize::MAX);
                            }
                            session.make_places(tables, rows)?;
                        }
                    }
                    Stored::Nothing(Missing::Partition(table, place)) => {
                        session.make_again(tables, table, &place)?;
                    }
                }
            }
        })?;
        self.positions.insert(producer, Some(batch.to()));
        for dead in dead {
            batch.bury(dead.reason);
        }
        Ok(())
    }
}

impl<T> Sink for Postgres<T>
where
    T: MakeTlsConnect<Socket> + Clone + Send + 'static,
    T::TlsConnect: Send,
    T::Stream: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    type Requires = Any;

    fn name(&self) -> &str {
        &self.name
    }

    fn check(&self) -> Result<(), String> {
        self.settings.as_ref().map(drop).map_err(Clone::clone)
    }

    /// What a transaction and a `COPY` cost, whatever is in them, is an eighth of it all with batches of a quarter of that.
    fn pace(&self) -> Pace {
        Pace {
            most: 16_384,
            bytes: 4 << 20,
            ..Pace::default()
        }
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        self.try_write(batch).map_err(Fail::Retry)
    }

    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String> {
        let sink = self.name.clone();
        let position =
            self.with_session(|session, tables| session.position(tables, producer, &sink))?;
        self.positions.insert(producer, position);
        Ok(position)
    }

    fn warning(&self) -> Option<String> {
        self.session.as_ref()?.warning()
    }

    /// Makes partitions when it is time for them, over a connection that is there.
    fn idle(&mut self) -> Result<(), String> {
        match self.session {
            Some(_) => self.with_session(|session, tables| session.keep_ahead(tables)),
            None => Ok(()),
        }
    }

    fn close(&mut self) -> Result<(), String> {
        self.session = None;
        Ok(())
    }
}
