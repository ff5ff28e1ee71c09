//! Events as rows of their tables, in the binary form of `COPY`.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::place::{Place, Places};
use super::tables::{Holds, Table, Tables};
use super::value::{text, write_null, write_timestamp};
use crate::batch::{Batch, Record};

/// The rows of one table from one batch. They are made a few at a time, so that the server has some while others are made.
pub(super) struct Rows {
    /// The number of the table.
    pub(super) table: usize,
    /// Those that were made.
    pub(super) rows: Vec<Row>,
    pub(super) places: Places,
    /// Records that become no row.
    pub(super) dead: Vec<Dead>,
    bytes: Vec<u8>,
    /// The places of the records in the batch, and how many of them were looked at.
    records: Vec<usize>,
    done: usize,
}

/// A row.
pub(super) struct Row {
    /// The place of its record in the batch.
    pub(super) record: usize,
    /// Where in the table it belongs.
    pub(super) place: usize,
    /// Where its bytes end.
    end: usize,
}

/// A record that becomes no row.
#[derive(Clone)]
pub(super) struct Dead {
    /// Its place in the batch.
    pub(super) record: usize,
    /// What the server said, if it was the server.
    pub(super) sqlstate: Option<String>,
    pub(super) reason: String,
}

/// The records of a batch by the tables they go to, and those that go to none.
pub(super) fn sort(tables: &Tables, batch: &Batch<'_>) -> (Vec<Rows>, Vec<Dead>) {
    let mut all: Vec<Rows> = Vec::new();
    let mut dead = Vec::new();
    for (index, record) in batch.records().iter().enumerate() {
        let Some((number, _)) = tables.of_event(record.event()) else {
            dead.push(Dead {
                record: index,
                sqlstate: None,
                reason: format!(
                    "no table of `{}` is for the event `{}`: was it emitted by another catalog?",
                    tables.schema,
                    record.event()
                ),
            });
            continue;
        };
        match all.iter_mut().find(|rows| rows.table == number) {
            Some(rows) => rows.records.push(index),
            None => all.push(Rows {
                table: number,
                rows: Vec::new(),
                places: Places::default(),
                dead: Vec::new(),
                bytes: Vec::new(),
                records: vec![index],
                done: 0,
            }),
        }
    }
    (all, dead)
}

impl Rows {
    /// Makes rows of the next records, until they have so many bytes or there are no more.
    pub(super) fn encode(&mut self, table: &Table, batch: &Batch<'_>, most: usize) {
        let until = self.bytes.len().saturating_add(most);
        let mut slots = Slots::default();
        while self.bytes.len() < until
            && let Some(&index) = self.records.get(self.done)
        {
            self.done += 1;
            let Some(record) = batch.records().get(index) else {
                continue;
            };
            if let Err(reason) = self.add(table, index, record, &mut slots) {
                self.dead.push(Dead {
                    record: index,
                    sqlstate: None,
                    reason,
                });
            }
        }
    }

    /// Whether all rows are made.
    pub(super) fn is_done(&self) -> bool {
        self.done == self.records.len()
    }

    /// The bytes of some rows, one after the other.
    pub(super) fn bytes(&self, from: usize, to: usize) -> &[u8] {
        let start = |row: usize| match row.checked_sub(1) {
            Some(before) => self.rows.get(before).map_or(0, |row| row.end),
            None => 0,
        };
        self.bytes.get(start(from)..start(to)).unwrap_or_default()
    }

    fn add<'a>(
        &mut self,
        table: &'a Table,
        index: usize,
        record: &Record<'a>,
        slots: &mut Slots<'a>,
    ) -> Result<(), String> {
        let start = self.bytes.len();
        let place = slots
            .read(table, record.json())
            .and_then(|()| slots.write(table, record, &mut self.bytes));
        match place {
            Ok(place) => {
                self.rows.push(Row {
                    record: index,
                    place: self.places.add(place),
                    end: self.bytes.len(),
                });
                Ok(())
            }
            Err(reason) => {
                self.bytes.truncate(start);
                Err(reason)
            }
        }
    }
}

/// The members of one event: each value as the JSON that it is, in the place of its column.
#[derive(Default)]
struct Slots<'a> {
    values: Vec<Option<&'a str>>,
    /// The members that have no column, as an object, where the table keeps them.
    rest: Vec<u8>,
}

impl<'a> Slots<'a> {
    fn read(&mut self, table: &Table, json: &'a str) -> Result<(), String> {
        self.values.clear();
        self.values.resize(table.columns.len(), None);
        self.rest.clear();
        self.rest.push(b'{');
        let mut reader = serde_json::Deserializer::from_str(json);
        let members = Members { table, slots: self };
        let read = reader.deserialize_map(members).and_then(|()| reader.end());
        read.map_err(|error| format!("it is no event as JSON: {error}"))?;
        self.rest.push(b'}');
        Ok(())
    }

    /// Writes the row, and says where in the table it belongs.
    fn write(
        &self,
        table: &'a Table,
        record: &Record<'_>,
        out: &mut Vec<u8>,
    ) -> Result<Place, String> {
        let count = i16::try_from(table.columns.len()).unwrap_or(i16::MAX);
        out.extend(count.to_be_bytes());
        for (index, column) in table.columns.iter().enumerate() {
            let value = match column.holds {
                Holds::ReceivedAt => {
                    write_timestamp(record.accepted_at(), out);
                    continue;
                }
                Holds::Rest => std::str::from_utf8(&self.rest).ok(),
                Holds::Member => self.value(table, index),
            };
            let Some(value) = value else {
                if column.required {
                    return Err(format!("it has no `{}`", column.name));
                }
                write_null(out);
                continue;
            };
            if column.ty.write(value, out).is_none() {
                return Err(format!(
                    "its `{}` is {}, and no `{}`",
                    column.name,
                    kind(value),
                    column.ty.name()
                ));
            }
        }
        let mut place = Place::default();
        for level in &table.levels {
            let value = self.value(table, level.column).unwrap_or_default();
            let value = text(value).unwrap_or(value.into());
            place.add(level, &value);
        }
        Ok(place)
    }

    /// What a column has: its member, or what an older message is taken to say.
    fn value(&self, table: &'a Table, column: usize) -> Option<&'a str> {
        let default = || table.columns.get(column)?.default.as_deref();
        self.values.get(column).copied().flatten().or_else(default)
    }
}

/// What is said of a value that is wrong: not the value itself, which may be nobody's business.
fn kind(json: &str) -> &'static str {
    match json.as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "`true` or `false`",
        _ => "a number",
    }
}

/// Takes the members of one event.
struct Members<'t, 's, 'a> {
    table: &'t Table,
    slots: &'s mut Slots<'a>,
}

impl<'a> Visitor<'a> for Members<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        let Members { table, slots } = self;
        let mut next = 0;
        while let Some(name) = map.next_key_seed(Name {
            table,
            next,
            rest: &mut slots.rest,
        })? {
            let value: &RawValue = map.next_value()?;
            let is_absent = value.get() == "null";
            match name {
                Named::Column(column) => {
                    next = column + 1;
                    let slot = slots.values.get_mut(column).filter(|slot| slot.is_none());
                    let slot = slot.ok_or_else(|| {
                        M::Error::custom(format_args!("a member stands twice in it"))
                    })?;
                    *slot = Some(value.get()).filter(|_| !is_absent);
                }
                Named::Rest(start) if is_absent => slots.rest.truncate(start),
                Named::Rest(_) => slots.rest.extend_from_slice(value.get().as_bytes()),
                Named::Nothing => {}
            }
        }
        Ok(())
    }
}

/// Finds out where a member belongs.
struct Name<'t> {
    table: &'t Table,
    /// The column after that of the member before.
    next: usize,
    rest: &'t mut Vec<u8>,
}

enum Named {
    Column(usize),
    /// Its name is written behind what stands up to here.
    Rest(usize),
    /// An older table has no column for it.
    Nothing,
}

impl<'a> DeserializeSeed<'a> for Name<'_> {
    type Value = Named;

    fn deserialize<D: serde::Deserializer<'a>>(self, reader: D) -> Result<Named, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Named;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Named, E> {
        if let Some(column) = self.table.column_of(name, self.next) {
            return Ok(Named::Column(column));
        }
        if !self.table.keeps_rest {
            return Ok(Named::Nothing);
        }
        let start = self.rest.len();
        if start > 1 {
            self.rest.push(b',');
        }
        serde_json::to_writer(&mut *self.rest, name).map_err(E::custom)?;
        self.rest.push(b':');
        Ok(Named::Rest(start))
    }
}
