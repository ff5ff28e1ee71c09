//! `eventc postgres partitions drop`.

use ::postgres::error::SqlState;
use ::postgres::{Client, Error};
use eventc_compiler::inert;
use eventc_compiler::postgres::{Database, Ident, Literal};

use super::connection::said;
use super::{Common, say};
use crate::failure::Failure;
use crate::terminal::count;

/// Drops the partitions whose rows are all older than `retain`, each without a lock that writers wait for.
///
/// A partition is first taken out of its table, while others go on using it, and dropped when nobody does. What stops half-way is gone on with
/// by the next run: a partition that is being taken out is known to the server, and one that is out by its comment.
pub(super) fn drop(common: &Common) -> Result<String, Failure> {
    let database = common.compile()?.database;
    let mut connected = common.connect()?;
    let client = &mut connected.client;
    client
        .batch_execute("set lock_timeout = '3s'")
        .map_err(|error| failed(&error))?;
    let (mut dropped, mut left) = (0, 0);
    for part in find(client, &database).map_err(|error| failed(&error))? {
        let outcome = match remove(client, &database, &part) {
            Ok(()) => {
                dropped += 1;
                "dropped".to_owned()
            }
            Err(error) => {
                left += 1;
                format!("left: {}", inert(&why(&error)))
            }
        };
        say(&format!("{}: {outcome}", inert(&part.name)));
    }
    let dropped = count(dropped, "partition");
    let place = &connected.place;
    match left {
        0 => Ok(format!("{place}: {dropped} dropped")),
        left => Err(Failure::Problems(format!(
            "error: {place}: {dropped} dropped, {left} left\nhelp: what is left is tried again by the next run"
        ))),
    }
}

/// A partition that is to go.
struct Part {
    name: String,
    /// What it is a partition of; none if it is out already.
    parent: Option<String>,
    /// Whether it was being taken out when that was stopped.
    is_pending: bool,
}

/// What a table that was taken out is known by, until it is dropped.
const MARK: &str = "eventc: expired; to be dropped";

fn find(client: &mut Client, database: &Database) -> Result<Vec<Part>, Error> {
    let sql = FIND.replace("@schema@", &Ident(&database.schema).to_string());
    let rows = client.query(&sql, &[&database.schema, &MARK])?;
    rows.iter()
        .map(|row| {
            Ok(Part {
                name: row.try_get(0)?,
                parent: row.try_get(1)?,
                is_pending: row.try_get(2)?,
            })
        })
        .collect()
}

/// What is expired, what was being taken out, and what is out.
const FIND: &str = "
select name, parent, pending
  from (
    select e.partition_name as name, p.relname::text as parent, false as pending, e.ended
      from @schema@.expired() e
      join pg_class c on c.relname = e.partition_name and c.relnamespace = (select oid from pg_namespace where nspname = $1::text)
      join pg_inherits i on i.inhrelid = c.oid
      join pg_class p on p.oid = i.inhparent
    union all
    select c.relname::text, p.relname::text, coalesce(i.inhdetachpending, false), null
      from pg_class c
      left join pg_inherits i on i.inhrelid = c.oid
      left join pg_class p on p.oid = i.inhparent
     where c.relnamespace = (select oid from pg_namespace where nspname = $1::text)
       and c.relkind in ('r', 'p')
       and obj_description(c.oid, 'pg_class') = $2::text
       and (i.inhrelid is null or i.inhdetachpending)
  ) as found
 order by ended nulls first, name";

fn remove(client: &mut Client, database: &Database, part: &Part) -> Result<(), Error> {
    let name = database.qualified(&part.name);
    if let Some(parent) = &part.parent {
        let parent = database.qualified(parent);
        let how = match part.is_pending {
            true => "finalize",
            false => "concurrently",
        };
        client.batch_execute(&format!("comment on table {name} is {}", Literal(MARK)))?;
        client.batch_execute(&format!(
            "alter table {parent} detach partition {name} {how}"
        ))?;
    }
    client.batch_execute(&format!("drop table {name}"))
}

fn why(error: &Error) -> String {
    let is = |code: &SqlState| error.code() == Some(code);
    if is(&SqlState::LOCK_NOT_AVAILABLE) {
        return "somebody reads it".to_owned();
    }
    if is(&SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE) {
        return format!(
            "{}; a DEFAULT partition forbids it, and `eventc postgres doctor` says how to get rid of that",
            said(error)
        );
    }
    said(error)
}

fn failed(error: &Error) -> Failure {
    let help = match error.code() {
        Some(code) if *code == SqlState::INSUFFICIENT_PRIVILEGE => {
            "only the owner of the tables drops partitions"
        }
        Some(code)
            if *code == SqlState::UNDEFINED_FUNCTION || *code == SqlState::INVALID_SCHEMA_NAME =>
        {
            "the functions are not there yet: run `eventc postgres migrate`, and look whether it is the right database"
        }
        _ => "nothing was dropped",
    };
    Failure::Problems(format!("error: {}\nhelp: {help}", inert(&said(error))))
}
