//! `eventc compare`: whether two stores have the same events.
//!
//! ```text
//! folder   ┐
//!          ├→ found ──→ difference ──→ report
//! database ┘
//! ```
//!
//! It goes through the catalog event by event, so that no more is in memory than the ids of one.

#[cfg(feature = "postgres")]
mod database;
mod day;
mod difference;
mod folder;
mod found;
mod report;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use eventc_compiler::postgres::Database;
use eventc_compiler::{Catalog, nearest};

use crate::failure::Failure;
use crate::schema::Schema;
use crate::terminal::{remark, say};
use day::{Day, Days};
use difference::Difference;
use found::{Found, Kept};

/// What is compared, and how it is told.
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// A store: the folder that the sink `Files` writes to, or a database as `postgres://user@host/database`.
    left: String,
    /// The store it is compared with.
    right: String,
    #[command(flatten)]
    schema: Schema,
    /// The first day, in UTC: a date, `today`, `yesterday`, or so many days ago as `7d`.
    #[arg(long, value_name = "DAY", default_value = "7d")]
    from: Day,
    /// The last day.
    ///
    /// What is emitted while this runs may be in one store and not yet in the other: `yesterday` is a day that has come to
    /// its end.
    #[arg(long, value_name = "DAY", default_value = "today")]
    to: Day,
    /// Only this event; can be given several times.
    #[arg(long = "event", value_name = "NAME")]
    events: Vec<String>,
    /// Show what is the same in both, too.
    #[arg(long)]
    all: bool,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs: an object on a line for each event and day.
    Json,
}

impl Compare {
    /// Compares. It ends with 1 if one store has what the other lacks.
    pub(super) fn run(&self) -> Result<String, Failure> {
        let checked = self.schema.checked()?;
        let days = Days::new(self.from, self.to)?;
        let tables = Database::of(&checked.catalog, &checked.sources);
        let kept = asked(&checked.catalog, &tables, &self.events)?;
        let mut left = Store::open(&self.left, &tables)?;
        let mut right = Store::open(&self.right, &tables)?;

        let mut report = report::Report::new(self.all, self.format);
        for event in &kept {
            let difference =
                Difference::between(left.read(event, &days)?, right.read(event, &days)?);
            report.add(event, difference);
        }
        let (text, is_same) = report.close(&left.name(), &right.name(), &days);
        note(left.unread() + right.unread());
        if is_same {
            return Ok(text);
        }
        // What differs is the answer, and not an error: it goes where answers go.
        say(&text)?;
        Err(Failure::Problems(String::new()))
    }
}

/// Says that files were left out. It is no part of the answer, which programs may read.
fn note(open: usize) {
    let files = match open {
        0 => return,
        1 => "a file is".to_owned(),
        open => format!("{open} files are"),
    };
    remark(&format!(
        "note: {files} still being written (`*.jsonl.open`), and not compared"
    ));
}

/// The events to compare.
fn asked<'c>(
    catalog: &'c Catalog,
    tables: &'c Database,
    names: &[String],
) -> Result<Vec<Kept<'c>>, Failure> {
    let kept = found::kept(catalog, tables);
    if let Some(unknown) = names
        .iter()
        .find(|name| kept.iter().all(|event| event.name != name.as_str()))
    {
        let help = match nearest(unknown, kept.iter().map(|event| event.name)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`eventc list` shows what it has".to_owned(),
        };
        return Err(Failure::usage(
            format!("the schema has no event `{unknown}`"),
            help,
        ));
    }
    let is_asked = |event: &Kept<'_>| names.is_empty() || names.iter().any(|it| it == event.name);
    Ok(kept.into_iter().filter(is_asked).collect())
}

/// A place that has events.
enum Store {
    Folder(folder::Folder),
    #[cfg(feature = "postgres")]
    Database(Box<database::Live>),
}

impl Store {
    fn open(place: &str, tables: &Database) -> Result<Self, Failure> {
        if !place.starts_with("postgres://") && !place.starts_with("postgresql://") {
            return folder::Folder::open(PathBuf::from(place)).map(Store::Folder);
        }
        #[cfg(feature = "postgres")]
        return database::Live::open(place, tables).map(|live| Store::Database(Box::new(live)));
        #[cfg(not(feature = "postgres"))]
        {
            let _ = tables;
            Err(Failure::usage(
                "this `eventc` cannot speak to a database",
                "install it with the feature `postgres`",
            ))
        }
    }

    fn name(&self) -> String {
        match self {
            Store::Folder(folder) => folder.name(),
            #[cfg(feature = "postgres")]
            Store::Database(live) => live.name(),
        }
    }

    fn read(&mut self, event: &Kept<'_>, days: &Days) -> Result<Found, Failure> {
        match self {
            Store::Folder(folder) => folder.read(event, days),
            #[cfg(feature = "postgres")]
            Store::Database(live) => live.read(event, days),
        }
    }

    /// How many files were not read, as they are not closed.
    fn unread(&self) -> usize {
        match self {
            Store::Folder(folder) => folder.unread(),
            #[cfg(feature = "postgres")]
            Store::Database(_) => 0,
        }
    }
}
