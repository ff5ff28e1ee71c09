//! What the schema wishes for, as this very server understands it.

use ::postgres::{Error, Transaction};
use eventc_compiler::postgres::{Database, Ident, Literal, StreamTables, Table, script};

use super::introspect;
use super::snapshot::{May, Snapshot};

/// So many tables are made at once: each takes some of the locks that all sessions of a server share.
const AT_ONCE: usize = 64;

/// Has the server make the tables as temporary ones, and looks at them; nothing of them is left.
///
/// Temporary tables ask for no right in the schema, and nobody else sees them or waits for them.
pub(super) fn desired(
    transaction: &mut Transaction<'_>,
    scratch: &Database,
) -> Result<Snapshot, Error> {
    let mut snapshot = Snapshot::default();
    let mut rest = scratch.streams.as_slice();
    while !rest.is_empty() {
        let (some, others) = rest.split_at(some(rest));
        let mut nested = transaction.transaction()?;
        let part = made(&mut nested, scratch, some)?;
        nested.rollback()?;
        snapshot.tables.extend(part.tables);
        snapshot.views.extend(part.views);
        rest = others;
    }
    grant(&mut snapshot);
    Ok(snapshot)
}

/// How many streams are made at once: a view needs all tables of its stream.
fn some(streams: &[StreamTables]) -> usize {
    let mut tables = 0;
    let is_few = |stream: &&StreamTables| {
        let was_few = tables < AT_ONCE;
        tables += stream.tables.len();
        was_few
    };
    streams.iter().take_while(is_few).count()
}

fn made(
    transaction: &mut Transaction<'_>,
    scratch: &Database,
    streams: &[StreamTables],
) -> Result<Snapshot, Error> {
    transaction.batch_execute(PARTITIONING)?;
    for stream in streams {
        let tables = stream.tables.iter();
        let mut sql: String = tables.map(|table| define(scratch, table)).collect();
        if let Some(view) = &stream.view {
            sql.push_str("create ");
            sql.push_str(&script::define_view(scratch, view));
            sql.push_str(&format!(
                "comment on view {} is {};\n",
                scratch.qualified(&view.name),
                Literal(&view.comment)
            ));
        }
        transaction.batch_execute(&sql)?;
    }
    transaction.batch_execute("set local search_path to pg_temp")?;
    let row = transaction.query_one("select pg_my_temp_schema()", &[])?;
    introspect::snapshot(transaction, row.try_get(0)?, scratch)
}

fn define(scratch: &Database, table: &Table) -> String {
    let mut sql = script::define_table(scratch, table);
    sql.push_str(&script::describe_table(scratch, table));
    sql.push_str(&script::partitioning(scratch, table));
    if let Some(time) = &table.time {
        sql.push_str(&format!(
            "create index on {} using brin ({});\n",
            scratch.qualified(&table.name),
            Ident(time)
        ));
    }
    sql
}

/// The roles may not be there yet, so what they are to have is not asked for but said.
fn grant(snapshot: &mut Snapshot) {
    let may = May {
        writer_inserts: true,
        reader_selects: true,
    };
    for table in snapshot.tables.values_mut() {
        table.may = may;
    }
    for view in snapshot.views.values_mut() {
        view.may = may;
    }
    snapshot.tables.remove("_partitioning");
}

/// The columns that `shared.sql` gives it.
const PARTITIONING: &str = "
create temporary table _partitioning (
  table_name text, level smallint, method text, column_name text, buckets integer, known text[], retain interval,
  primary key (table_name, level)
)";
