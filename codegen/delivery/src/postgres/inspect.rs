//! Whether the tables in the database are those that were described.

use std::collections::HashMap;

use postgres::{Error, GenericClient};

use super::server::Server;
use super::tables::{Table, Tables};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Inspection {
    /// Tables that cannot be written to, and why; by their numbers.
    pub(super) faults: HashMap<usize, String>,
    /// Tables of another version of the schema that can.
    pub(super) others: Vec<String>,
}

/// A table of the database.
struct Found {
    comment: String,
    /// Its columns: the name, the type, and whether a row has to name it.
    columns: Vec<(String, String, bool)>,
    may_insert: bool,
}

/// The tables that the script for all of them makes for us.
const OURS: [&str; 2] = ["_delivery", "_dead_letter"];

const TABLES: &str = "
select c.relname::text,
       coalesce(obj_description(c.oid, 'pg_class'), ''),
       array_agg(a.attname::text order by a.attnum),
       array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum),
       array_agg(a.attnotnull and not a.atthasdef and a.attidentity = '' order by a.attnum),
       has_table_privilege(c.oid, 'INSERT')
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition
 group by c.oid";

/// Looks at all tables. An error in words is one that concerns all of them.
pub(super) fn inspect(
    client: &mut impl GenericClient,
    server: &Server,
    tables: &Tables,
) -> Result<Inspection, String> {
    let found = read(client, &tables.schema).map_err(|error| server.explain(&error))?;
    if found.is_empty() {
        return Err(server.complain(
            &format!("there are no tables in the schema `{}`", tables.schema),
            "is it the right database? `eventc postgres migrate` makes them, and so does psql with `_load.sql`",
        ));
    }
    for name in OURS {
        match found.get(name) {
            None => {
                return Err(server.complain(
                    &format!("the table `{name}` is missing, in which it stands how far delivery is: the schema was made by an older version of eventc"),
                    "run `eventc postgres migrate`, or load `_shared.sql` again",
                ));
            }
            Some(table) if !table.may_insert => {
                return Err(server.complain("the rights to write are missing", &server.grant()));
            }
            Some(_) => {}
        }
    }
    let mut inspection = Inspection::default();
    for (number, table) in tables.tables.iter().enumerate() {
        let found = found.get(&table.name);
        let fault = match found {
            None => Some((format!("the table `{}` is missing", table.name), MIGRATE)),
            Some(found) => differs(table, found),
        };
        if let Some((what, help)) = fault {
            let fault = server.complain(&what, help);
            inspection.faults.insert(number, fault);
        } else if found.is_some_and(|found| !found.may_insert) {
            let what = format!("the table `{}` may not be written to", table.name);
            let fault = server.complain(&what, &server.grant());
            inspection.faults.insert(number, fault);
        } else if found.is_some_and(|found| !is_described(table, found)) {
            inspection.others.push(table.name.clone());
        }
    }
    Ok(inspection)
}

impl Inspection {
    /// What is said of tables that are not quite those that were described.
    pub(super) fn warning(&self) -> Option<String> {
        let first = self.others.first()?;
        let more = match self.others.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        Some(format!(
            "the table `{first}`{more} is of another version of the schema than this service: all of its columns are there, so it is written to; `eventc postgres doctor` says what is different"
        ))
    }
}

fn read(client: &mut impl GenericClient, schema: &str) -> Result<HashMap<String, Found>, Error> {
    let mut found = HashMap::new();
    for row in client.query(TABLES, &[&schema])? {
        let names: Vec<String> = row.try_get(2)?;
        let types: Vec<String> = row.try_get(3)?;
        let needed: Vec<bool> = row.try_get(4)?;
        let columns = names.into_iter().zip(types).zip(needed);
        let table = Found {
            comment: row.try_get(1)?,
            columns: columns
                .map(|((name, ty), needed)| (name, ty, needed))
                .collect(),
            may_insert: row.try_get(5)?,
        };
        found.insert(row.try_get(0)?, table);
    }
    Ok(found)
}

fn is_described(table: &Table, found: &Found) -> bool {
    found
        .comment
        .ends_with(&format!("eventc:{}", table.fingerprint))
}

const MIGRATE: &str =
    "run `eventc postgres migrate` with the schema of this service; events wait until then";

/// Why rows of the one table cannot go into the other, and what to do about it.
fn differs(table: &Table, found: &Found) -> Option<(String, &'static str)> {
    for column in &table.columns {
        let there = found.columns.iter().find(|(name, ..)| *name == column.name);
        let Some((_, ty, _)) = there else {
            let what = format!("the table `{}` has no column `{}`", table.name, column.name);
            return Some((what, MIGRATE));
        };
        if *ty != column.ty.name() {
            let what = format!(
                "the column `{}` of the table `{}` is `{ty}`, and not `{}`",
                column.name,
                table.name,
                column.ty.name()
            );
            return Some((what, MIGRATE));
        }
    }
    let is_known = |name: &str| table.columns.iter().any(|column| column.name == name);
    let (name, ..) = found
        .columns
        .iter()
        .find(|(name, _, needed)| *needed && !is_known(name))?;
    let what = format!(
        "every row of the table `{}` must have a `{name}`, of which this service knows nothing",
        table.name
    );
    let help = "give the column a default, or start the service anew with the schema that has it; events wait until then";
    Some((what, help))
}
