//! The tables of a live database.

use ::postgres::fallible_iterator::FallibleIterator as _;
use ::postgres::{Error, Row};
use eventc_compiler::inert;
use eventc_compiler::postgres::{Column, Database, Ident, Literal};

use super::day::{Day, Days};
use super::found::{Found, Id, Kept};
use crate::failure::Failure;
use crate::postgres::connection::{self, Connected, advised};

pub(super) struct Live {
    connected: Connected,
    schema: String,
}

impl Live {
    pub(super) fn open(url: &str, tables: &Database) -> Result<Self, Failure> {
        Ok(Live {
            connected: connection::connect(url)?,
            schema: tables.schema.clone(),
        })
    }

    pub(super) fn name(&self) -> String {
        self.connected.place.clone()
    }

    pub(super) fn read(&mut self, event: &Kept<'_>, days: &Days) -> Result<Found, Failure> {
        let query = query(&self.schema, event, days);
        self.rows(&query).map_err(|error| {
            Failure::Trouble(inert(&format!(
                "cannot read `{}` from {}: {}",
                event.table.name,
                self.connected.place,
                advised(&error)
            )))
        })
    }

    fn rows(&mut self, query: &str) -> Result<Found, Error> {
        let mut found = Found::new();
        let nothing: [&str; 0] = [];
        let mut rows = self.connected.client.query_raw(query, nothing)?;
        while let Some(row) = rows.next()? {
            let (day, id) = read(&row)?;
            found.entry(day).or_default().push(id);
        }
        Ok(found)
    }
}

fn read(row: &Row) -> Result<(Option<Day>, Id), Error> {
    let day: Option<&str> = row.try_get(0)?;
    let id: Option<&str> = row.try_get(1)?;
    Ok((day.and_then(Day::of), id.map_or(Id::Unnamed, Id::new)))
}

/// Asks for the day and the id of each row, of those partitions alone that have these days.
fn query(schema: &str, event: &Kept<'_>, days: &Days) -> String {
    let column = |name: &str| event.table.columns.iter().find(|it| it.name == name);
    let is_date = |column: &Column| column.ty.element == "date";
    let mut conditions = Vec::new();
    let mut day = "null".to_owned();
    if let Some(time) = event.time.and_then(column) {
        let name = Ident(&time.name);
        // A bound is the start of a day in UTC, whatever the type.
        let (zone, ty) = if is_date(time) {
            ("", "date")
        } else {
            (" 00:00:00+00", "timestamptz")
        };
        let (first, after) = (days.first, days.last.next());
        conditions.push(format!(
            "{name} >= '{first}{zone}'::{ty} and {name} < '{after}{zone}'::{ty}"
        ));
        day = if is_date(time) {
            format!("{name}::text")
        } else {
            format!("to_char({name} at time zone 'UTC', 'YYYY-MM-DD')")
        };
    }
    if event.table.is_shared() {
        conditions.push(format!("event = {}", Literal(event.name)));
    }
    let id = event
        .id
        .map_or_else(|| "null".to_owned(), |id| format!("{}::text", Ident(id)));
    let filter = match conditions.as_slice() {
        [] => String::new(),
        conditions => format!(" where {}", conditions.join(" and ")),
    };
    format!(
        "select {day}, {id} from {}.{}{filter}",
        Ident(schema),
        Ident(&event.table.name)
    )
}
