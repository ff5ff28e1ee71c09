//! What is known of the tables: the text that the compiler writes beside their scripts.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::value::Type;

/// The form of the text that this version reads.
const FORMAT: u32 = 1;

/// All tables of a catalog.
#[derive(Debug)]
pub(super) struct Tables {
    /// The schema of the database that holds them.
    pub(super) schema: String,
    pub(super) tables: Vec<Table>,
    /// Which of them holds an event.
    by_event: HashMap<String, usize>,
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: String,
    /// The last line of its comment in the database ends in it.
    pub(super) fingerprint: String,
    pub(super) columns: Vec<Column>,
    /// Columns by the names of their members.
    members: HashMap<String, usize>,
    /// Whether a column takes the members that have none.
    pub(super) keeps_rest: bool,
    pub(super) levels: Vec<Level>,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) required: bool,
    /// What it has where the member is missing, as JSON.
    pub(super) default: Option<String>,
    pub(super) holds: Holds,
}

/// What a column has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holds {
    /// The member of its name.
    #[default]
    Member,
    /// When the event was accepted.
    ReceivedAt,
    /// The members that have no column.
    Rest,
}

/// One level at which a table is cut, if it asks for more than the clock does.
#[derive(Debug)]
pub(super) struct Level {
    /// Its place among the columns.
    pub(super) column: usize,
    pub(super) cut: Cut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Ranges of time, none of them shorter than so many seconds.
    Time(i64),
    /// The value itself, where the schema does not list them.
    Value,
}

#[derive(Deserialize)]
struct Form {
    format: u32,
}

#[derive(Deserialize)]
struct Description<'a> {
    schema: String,
    #[serde(borrow)]
    tables: Vec<DescribedTable<'a>>,
}

#[derive(Deserialize)]
struct DescribedTable<'a> {
    name: String,
    fingerprint: String,
    events: Vec<String>,
    partition: Vec<DescribedLevel>,
    #[serde(borrow)]
    columns: Vec<DescribedColumn<'a>>,
}

#[derive(Deserialize)]
struct DescribedLevel {
    column: String,
    by: String,
    #[serde(default)]
    known: Vec<String>,
}

#[derive(Deserialize)]
struct DescribedColumn<'a> {
    name: String,
    #[serde(rename = "type")]
    ty: String,
    required: bool,
    #[serde(default, borrow)]
    default: Option<&'a RawValue>,
    #[serde(default)]
    holds: Holds,
}

impl Tables {
    /// Reads the text; what is wrong with it, if it is none.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let unreadable = |error| {
            format!(
                "the tables are not described as eventc does it ({error}); give it `events::POSTGRES` of the generated crate"
            )
        };
        // The form comes first: one that is newer may have anything behind it.
        let form: Form = serde_json::from_str(text).map_err(unreadable)?;
        if form.format != FORMAT {
            return Err(format!(
                "the tables are described in the form {}, and this version of eventc-delivery reads the form {FORMAT}: take the version that the generated crate was compiled with",
                form.format
            ));
        }
        let description: Description<'_> = serde_json::from_str(text).map_err(unreadable)?;
        let mut by_event = HashMap::new();
        let mut tables = Vec::new();
        for described in description.tables {
            let events = described.events.iter().cloned();
            by_event.extend(events.map(|event| (event, tables.len())));
            tables.push(Table::of(described)?);
        }
        Ok(Tables {
            schema: description.schema,
            tables,
            by_event,
        })
    }

    /// The table of an event, by its number.
    pub(super) fn of_event(&self, event: &str) -> Option<(usize, &Table)> {
        let index = *self.by_event.get(event)?;
        Some((index, self.tables.get(index)?))
    }

    /// A name of the schema, in quotes.
    pub(super) fn qualified(&self, name: &str) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(name))
    }
}

impl Table {
    fn of(described: DescribedTable<'_>) -> Result<Self, String> {
        let mut columns = Vec::new();
        for column in described.columns {
            let Some(ty) = Type::named(&column.ty) else {
                return Err(format!(
                    "the column `{}` of the table `{}` is of the type `{}`, which this version of eventc-delivery does not know",
                    column.name, described.name, column.ty
                ));
            };
            columns.push(Column {
                name: column.name,
                ty,
                required: column.required,
                default: column.default.map(|value| value.get().to_owned()),
                holds: column.holds,
            });
        }
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let mut levels = Vec::new();
        for level in &described.partition {
            let cut = match level.by.as_str() {
                "hour" => Cut::Time(3600),
                "day" | "month" | "year" => Cut::Time(86_400),
                "list" if level.known.is_empty() => Cut::Value,
                // What is known beforehand is made by the clock.
                "list" | "hash" => continue,
                by => {
                    return Err(format!(
                        "the table `{}` is cut by `{by}`, which this version of eventc-delivery does not know",
                        described.name
                    ));
                }
            };
            let Some(column) = place(&level.column) else {
                return Err(format!(
                    "the table `{}` is cut by `{}`, which is no column of it",
                    described.name, level.column
                ));
            };
            levels.push(Level { column, cut });
        }
        let members = columns.iter().enumerate();
        let members = members.filter(|(_, column)| column.holds == Holds::Member);
        Ok(Table {
            members: members
                .map(|(index, column)| (column.name.clone(), index))
                .collect(),
            keeps_rest: columns.iter().any(|column| column.holds == Holds::Rest),
            name: described.name,
            fingerprint: described.fingerprint,
            columns,
            levels,
        })
    }

    /// The column of a member. Messages are written in the order of the columns: `next` is where it is looked for first.
    pub(super) fn column_of(&self, member: &str, next: usize) -> Option<usize> {
        let is_next = |column: &Column| column.name == member && column.holds == Holds::Member;
        match self.columns.get(next) {
            Some(column) if is_next(column) => Some(next),
            _ => self.members.get(member).copied(),
        }
    }

    /// The names of its columns, in quotes.
    pub(super) fn column_list(&self) -> String {
        let names = self.columns.iter().map(|column| quoted(&column.name));
        names.collect::<Vec<_>>().join(", ")
    }
}

/// A name as SQL has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
