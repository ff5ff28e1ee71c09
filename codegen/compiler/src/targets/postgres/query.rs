//! Queries for people to begin with: what came in of late.

use super::columns::RECEIVED;
use super::model::{Database, StreamTables, Table};
use super::quote::{Ident, Literal};
use super::tables::PAYLOAD;

/// The latest rows of an event, with all of its columns.
pub(in crate::targets) fn of_event(database: &Database, table: &Table, event: &str) -> String {
    let is_own = |name: &&str| *name == RECEIVED || (table.is_shared() && *name == "event");
    let columns = table.columns.iter().map(|column| column.name.as_str());
    let columns: Vec<_> = columns.filter(|name| !is_own(name)).collect();
    let mut conditions = Vec::new();
    if table.is_shared() {
        conditions.push(format!("\"event\" = {}", Literal(event)));
    }
    let mut query = query(
        &columns,
        &database.qualified(&table.name),
        &table.time,
        conditions,
    );
    if table.is_shared() {
        query.push_str(&format!(
            "\n-- what is not a column: {}->>'name'",
            Ident(PAYLOAD)
        ));
    }
    query
}

/// The latest events of a stream, with what all of them have; none if there is no view of it.
pub(in crate::targets) fn of_stream(database: &Database, stream: &StreamTables) -> Option<String> {
    let view = stream.view.as_ref()?;
    let columns = ["event", "version"].into_iter();
    let columns = columns.chain(view.columns.iter().map(String::as_str));
    let time = stream.tables.first().and_then(|table| table.time.clone());
    let view = database.qualified(&view.name);
    Some(query(
        &columns.collect::<Vec<_>>(),
        &view,
        &time,
        Vec::new(),
    ))
}

/// A condition on the time of the partition spares the server from looking at all of them.
fn query(
    columns: &[&str],
    from: &str,
    time: &Option<String>,
    mut conditions: Vec<String>,
) -> String {
    let columns: Vec<_> = columns.iter().map(|name| Ident(name).to_string()).collect();
    let time = time.as_deref().map(|name| Ident(name).to_string());
    conditions.extend(
        time.iter()
            .map(|time| format!("{time} > now() - interval '1 day'")),
    );
    let mut query = format!("select {}\n  from {from}", in_lines(&columns));
    for (index, condition) in conditions.iter().enumerate() {
        let word = if index == 0 { "\n where" } else { "\n   and" };
        query.push_str(&format!("{word} {condition}"));
    }
    if let Some(time) = time {
        query.push_str(&format!("\n order by {time} desc"));
    }
    query.push_str("\n limit 100;");
    query
}

/// So many characters are read without scrolling.
const LINE: usize = 72;

/// A list of columns, over several lines where they are many.
fn in_lines(columns: &[String]) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for (index, column) in columns.iter().enumerate() {
        if index > 0 {
            let is_full = length + column.len() > LINE;
            text.push_str(if is_full { ",\n       " } else { ", " });
            length = if is_full { 0 } else { length };
        }
        text.push_str(column);
        length += column.len() + 2;
    }
    text
}
