//! A batch in one transaction: its rows, the records that no table takes, and how far the sink then is.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use postgres::{Error, Statement, Transaction};

use super::inspect::inspect;
use super::place::Place;
use super::rows::{Dead, Rows};
use super::server::{Refusal, Server, Why};
use super::session::{Made, Session};
use super::tables::{Table, Tables, quoted};
use crate::batch::Batch;

/// What `COPY` in binary form begins and ends with: its signature, no flags, nothing more; and a row of -1 columns.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TAIL: &[u8] = b"\xff\xff";

/// After so many rows of a table that are refused, half as many are sent at once: each costs all that were sent with it.
const REFUSED: usize = 3;

/// How far a sink is, before and after.
pub(super) struct Step<'a> {
    pub(super) sink: &'a str,
    /// What the store says; none if it has nothing of the producer.
    pub(super) from: Option<u64>,
}

/// What became of a batch.
pub(super) enum Stored {
    /// It is stored, but for the records that no table takes.
    All(Vec<Dead>),
    /// Nothing is: this place of a table has no partition.
    NoPartition(usize, Place),
}

/// Why nothing is stored.
enum Stop {
    NoPartition(usize, Place),
    Trouble(String),
}

/// Stores a batch: the rows it became, and the records of it that are dead already.
pub(super) fn store(
    session: &mut Session,
    tables: &Tables,
    batch: &Batch<'_>,
    step: &Step<'_>,
    rows: &[Rows],
    dead: Vec<Dead>,
) -> Result<Stored, String> {
    let mut copies = Vec::new();
    for rows in rows {
        if let Some(table) = tables.tables.get(rows.table) {
            let sql = copy_sql(&tables.qualified(&table.name), table);
            copies.push((rows, table, session.prepared(sql)?));
        }
    }
    let advance = session.prepared(advance_sql(tables, step))?;
    let places: Vec<_> = rows.iter().map(|rows| made(session, rows)).collect();
    let server = session.server.clone();
    let explain = |error: Error| server.explain(&error);
    let mut transaction = session.client.transaction().map_err(explain)?;
    let mut all = Storing {
        tables,
        server: &server,
        dead,
    };
    for ((rows, table, statement), places) in copies.into_iter().zip(places) {
        let copy = Copy {
            rows,
            table,
            statement,
            places,
        };
        match all.copy(&mut transaction, &copy) {
            Ok(()) => {}
            Err(Stop::NoPartition(table, place)) => {
                transaction.rollback().map_err(explain)?;
                return Ok(Stored::NoPartition(table, place));
            }
            Err(Stop::Trouble(why)) => return Err(why),
        }
    }
    all.bury(&mut transaction, batch, rows)?;
    advance_to(&mut transaction, &advance, batch, step)
        .map_err(explain)?
        .then_some(())
        .ok_or_else(|| {
            server.complain(
                "somebody else has delivered from the log of this producer",
                "two emitters write under one id: was a spool copied while it was in use?",
            )
        })?;
    transaction.commit().map_err(explain)?;
    Ok(Stored::All(all.dead))
}

/// What became of the places of some rows.
fn made(session: &Session, rows: &Rows) -> Vec<Made> {
    let places = rows.places.iter();
    places
        .map(|place| session.made(rows.table, place))
        .collect()
}

fn copy_sql(into: &str, table: &Table) -> String {
    format!(
        "copy {into} ({}) from stdin with (format binary)",
        table.column_list()
    )
}

fn advance_sql(tables: &Tables, step: &Step<'_>) -> String {
    let table = tables.qualified("_delivery");
    match step.from {
        Some(_) => format!(
            "update {table} set position = $3, updated_at = clock_timestamp() \
             where producer = $1::text::uuid and sink = $2 and position = $4"
        ),
        None => format!(
            "insert into {table} (producer, sink, position) \
             select $1::text::uuid, $2, $3 where $4::bigint is null on conflict do nothing"
        ),
    }
}

/// Says in the store how far the sink is; whether it was where it should have been.
fn advance_to(
    transaction: &mut Transaction<'_>,
    advance: &Statement,
    batch: &Batch<'_>,
    step: &Step<'_>,
) -> Result<bool, Error> {
    let position = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
    let producer = batch.producer().to_string();
    let (to, from) = (position(batch.to()), step.from.map(position));
    let changed = transaction.execute(advance, &[&producer, &step.sink, &to, &from])?;
    Ok(changed == 1)
}

/// The rows of one table, and how they get there.
struct Copy<'a> {
    rows: &'a Rows,
    table: &'a Table,
    statement: Statement,
    /// What became of their places.
    places: Vec<Made>,
}

struct Storing<'a> {
    tables: &'a Tables,
    server: &'a Server,
    dead: Vec<Dead>,
}

impl Storing<'_> {
    /// Copies all rows of a table but those that it refuses, each found by the line that the server names. What stands before
    /// such a line is sent again, so rows are looked at twice, and never more often than there are refusals in a row.
    fn copy(&mut self, transaction: &mut Transaction<'_>, copy: &Copy<'_>) -> Result<(), Stop> {
        let count = copy.rows.rows.len();
        let mut refused: BTreeMap<usize, Why> = BTreeMap::new();
        let (mut at, mut most, mut refusals) = (0, count, 0);
        let mut is_staged = false;
        while at < count {
            if let Some(why) = refused.remove(&at) {
                self.refuse(copy, at, why);
                at += 1;
                continue;
            }
            let next = refused.keys().next().copied().unwrap_or(count);
            let end = (at + most).min(next);
            let sent = match is_staged {
                false => send(transaction, &copy.statement, copy.rows.bytes(at, end)),
                true => self.stage(transaction, copy, at, end),
            };
            let Err(error) = sent else {
                (at, is_staged) = (end, false);
                most = most.saturating_mul(2).min(count);
                continue;
            };
            let half = ((end - at) / 2).max(1);
            let (line, why) = match self.judge(copy, &error, at, end)? {
                None => {
                    is_staged = true;
                    continue;
                }
                Some(row) => row,
            };
            match line {
                Some(line) => {
                    refused.insert(at + line, why);
                    refusals += 1;
                    if refusals % REFUSED == 0 {
                        most = half;
                    }
                }
                // The server did not say which, but if there is only one, it is that.
                None if end - at == 1 => drop(refused.insert(at, why)),
                None => most = half,
            }
        }
        Ok(())
    }

    /// Which of the rows is refused, if the error is about one. None if one of them is there already.
    fn judge(
        &self,
        copy: &Copy<'_>,
        error: &Error,
        at: usize,
        end: usize,
    ) -> Result<Option<(Option<usize>, Why)>, Stop> {
        let within = |line: Option<usize>| {
            let alone = (end - at == 1).then_some(0);
            line.filter(|line| at + line < end).or(alone)
        };
        match self.server.judge(error, &copy.table.name) {
            Refusal::Row(line, why) => Ok(Some((within(line), why))),
            Refusal::NoPartition(line, why) => {
                let line = within(line);
                let row = line.and_then(|line| copy.rows.rows.get(at + line));
                let place = row.and_then(|row| Some((row.place, copy.rows.places.get(row.place)?)));
                match place {
                    Some((number, place)) if copy.places.get(number) == Some(&Made::There) => {
                        Err(Stop::NoPartition(copy.rows.table, place.clone()))
                    }
                    _ => Ok(Some((line, why))),
                }
            }
            Refusal::Duplicate => Ok(None),
            Refusal::Other(why) => Err(Stop::Trouble(why)),
        }
    }

    fn refuse(&mut self, copy: &Copy<'_>, row: usize, why: Why) {
        if let Some(row) = copy.rows.rows.get(row) {
            self.dead.push(Dead {
                record: row.record,
                sqlstate: Some(why.sqlstate),
                reason: why.reason,
            });
        }
    }

    /// The same rows by way of a table of this session, from which those are left out that are there already.
    fn stage(
        &self,
        transaction: &mut Transaction<'_>,
        copy: &Copy<'_>,
        at: usize,
        end: usize,
    ) -> Result<(), Error> {
        let name = format!("pg_temp.{}", quoted(&copy.table.name));
        let columns = copy.table.columns.iter();
        let columns: Vec<_> = columns
            .map(|column| format!("{} {}", quoted(&column.name), column.ty.name()))
            .collect();
        let list = copy.table.column_list();
        let mut nested = transaction.transaction()?;
        nested.batch_execute(&format!(
            "create temp table if not exists {name} ({}) on commit delete rows; truncate {name}",
            columns.join(", ")
        ))?;
        let statement = nested.prepare(&copy_sql(&name, copy.table))?;
        send(&mut nested, &statement, copy.rows.bytes(at, end))?;
        nested.batch_execute(&format!(
            "insert into {} ({list}) select {list} from {name} on conflict do nothing",
            self.tables.qualified(&copy.table.name)
        ))?;
        nested.commit()
    }

    /// Keeps the records that no table takes. What the server refused may be due to a table that was changed a moment ago, so
    /// it is looked at first.
    fn bury(
        &self,
        transaction: &mut Transaction<'_>,
        batch: &Batch<'_>,
        rows: &[Rows],
    ) -> Result<(), String> {
        if self.dead.is_empty() {
            return Ok(());
        }
        if self.dead.iter().any(|dead| dead.sqlstate.is_some()) {
            let inspection = inspect(transaction, self.server, self.tables)?;
            let fault = rows
                .iter()
                .find_map(|rows| inspection.faults.get(&rows.table));
            if let Some(fault) = fault {
                return Err(fault.clone());
            }
        }
        let clean = |text: &str| text.replace('\0', "\u{fffd}");
        let (mut positions, mut events, mut records) = (Vec::new(), Vec::new(), Vec::new());
        for dead in &self.dead {
            let record = batch.records().get(dead.record);
            positions.push(record.and_then(|record| i64::try_from(record.position()).ok()));
            events.push(record.map(|record| clean(record.event())));
            records.push(record.map(|record| clean(record.json())));
        }
        let states: Vec<_> = self.dead.iter().map(|dead| &dead.sqlstate).collect();
        let reasons: Vec<_> = self.dead.iter().map(|dead| clean(&dead.reason)).collect();
        let sql = format!(
            "insert into {} (producer, position, event, sqlstate, reason, record) \
             select $1::text::uuid, * from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[]) \
             on conflict do nothing",
            self.tables.qualified("_dead_letter")
        );
        let producer = batch.producer().to_string();
        let written = transaction.execute(
            &sql,
            &[&producer, &positions, &events, &states, &reasons, &records],
        );
        written
            .map(drop)
            .map_err(|error| self.server.explain(&error))
    }
}

/// Sends rows to a table, all or none.
fn send(
    transaction: &mut Transaction<'_>,
    statement: &Statement,
    rows: &[u8],
) -> Result<(), Error> {
    let mut nested = transaction.transaction()?;
    let mut writer = nested.copy_in(statement)?;
    let written = [HEAD, rows, TAIL]
        .into_iter()
        .try_for_each(|bytes| writer.write_all(bytes));
    match written.map_err(io::Error::downcast::<Error>) {
        Ok(()) => writer.finish().map(drop)?,
        Err(Ok(error)) => return Err(error),
        // It says nothing else.
        Err(Err(_)) => writer.finish().map(drop)?,
    }
    nested.commit()
}
