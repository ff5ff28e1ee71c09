//! The tables of a catalog, before they are SQL: what the script writes, and what a live database is compared with.

use std::fmt;

use super::columns::RECEIVED;
use super::literal::Form;
use super::quote::Ident;
use super::tables::PAYLOAD;
use crate::catalog::{EventId, Expect, TransformKind};
use crate::json::Json;

/// The tables of a whole catalog.
#[derive(Debug)]
pub struct Database {
    /// The schema that holds them: the catalog's name.
    pub schema: String,
    /// In the order of the catalog: first the streams that have events, then the events that are streams of their own. The last
    /// is what eventc reports about itself.
    pub streams: Vec<StreamTables>,
    /// What is an alarm if it stays away, in the same order.
    pub expected: Vec<Expected>,
}

/// An event of which fewer than expected are an alarm.
#[derive(Debug)]
pub struct Expected {
    /// Its name on the wire.
    pub event: String,
    /// The table that it is counted in.
    pub table: String,
    /// The column of the time that it is counted by.
    pub time: String,
    /// How many there are at the least.
    pub least: Expect,
    /// Whether the table has other events as well.
    pub is_shared: bool,
}

/// The tables that hold the events of one stream.
#[derive(Debug)]
pub struct StreamTables {
    /// The name of the stream, or of the event that is one of its own, in the words of the schema.
    pub name: String,
    /// What unites them; none for an event that is a stream of its own.
    pub view: Option<View>,
    /// A table for each event, or one for all.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name in the schema.
    pub name: String,
    /// The events that it holds: one, or all of a stream.
    pub events: Vec<EventId>,
    /// In the order of the schema.
    pub columns: Vec<Column>,
    /// What every row fulfils, beyond the types of its columns.
    pub checks: Vec<Check>,
    /// The columns that say which event a row is; none if the schema names no `id`.
    pub primary_key: Vec<String>,
    /// How it is cut, from the outside in; empty if it is not.
    pub levels: Vec<Level>,
    /// The column of the time by which it is cut: it gets a BRIN index.
    pub time: Option<String>,
    /// How long rows are kept, in seconds.
    pub retain: Option<u64>,
    /// What people read about it, the fingerprint not among it.
    pub comment: String,
    /// Names its columns, checks and parts: two tables with the same one hold the same rows.
    pub fingerprint: String,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// The field's name on the wire.
    pub name: String,
    /// Its type.
    pub ty: ColumnType,
    /// Whether it is `NOT NULL`.
    pub required: bool,
    /// What a row has that says nothing, in SQL.
    pub default: Option<String>,
    /// What a message has that does not know the member: the same as JSON.
    pub(crate) backfill: Option<Json>,
    /// What it has, if that is no member of the message.
    pub(crate) holds: Option<Holds>,
    /// What people read about it.
    pub comment: String,
    /// How a value of it is written as SQL.
    pub(crate) form: Form,
}

/// What a column has that is no member of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// When the event came in.
    Received,
    /// The members that have no column.
    Rest,
}

impl Holds {
    /// As the description of the tables says it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Received => "received_at",
            Self::Rest => "rest",
        }
    }
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnType {
    /// As `format_type` of PostgreSQL says it, without `[]`.
    pub element: &'static str,
    /// Whether it is an array of them.
    pub is_array: bool,
}

impl ColumnType {
    /// One value, and not an array.
    pub(crate) fn one(element: &'static str) -> Self {
        Self {
            element,
            is_array: false,
        }
    }
}

/// As `format_type` of PostgreSQL says it: `timestamp with time zone`, `text[]`.
impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.element)?;
        f.write_str(if self.is_array { "[]" } else { "" })
    }
}

/// A condition with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// `status_range`: the column's name and the rule's.
    pub name: String,
    /// A condition on the columns, in SQL.
    pub condition: String,
}

/// One level at which a table is cut into partitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The column.
    pub column: String,
    /// How.
    pub method: Method,
}

/// How a table is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// By ranges of time, in UTC.
    Range(Unit),
    /// By a hash, into so many.
    Hash(u32),
    /// By the value itself: those that are known beforehand, or none if they are not.
    List(Vec<String>),
}

/// A range of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// What a transform of time cuts by.
    pub(crate) fn of(kind: TransformKind) -> Option<Self> {
        match kind {
            TransformKind::Hour => Some(Self::Hour),
            TransformKind::Day => Some(Self::Day),
            TransformKind::Month => Some(Self::Month),
            TransformKind::Year => Some(Self::Year),
            TransformKind::Bucket(_) | TransformKind::Identity => None,
        }
    }

    /// As `date_trunc` of PostgreSQL takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl Method {
    /// The word after `PARTITION BY`.
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Range(_) => "range",
            Self::Hash(_) => "hash",
            Self::List(_) => "list",
        }
    }
}

/// The most bytes that a transform adds to the name of a partition; `shared.sql` makes the names.
pub(crate) fn longest_suffix(kind: TransformKind) -> usize {
    match (Unit::of(kind), kind) {
        (Some(Unit::Hour), _) => "_2026112513".len(),
        (Some(Unit::Day), _) => "_20261125".len(),
        (Some(Unit::Month), _) => "_202611".len(),
        (Some(Unit::Year), _) => "_2026".len(),
        (None, TransformKind::Bucket(buckets)) => format!("_h{}", buckets.saturating_sub(1)).len(),
        // A value of at most twenty bytes, or a hash.
        (None, _) => 1 + 20,
    }
}

/// What unites the header's columns of all events of a stream.
#[derive(Debug)]
pub struct View {
    /// Its name in the schema.
    pub name: String,
    /// The columns, after `event` and `version`.
    pub columns: Vec<String>,
    /// What people read about it.
    pub comment: String,
    /// The query.
    pub query: String,
}

impl Table {
    /// The statement that puts an event into the table: for sample data.
    ///
    /// `message` is the event as it is on the wire and valid; a member that the table does not know is left out. `received_at`
    /// is when it came in, in RFC 3339, or now.
    pub fn insert(&self, database: &Database, message: &Json, received_at: Option<&str>) -> String {
        let Json::Object(members) = message else {
            return String::new();
        };
        let mut members: Vec<(&str, &Json)> = members
            .iter()
            .map(|(name, value)| (name.as_str(), value))
            .collect();
        let received = received_at.map(|at| Json::String(at.to_owned()));
        members.extend(received.as_ref().map(|at| (RECEIVED, at)));
        let is_column = |name: &str| self.columns.iter().any(|column| column.name == name);
        let rest = members.iter().filter(|(name, _)| !is_column(name));
        let rest = rest.map(|(name, value)| ((*name).to_owned(), (*value).clone()));
        let payload = Json::Object(rest.collect());
        if self.is_shared() {
            members.push((PAYLOAD, &payload));
        }
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for column in &self.columns {
            let member = members.iter().find(|(name, _)| *name == column.name);
            if let Some((_, value)) = member.filter(|(_, value)| **value != Json::Null) {
                names.push(Ident(&column.name).to_string());
                values.push(column.form.literal(value));
            }
        }
        format!(
            "insert into {} ({})\n  values ({});\n",
            database.qualified(&self.name),
            names.join(", "),
            values.join(", ")
        )
    }

    /// Whether its rows are in partitions.
    pub fn is_partitioned(&self) -> bool {
        !self.levels.is_empty()
    }

    /// Whether it holds all events of a stream, and what is not a column in a payload.
    pub fn is_shared(&self) -> bool {
        self.columns.iter().any(|column| column.name == "event")
    }

    /// Its comment in the database. Its last line is the fingerprint, by which a table is known for what it is.
    pub fn described(&self) -> String {
        format!("{}\neventc:{}", self.comment, self.fingerprint)
    }
}

impl Database {
    /// All tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.streams.iter().flat_map(|stream| &stream.tables)
    }

    /// The role that may insert, and have partitions made.
    pub fn writer(&self) -> String {
        format!("{}_writer", self.schema)
    }

    /// The role that may read.
    pub fn reader(&self) -> String {
        format!("{}_reader", self.schema)
    }

    /// A name in its schema, in quotes.
    pub fn qualified(&self, name: &str) -> String {
        format!("{}.{}", Ident(&self.schema), Ident(name))
    }
}
