//! A batch in one transaction: its rows, the records that no table takes, and how far the sink then is.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::ops::Range;

use postgres::{CopyInWriter, Error, Statement, Transaction};

use super::inspect::inspect;
use super::place::Place;
use super::rows::{Dead, Rows};
use super::server::{Refusal, Server, Why};
use super::session::{Known, Made, Session};
use super::tables::{Table, Tables, quoted};
use crate::batch::Batch;

/// What `COPY` in binary form begins and ends with: its signature, no flags, nothing more; and a row of -1 columns.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TAIL: &[u8] = b"\xff\xff";

/// After so many rows of a table that are refused, half as many are sent at once: each costs all that were sent with it.
const REFUSED: usize = 3;

/// So many bytes of rows are sent at once: the server works at them while the next are made.
const CHUNK: usize = 8 << 10;

/// Which sink stores a batch, and how far it is.
pub(super) struct Step<'a> {
    pub(super) sink: &'a str,
    /// What the store says; none if it has nothing of the producer.
    pub(super) from: Option<u64>,
}

/// What became of a batch.
pub(super) enum Stored {
    /// It is stored, but for the records that no table takes.
    All(Vec<Dead>),
    /// Nothing is, as long as something is missing.
    Nothing(Missing),
}

/// What rows need before they can be stored.
pub(super) enum Missing {
    /// Some have a place that nobody was asked for.
    Places,
    /// This place of a table was there, or should be, and has no partition.
    Partition(usize, Place),
}

/// Why nothing is stored.
enum Stop {
    Missing(Missing),
    Trouble(String),
}

/// Stores a batch: the rows of its records, and the records that are dead already.
pub(super) fn store(
    session: &mut Session,
    tables: &Tables,
    batch: &Batch<'_>,
    step: &Step<'_>,
    rows: &mut [Rows],
    dead: &[Dead],
) -> Result<Stored, String> {
    let mut copies = Vec::new();
    for rows in rows.iter() {
        if let Some(table) = tables.tables.get(rows.table) {
            let sql = copy_sql(&tables.qualified(&table.name), table);
            copies.push((table, session.prepared(sql)?));
        }
    }
    let advance = session.prepared(advance_sql(tables, step))?;
    let Session {
        client,
        server,
        places,
        ..
    } = session;
    let explain = |error: Error| server.explain(&error);
    let mut transaction = client.transaction().map_err(explain)?;
    let mut all = Storing {
        tables,
        server,
        batch,
        places,
        dead: dead.to_vec(),
    };
    for (rows, (table, statement)) in rows.iter_mut().zip(copies) {
        let copied = all.copy(&mut transaction, rows, &Copy { table, statement });
        match copied {
            Ok(()) => all.dead.extend(rows.dead.iter().cloned()),
            Err(Stop::Missing(missing)) => {
                transaction.rollback().map_err(explain)?;
                return Ok(Stored::Nothing(missing));
            }
            Err(Stop::Trouble(why)) => return Err(why),
        }
    }
    all.bury(&mut transaction, rows)?;
    if !advance_to(&mut transaction, &advance, batch, step).map_err(explain)? {
        return Err(server.complain(
            "somebody else has delivered from the log of this producer",
            "two emitters write under one id: was a spool copied while it was in use?",
        ));
    }
    transaction.commit().map_err(explain)?;
    Ok(Stored::All(all.dead))
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

/// How rows get into a table.
struct Copy<'a> {
    table: &'a Table,
    statement: Statement,
}

struct Storing<'a> {
    tables: &'a Tables,
    server: &'a Server,
    batch: &'a Batch<'a>,
    places: &'a Known,
    dead: Vec<Dead>,
}

impl Storing<'_> {
    /// Copies all rows of a table but those that it refuses, each found by the line that the server names. What stands before
    /// such a line is sent again, so rows are looked at twice, and never more often than there are refusals in a row.
    fn copy(
        &mut self,
        transaction: &mut Transaction<'_>,
        rows: &mut Rows,
        copy: &Copy<'_>,
    ) -> Result<(), Stop> {
        // Those that are made on the way are sent by then, or made at least.
        let mut made = match rows.is_done() {
            true => None,
            false => Some(self.make(transaction, rows, copy)?),
        };
        let count = rows.rows.len();
        let mut refused: BTreeMap<usize, Why> = BTreeMap::new();
        let (mut at, mut most, mut refusals) = (0, count, 0);
        let mut is_staged = false;
        while at < count {
            if let Some(why) = refused.remove(&at) {
                self.refuse(rows, at, why);
                at += 1;
                continue;
            }
            let next = refused.keys().next().copied().unwrap_or(count);
            let end = (at + most).min(next);
            let sent = match (made.take(), is_staged) {
                (Some(sent), _) => sent,
                (None, false) => send_bytes(transaction, &copy.statement, rows.bytes(at, end)),
                (None, true) => self.stage(transaction, copy, rows.bytes(at, end)),
            };
            let Err(error) = sent else {
                (at, is_staged) = (end, false);
                most = most.saturating_mul(2).min(count);
                continue;
            };
            let half = ((end - at) / 2).max(1);
            let (line, why) = match self.judge(rows, copy, &error, at..end)? {
                Some(row) => row,
                None if is_staged => return Err(Stop::Trouble(self.server.explain(&error))),
                None => {
                    is_staged = true;
                    continue;
                }
            };
            match line {
                Some(line) => {
                    refused.insert(at + line, why);
                    refusals += 1;
                    if refusals % REFUSED == 0 {
                        most = half;
                    }
                }
                // The server did not say which.
                None => most = half,
            }
        }
        Ok(())
    }

    /// Makes the rows, and sends them to the table at the same time. All are made then, whether the table has taken them or not.
    fn make(
        &self,
        transaction: &mut Transaction<'_>,
        rows: &mut Rows,
        copy: &Copy<'_>,
    ) -> Result<Result<(), Error>, Stop> {
        let mut known = 0;
        let mut are_placed = |rows: &Rows| {
            let mut new = rows.places.iter().skip(known);
            known = rows.places.iter().len();
            new.all(|place| self.places.get(rows.table, place).is_some())
        };
        let mut is_placed = true;
        let sent = send(transaction, &copy.statement, |writer| {
            while is_placed && !rows.is_done() {
                let from = rows.rows.len();
                rows.encode(copy.table, self.batch, CHUNK);
                is_placed = are_placed(rows);
                writer.write_all(rows.bytes(from, rows.rows.len()))?;
            }
            Ok(is_placed)
        });
        rows.encode(copy.table, self.batch, usize::MAX);
        match is_placed && are_placed(rows) {
            true => Ok(sent.map(drop)),
            false => Err(Stop::Missing(Missing::Places)),
        }
    }

    /// Which of the rows is refused, if the error is about one. None if one of them is there already.
    fn judge(
        &self,
        rows: &Rows,
        copy: &Copy<'_>,
        error: &Error,
        sent: Range<usize>,
    ) -> Result<Option<(Option<usize>, Why)>, Stop> {
        let within = |line: Option<usize>| {
            // If there is only one, it is that.
            let alone = (sent.len() == 1).then_some(0);
            line.filter(|line| *line < sent.len()).or(alone)
        };
        match self.server.judge(error, &copy.table.name) {
            Refusal::Row(line, why) => Ok(Some((within(line), why))),
            Refusal::NoPartition(line, why) => {
                let line = within(line);
                let row = line.and_then(|line| rows.rows.get(sent.start + line));
                let place = row.and_then(|row| rows.places.get(row.place));
                match place {
                    Some(place) if self.places.get(rows.table, place) == Some(Made::There) => {
                        let missing = Missing::Partition(rows.table, place.clone());
                        Err(Stop::Missing(missing))
                    }
                    _ => Ok(Some((line, why))),
                }
            }
            Refusal::Duplicate => Ok(None),
            Refusal::Other(why) => Err(Stop::Trouble(why)),
        }
    }

    fn refuse(&mut self, rows: &Rows, row: usize, why: Why) {
        if let Some(row) = rows.rows.get(row) {
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
        rows: &[u8],
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
        send_bytes(&mut nested, &statement, rows)?;
        nested.batch_execute(&format!(
            "insert into {} ({list}) select {list} from {name} on conflict do nothing",
            self.tables.qualified(&copy.table.name)
        ))?;
        nested.commit()
    }

    /// Keeps the records that no table takes. What the server refused may be due to a table that was changed a moment ago, so
    /// it is looked at first.
    fn bury(&self, transaction: &mut Transaction<'_>, rows: &[Rows]) -> Result<(), String> {
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
            let record = self.batch.records().get(dead.record);
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
        let producer = self.batch.producer().to_string();
        let written = transaction.execute(
            &sql,
            &[&producer, &positions, &events, &states, &reasons, &records],
        );
        written
            .map(drop)
            .map_err(|error| self.server.explain(&error))
    }
}

/// Sends rows to a table, all or none: those that are written. Whether that was all of them; if not, none is there.
fn send(
    transaction: &mut Transaction<'_>,
    statement: &Statement,
    write: impl FnOnce(&mut CopyInWriter<'_>) -> io::Result<bool>,
) -> Result<bool, Error> {
    let mut nested = transaction.transaction()?;
    let mut writer = nested.copy_in(statement)?;
    let written = writer
        .write_all(HEAD)
        .and_then(|()| write(&mut writer))
        .and_then(|is_all| writer.write_all(TAIL).map(|()| is_all));
    match written.map_err(io::Error::downcast::<Error>) {
        Ok(true) => {
            writer.finish()?;
            nested.commit()?;
            Ok(true)
        }
        Err(Ok(error)) => Err(error),
        // What is not finished is undone.
        Ok(false) | Err(Err(_)) => Ok(false),
    }
}

/// Sends rows that are made.
fn send_bytes(
    transaction: &mut Transaction<'_>,
    statement: &Statement,
    rows: &[u8],
) -> Result<(), Error> {
    let write = |writer: &mut CopyInWriter<'_>| writer.write_all(rows).map(|()| true);
    send(transaction, statement, write).map(drop)
}
