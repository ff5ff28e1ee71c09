//! The tables for whoever writes to them: what a sink has to know, as JSON.

use super::heartbeat::HEARTBEAT;
use super::model::{Column, Database, Level, Method, Table};
use crate::catalog::Catalog;
use crate::json::Json;

/// The version of this form. A reader that does not know it refuses the text.
const FORMAT: u32 = 1;

/// The tables of a catalog. `mark` stands in the first line, by which the file is known to be ours.
///
/// A column is on a line of its own, so that its change is one in review.
pub(super) fn description(catalog: &Catalog, database: &Database, mark: &str) -> String {
    let tables: Vec<_> = database
        .tables()
        .map(|table| describe(catalog, table))
        .collect();
    format!(
        "{{\"//\": {}, \"format\": {FORMAT}, \"schema\": {}, \"tables\": [\n{}\n]}}\n",
        text(mark),
        text(&database.schema),
        tables.join(",\n")
    )
}

fn describe(catalog: &Catalog, table: &Table) -> String {
    let of_catalog = table.events.iter().map(|&id| catalog[id].name.as_str());
    // The heartbeat is of no catalog, and has a place in the tables of each.
    let heartbeat = (table.name == HEARTBEAT.table).then_some(HEARTBEAT.event);
    let events = of_catalog.chain(heartbeat).map(text);
    let levels = table.levels.iter().map(level);
    let columns: Vec<_> = table.columns.iter().map(column).collect();
    format!(
        "{{\"name\": {}, \"fingerprint\": {}, \"events\": {}, \"partition\": {}, \"columns\": [\n  {}\n]}}",
        text(&table.name),
        text(&table.fingerprint),
        list(events),
        list(levels),
        columns.join(",\n  ")
    )
}

fn column(column: &Column) -> String {
    let mut members = vec![
        format!("\"name\": {}", text(&column.name)),
        format!("\"type\": {}", text(&column.ty.to_string())),
        format!("\"required\": {}", column.required),
    ];
    members.extend(
        column
            .backfill
            .as_ref()
            .map(|value| format!("\"default\": {value}")),
    );
    members.extend(
        column
            .holds
            .map(|holds| format!("\"holds\": {}", text(holds.word()))),
    );
    format!("{{{}}}", members.join(", "))
}

fn level(level: &Level) -> String {
    let how = match &level.method {
        Method::Range(unit) => format!("\"by\": {}", text(unit.name())),
        Method::Hash(buckets) => format!("\"by\": \"hash\", \"buckets\": {buckets}"),
        Method::List(known) => {
            let known = known.iter().map(|value| text(value));
            format!("\"by\": \"list\", \"known\": {}", list(known))
        }
    };
    format!("{{\"column\": {}, {how}}}", text(&level.column))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn text(text: &str) -> String {
    Json::String(text.to_owned()).to_string()
}
