//! Tables as SQL scripts, for people to read and `psql` to load, once or again.

use std::fmt::Write as _;

use super::fingerprint;
use super::model::{Check, Column, Database, Level, Method, StreamTables, Table, View};
use super::quote::{Ident, Literal};
use crate::catalog::Expect;

/// What all streams need: the schema, its roles, its functions. Its last statement says in the schema's comment which script it was.
pub fn shared(database: &Database) -> String {
    format!(
        "{}\ncomment on schema {} is {};\n",
        shared_body(database),
        Ident(&database.schema),
        Literal(&format!(
            "The events of `{}`; made by eventc.\neventc:{}",
            database.schema,
            shared_fingerprint(database)
        ))
    )
}

/// Names the script of what all streams need: a schema whose comment ends in it has been through that script.
pub fn shared_fingerprint(database: &Database) -> String {
    fingerprint::of_text(&shared_body(database))
}

fn shared_body(database: &Database) -> String {
    let named = concat!(include_str!("shared.sql"), "\n", include_str!("alarms.sql"))
        .replace("@writer@", &database.writer())
        .replace("@reader@", &database.reader());
    // Names of catalogs are snake_case: in quotes and without, they are the same.
    let named = named.replace("@schema@", &database.schema);
    format!("{named}\n{}", expected(database))
}

/// What `alarms` counts. Who was expected before keeps the time since when it is.
fn expected(database: &Database) -> String {
    let table = database.qualified("_expected");
    let expected = database.expected.iter();
    let rows = expected.clone().map(|it| {
        let Expect { at_least, per } = it.least;
        format!(
            "  ({}, {}, {}, {}, {at_least}, '{}')",
            Literal(&it.event),
            Literal(&it.table),
            Literal(&it.time),
            it.is_shared,
            per.name()
        )
    });
    let rows: Vec<_> = rows.collect();
    let names = expected.map(|it| Literal(&it.event).to_string());
    let names: Vec<_> = names.collect();
    let mut sql = format!(
        "delete from {table} where event <> all (array[{}]::text[]);\n",
        names.join(", ")
    );
    if !rows.is_empty() {
        let _ = write!(
            sql,
            "insert into {table} as known (event, table_name, column_name, is_shared, at_least, per) values\n{}\n\
             on conflict (event) do update set table_name = excluded.table_name, column_name = excluded.column_name,\n  \
             is_shared = excluded.is_shared, at_least = excluded.at_least, per = excluded.per,\n  \
             since = case known.table_name when excluded.table_name then known.since else excluded.since end;\n",
            rows.join(",\n")
        );
    }
    sql
}

/// The tables of one stream, and the view that unites them.
pub fn stream(database: &Database, stream: &StreamTables) -> String {
    let mut sql = String::new();
    for table in &stream.tables {
        sql.push_str(&create_table(database, table));
        sql.push_str(&describe_table(database, table));
        sql.push_str(&partitioning(database, table));
        sql.push_str(&table_grants(database, table));
        sql.push('\n');
    }
    if let Some(view) = &stream.view {
        sql.push_str(&create_view(database, view));
    }
    sql.push_str(&partman(database, stream));
    sql
}

/// The partitions that the next days need; not in the transaction of the tables, as there may be too many for one.
pub fn prepare(database: &Database, stream: &StreamTables) -> String {
    let mut sql = String::new();
    for table in stream.tables.iter().filter(|table| table.is_partitioned()) {
        sql.push_str(&prepare_table(database, table));
    }
    sql
}

/// Makes the partitions that a table needs from now on, in transactions of its own.
pub fn prepare_table(database: &Database, table: &Table) -> String {
    format!(
        "call {}.prepare(only_table => {});\n",
        Ident(&database.schema),
        Literal(&table.name)
    )
}

/// The table itself, unless it is there already; one of another version of the schema stops the script.
pub fn create_table(database: &Database, table: &Table) -> String {
    let schema = Ident(&database.schema);
    let name = Literal(&table.name);
    let mut sql = format!(
        "call {schema}._expect({name}, {});\n{}",
        Literal(&table.fingerprint),
        define_table(database, table)
    );
    if let Some(time) = &table.time {
        let _ = writeln!(sql, "call {schema}._index_time({name}, {});", Literal(time));
    }
    sql
}

/// The table with its columns, checks and key, and nothing of what the schema around it must have for that.
pub fn define_table(database: &Database, table: &Table) -> String {
    let width = table
        .columns
        .iter()
        .map(|column| Ident(&column.name).to_string().len());
    let width = width.max().unwrap_or(0);
    let columns = table.columns.iter().map(|column| define(column, width));
    let checks = table.checks.iter().map(check);
    let mut lines: Vec<_> = columns.chain(checks).collect();
    if !table.primary_key.is_empty() {
        let columns = table
            .primary_key
            .iter()
            .map(|column| Ident(column).to_string());
        lines.push(format!(
            "primary key ({})",
            columns.collect::<Vec<_>>().join(", ")
        ));
    }
    let mut sql = format!(
        "create table if not exists {} (\n  {}\n)",
        database.qualified(&table.name),
        lines.join(",\n  ")
    );
    if let Some(level) = table.levels.first() {
        let _ = write!(
            sql,
            " partition by {} ({})",
            level.method.keyword(),
            Ident(&level.column)
        );
    }
    sql.push_str(";\n");
    sql
}

/// A column as it stands in a table, and after `add column`.
pub fn column(column: &Column) -> String {
    define(column, 0)
}

fn define(column: &Column, width: usize) -> String {
    let name = Ident(&column.name).to_string();
    let ty = column.ty.to_string();
    let ty = ty.replace("timestamp with time zone", "timestamptz");
    let mut line = format!("{name:width$} {ty}");
    if column.required {
        line.push_str(" not null");
    }
    if let Some(default) = &column.default {
        let _ = write!(line, " default {default}");
    }
    line
}

/// A check as it stands in a table, and after `add`.
pub fn check(check: &Check) -> String {
    format!(
        "constraint {} check ({})",
        Ident(&check.name),
        check.condition
    )
}

/// What people read about a table and its columns; the fingerprint is the last line of what they read about the table.
pub fn describe_table(database: &Database, table: &Table) -> String {
    let columns = table
        .columns
        .iter()
        .map(|column| describe_column(database, table, column));
    let own = comment_on_table(database, table);
    [own].into_iter().chain(columns).collect()
}

/// What people read about a table, and its fingerprint.
pub fn comment_on_table(database: &Database, table: &Table) -> String {
    format!(
        "comment on table {} is {};\n",
        database.qualified(&table.name),
        Literal(&table.described())
    )
}

/// What people read about a column.
pub fn describe_column(database: &Database, table: &Table, column: &Column) -> String {
    format!(
        "comment on column {}.{} is {};\n",
        database.qualified(&table.name),
        Ident(&column.name),
        Literal(&column.comment)
    )
}

/// How the table is cut, for the functions that make its partitions and drop them.
pub fn partitioning(database: &Database, table: &Table) -> String {
    let schema = Ident(&database.schema);
    let mut sql = String::new();
    for (index, level) in table.levels.iter().enumerate() {
        let Level { column, method } = level;
        let null = || "null".to_owned();
        let (method, buckets, known) = match method {
            Method::Range(unit) => (unit.name(), null(), null()),
            Method::Hash(buckets) => ("hash", buckets.to_string(), null()),
            Method::List(known) => {
                let known: Vec<_> = known
                    .iter()
                    .map(|value| Literal(value).to_string())
                    .collect();
                (
                    "list",
                    null(),
                    format!("array[{}]::text[]", known.join(", ")),
                )
            }
        };
        let retain = table
            .retain
            .map_or_else(null, |seconds| format!("interval '{}'", duration(seconds)));
        let _ = writeln!(
            sql,
            "insert into {schema}._partitioning (table_name, level, method, column_name, buckets, known, retain)\n  \
             values ({}, {}, '{method}', {}, {buckets}, {known}, {retain})\n  \
             on conflict (table_name, level) do update set known = excluded.known, retain = excluded.retain;",
            Literal(&table.name),
            index + 1,
            Literal(column),
        );
    }
    sql
}

/// So many seconds, in days where they are whole ones.
fn duration(seconds: u64) -> String {
    match (seconds / 86_400, seconds % 86_400) {
        (days, 0) => format!("{days} days"),
        _ => format!("{seconds} seconds"),
    }
}

/// The settings by which `pg_partman` does the same, as a comment: to be chosen, and never both.
fn partman(database: &Database, stream: &StreamTables) -> String {
    let mut text = String::new();
    for table in &stream.tables {
        let [
            Level {
                column,
                method: Method::Range(unit),
            },
        ] = table.levels.as_slice()
        else {
            continue;
        };
        if text.is_empty() {
            text.push_str("-- Who has pg_partman 5 may let it make and drop the partitions, in place of `ensure_partitions` and `drop_expired`:\n");
        }
        let name = Literal(&format!("{}.{}", database.schema, table.name)).to_string();
        let _ = writeln!(
            text,
            "-- select partman.create_parent({name}, {}, '1 {}', p_premake => 14, p_default_table => false);",
            Literal(column),
            unit.name()
        );
        let retention = table.retain.map_or_else(String::new, |seconds| {
            format!(
                ", retention = '{}', retention_keep_table = false",
                duration(seconds)
            )
        });
        let _ = writeln!(
            text,
            "-- update partman.part_config set infinite_time_partitions = true{retention} where parent_table = {name};"
        );
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Writers insert and readers read, and neither does anything else.
pub fn table_grants(database: &Database, table: &Table) -> String {
    let name = database.qualified(&table.name);
    format!(
        "grant insert on {name} to {};\ngrant select on {name} to {};\n",
        Ident(&database.writer()),
        Ident(&database.reader())
    )
}

/// What unites the header's columns of all events of a stream.
pub fn create_view(database: &Database, view: &View) -> String {
    format!(
        "create or replace {}{}",
        define_view(database, view),
        describe_view(database, view)
    ) + "\n"
}

/// The view, after `create`.
pub fn define_view(database: &Database, view: &View) -> String {
    let name = database.qualified(&view.name);
    format!("view {name} as\n{};\n", view.query)
}

/// What people read about a view, and that readers may read it.
pub fn describe_view(database: &Database, view: &View) -> String {
    let name = database.qualified(&view.name);
    format!(
        "comment on view {name} is {};\ngrant select on {name} to {};\n",
        Literal(&view.comment),
        Ident(&database.reader())
    )
}
