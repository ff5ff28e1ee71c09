//! `eventc postgres`: what a live database has of the schema, and how it gets the rest.
//!
//! ```text
//! catalog → desired ┐
//!                   ├→ compare → plan → premises → show, apply
//! database ──→ live ┘                └→ doctor
//! ```
//!
//! `desired` lets the server itself make the tables, as temporary ones that are rolled back, and `introspect` reads both sides by the
//! same queries: so both are in the server's own words, and differ only where they are different.

mod alarms;
mod apply;
mod compare;
pub(crate) mod connection;
mod desired;
mod doctor;
mod expired;
mod introspect;
mod migrate;
mod partitions;
mod plan;
mod premises;
mod rights;
mod show;
mod snapshot;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use eventc_compiler::postgres::Database;

use crate::failure::Failure;
use crate::schema::{Checked, Schema};

/// Bring a PostgreSQL database up to the schema, and look after it.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring a database up to the schema: print what is to be done, and do it.
    ///
    /// Nothing is ever dropped that holds rows. What cannot be done without losing rows or stopping writers is refused, all of it at once, and
    /// then nothing is done.
    Migrate {
        #[command(flatten)]
        common: Common,
        /// Print what would be done, with its SQL, and do nothing.
        #[arg(long)]
        dry_run: bool,
        /// Write what would be done as a script for psql, and do nothing.
        #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
        to_file: Option<PathBuf>,
    },
    /// Look at a database and say what is wrong with it; change nothing.
    Doctor {
        #[command(flatten)]
        common: Common,
        /// How findings are written.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Say which alarms ring: too few events, silent services, events that are dropped, late or refused.
    ///
    /// It ends with 1 if one rings, with 0 if none does, and with 2 if that cannot be told. Their thresholds are the parameters of the function
    /// `alarms` in the database.
    Alarms {
        #[command(flatten)]
        common: Common,
    },
    /// Make partitions ahead, or drop those that are expired.
    #[command(subcommand)]
    Partitions(Partitions),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Partitions {
    /// Make the partitions of the time to come; as a writer or as the owner.
    Ensure {
        #[command(flatten)]
        common: Common,
        /// How far ahead: a number and `h`, `d` or `w`.
        #[arg(long, value_name = "TIME", default_value = "14d", value_parser = partitions::ahead)]
        ahead: i64,
    },
    /// Drop the partitions whose rows are all older than `retain`; as the owner.
    Drop {
        #[command(flatten)]
        common: Common,
    },
}

/// What every command is about.
#[derive(Debug, Args)]
pub(crate) struct Common {
    #[command(flatten)]
    schema: Schema,
    /// The database, as `postgres://user:password@host/database`; the password may stand in `PGPASSWORD`.
    ///
    /// There is no TLS: with `sslmode=require`, go through a proxy or a tunnel that speaks it.
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database: String,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs: an array of objects.
    Json,
    /// As annotations of GitHub Actions.
    Github,
}

/// Does it. The text is what is left to say.
pub(crate) fn run(command: &Command) -> Result<String, Failure> {
    match command {
        Command::Migrate {
            common,
            dry_run,
            to_file,
        } => migrate::run(common, *dry_run, to_file.as_deref()),
        Command::Doctor { common, format } => doctor::run(common, *format),
        Command::Alarms { common } => alarms::run(common),
        Command::Partitions(Partitions::Ensure { common, ahead }) => {
            partitions::ensure(common, *ahead)
        }
        Command::Partitions(Partitions::Drop { common }) => expired::drop(common),
    }
}

/// A schema that can be compared with a database.
struct Compiled {
    /// Its tables where they belong.
    database: Database,
    /// The same tables where they are only looked at.
    scratch: Database,
}

impl Common {
    /// The tables of the schema. Only names that are known to fit reach the server.
    fn compile(&self) -> Result<Compiled, Failure> {
        let Checked { sources, catalog } = self.schema.checked()?;
        if !catalog.targets.iter().any(|target| target == "postgres") {
            return Err(Failure::Problems(
                "error: the schema is not for PostgreSQL, so its names were not checked for what a server would cut off\n\
                 help: say `targets: [postgres]` in `catalog.yaml`"
                    .to_owned(),
            ));
        }
        Ok(Compiled {
            database: Database::of(&catalog, &sources),
            scratch: Database::in_schema(&catalog, &sources, "pg_temp"),
        })
    }

    fn connect(&self) -> Result<connection::Connected, Failure> {
        connection::connect(&self.database)
    }
}

/// Says what is going on while it is.
fn say(line: &str) {
    // A pipe that is closed is no reason to stop half-way.
    let _ = writeln!(anstream::stdout(), "{line}");
}
