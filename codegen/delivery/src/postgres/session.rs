//! A connection, and what is known for as long as it lasts. After any failure it is given up, and what is known with it.

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime};

use eventc::Timestamp;
use postgres::error::SqlState;
use postgres::tls::{MakeTlsConnect, TlsConnect};
use postgres::{Client, Error, Socket, Statement};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::inspect::{Inspection, inspect};
use super::place::Place;
use super::rows::Rows;
use super::server::Server;
use super::tables::{Table, Tables};

/// No statement waits longer for a lock than that, none takes longer altogether, and a service that stands still in the middle
/// of a transaction holds nobody up for longer.
const SETTINGS: &str = "
set client_min_messages = warning;
set lock_timeout = '5s';
set statement_timeout = '60s';
set idle_in_transaction_session_timeout = '60s';
set search_path = pg_catalog;
";

/// How often partitions are made for the days that come, and how soon again when that failed.
const AHEAD_EVERY: Duration = Duration::from_secs(3600);
const AHEAD_AGAIN: Duration = Duration::from_secs(60);

/// So many places are remembered; a batch has fewer.
const PLACES: usize = 20_000;

pub(super) struct Session {
    pub(super) client: Client,
    pub(super) server: Server,
    inspection: Inspection,
    statements: HashMap<String, Statement>,
    pub(super) places: Known,
    ahead_at: Instant,
    /// Why there are no partitions for the days that come.
    behind: Option<String>,
}

/// Places that were asked for, by their tables.
#[derive(Default)]
pub(super) struct Known(HashMap<(usize, Place), Made>);

impl Known {
    /// What became of a place that somebody has to make; none if it was never asked for.
    pub(super) fn get(&self, table: usize, place: &Place) -> Option<Made> {
        match self.0.get(&(table, place.clone())) {
            None if place.is_given() => Some(Made::There),
            made => made.copied(),
        }
    }
}

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// It is there.
    There,
    /// It was asked for again, as there was none when rows came.
    Again,
    /// It is too far from the present to be made. A person may have made it.
    Outside,
}

impl Session {
    /// Connects, and looks at the tables.
    pub(super) fn open<T>(server: &Server, tables: &Tables, tls: T) -> Result<Self, String>
    where
        T: MakeTlsConnect<Socket> + 'static + Send,
        T::TlsConnect: Send,
        T::Stream: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        let client = server.config.connect(tls);
        let mut client = client.map_err(|error| server.unreachable(&error))?;
        let set = client.batch_execute(SETTINGS);
        set.map_err(|error| server.explain(&error))?;
        let inspection = inspect(&mut client, server, tables)?;
        let mut session = Session {
            client,
            server: server.clone(),
            inspection,
            statements: HashMap::new(),
            places: Known::default(),
            ahead_at: Instant::now(),
            behind: None,
        };
        session.make_ahead(tables)?;
        Ok(session)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// What people should know, though rows are stored.
    pub(super) fn warning(&self) -> Option<String> {
        self.behind.clone().or_else(|| self.inspection.warning())
    }

    /// Why these rows cannot be written now, if they cannot.
    pub(super) fn fault(&self, rows: &[Rows]) -> Option<&str> {
        let mut faults = rows
            .iter()
            .filter_map(|rows| self.inspection.faults.get(&rows.table));
        faults.next().map(String::as_str)
    }

    /// The statement of this text.
    pub(super) fn prepared(&mut self, sql: String) -> Result<Statement, String> {
        if let Some(statement) = self.statements.get(&sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&sql);
        let statement = statement.map_err(|error| self.server.explain(&error))?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    /// How far the sink is in the log of a producer.
    pub(super) fn position(
        &mut self,
        tables: &Tables,
        producer: Uuid,
        sink: &str,
    ) -> Result<Option<u64>, String> {
        let sql = format!(
            "select position from {} where producer = $1::text::uuid and sink = $2",
            tables.qualified("_delivery")
        );
        let row = self.client.query_opt(&sql, &[&producer.to_string(), &sink]);
        let position = row.and_then(|row| row.map(|row| row.try_get::<_, i64>(0)).transpose());
        let position = position.map_err(|error| self.server.explain(&error))?;
        Ok(position.and_then(|position| u64::try_from(position).ok()))
    }

    /// Makes the partitions of the days that come, if that is due. That it cannot is no reason to store nothing.
    pub(super) fn keep_ahead(&mut self, tables: &Tables) -> Result<(), String> {
        match Instant::now() < self.ahead_at {
            true => Ok(()),
            false => self.make_ahead(tables),
        }
    }

    fn make_ahead(&mut self, tables: &Tables) -> Result<(), String> {
        let made = self.ensure(tables, None, &Place::default());
        (self.behind, self.ahead_at) = match made {
            Ok(()) => (None, Instant::now() + AHEAD_EVERY),
            Err(error) => {
                let why = self.server.explain(&error);
                if error.as_db_error().is_none() {
                    return Err(why);
                }
                let warning = format!("there are no partitions for the days that come: {why}");
                (Some(warning), Instant::now() + AHEAD_AGAIN)
            }
        };
        Ok(())
    }

    /// Has the places made that rows need, unless they were there before.
    pub(super) fn make_places(&mut self, tables: &Tables, rows: &Rows) -> Result<(), String> {
        // Some may be gone since, and are asked for again when that shows.
        if self.places.0.len() > PLACES {
            self.places.0.clear();
        }
        for place in rows.places.iter() {
            if self.places.get(rows.table, place).is_none() {
                self.make_place(tables, rows.table, place, Made::There)?;
            }
        }
        Ok(())
    }

    /// Has one place made for which there was no partition.
    pub(super) fn make_again(
        &mut self,
        tables: &Tables,
        table: usize,
        place: &Place,
    ) -> Result<(), String> {
        self.make_place(tables, table, place, Made::Again)
    }

    fn make_place(
        &mut self,
        tables: &Tables,
        table: usize,
        place: &Place,
        made: Made,
    ) -> Result<(), String> {
        let made = match self.ensure(tables, tables.tables.get(table), place) {
            Ok(()) => made,
            Err(error) if error.code() == Some(&SqlState::INVALID_PARAMETER_VALUE) => Made::Outside,
            Err(error) => return Err(self.server.explain(&error)),
        };
        self.places.0.insert((table, place.clone()), made);
        Ok(())
    }

    /// A batch is over: what was asked for again may be asked for again.
    pub(super) fn forget_again(&mut self) {
        self.places.0.retain(|_, made| *made != Made::Again);
    }

    /// Calls the function that makes partitions until it has made all: those of a place, or of the days that come.
    fn ensure(
        &mut self,
        tables: &Tables,
        table: Option<&Table>,
        place: &Place,
    ) -> Result<(), Error> {
        let sql = format!(
            "select {}(coalesce($1, now()), coalesce($1, now() + interval '7 days'), $2, $3::text::jsonb)",
            tables.qualified("ensure_partitions")
        );
        let at = place.at.and_then(|at| Timestamp::from_micros(at).ok());
        let at: Option<SystemTime> = at.and_then(|at| at.try_into().ok());
        let name = table.map(|table| table.name.as_str());
        let column = |index: usize| table.and_then(|table| table.columns.get(index));
        let known: Map<String, Value> = place
            .values
            .iter()
            .filter_map(|(index, value)| Some((column(*index)?.name.clone(), value.clone().into())))
            .collect();
        let known = Value::from(known).to_string();
        loop {
            let row = self.client.query_one(&sql, &[&at, &name, &known])?;
            if row.try_get::<_, i32>(0)? == 0 {
                return Ok(());
            }
        }
    }
}
