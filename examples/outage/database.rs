//! The database of both, and the ways to break it.

use std::error::Error;
use std::path::Path;

use eventc_testing::postgres::{self as testing, Server};
use postgres::{Client, NoTls};

use crate::load::Request;
use crate::{Phase, coupled};

/// What undoes the damage.
type Mend<'a> = Box<dyn FnOnce() -> Result<(), Box<dyn Error>> + 'a>;

/// Takes today's partitions away, and the rows in them.
const TAKE_AWAY: &str = "
    alter table requests detach partition requests_today;
    do $$
      declare today text := 'backend_request_success_' || to_char(now() at time zone 'utc', 'YYYYMMDD');
      begin
        execute format('alter table acme.backend_request_success detach partition acme.%I', today);
        execute format('alter table acme.%I set schema public', today);
        execute format('alter table public.%I rename to taken_away', today);
      end
    $$";

/// Somebody makes a partition of the table of old. For the other table nobody does.
const BRING_BACK: &str = "alter table requests attach partition requests_today for values from (current_date) to (current_date + 2)";

const LOCK: &str =
    "begin; lock table requests, acme.backend_request_success in access exclusive mode";

/// Rows, and how many ids they have.
const COUNT: &str = "
    select count(*), count(distinct event_id)
      from (select event_id from acme.backend_request_success union all select event_id from taken_away) as stored";

pub struct Database<'a> {
    server: &'a Server,
    /// Whether the server may be stopped.
    is_own: bool,
    database: testing::Database,
}

impl<'a> Database<'a> {
    pub fn create(server: &'a Server, is_own: bool) -> Result<Self, Box<dyn Error>> {
        let database = server.try_database("outage")?;
        let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/postgres/_load.sql");
        database.psql_file(&tables)?;
        database.psql(coupled::TABLE)?;
        Ok(Database {
            server,
            is_own,
            database,
        })
    }

    pub fn url(&self) -> String {
        self.database.url()
    }

    /// Does to the database what belongs to a phase; what comes back ends that.
    pub fn break_by(&self, phase: Phase) -> Result<Mend<'_>, Box<dyn Error>> {
        Ok(match phase {
            Phase::Healthy | Phase::Refactored | Phase::Recovered => Box::new(|| Ok(())),
            Phase::NoPartition => {
                self.database.psql(TAKE_AWAY)?;
                Box::new(|| {
                    self.database.psql(BRING_BACK)?;
                    Ok(())
                })
            }
            Phase::Locked => {
                let mut client = Client::connect(&self.url(), NoTls)?;
                client.batch_execute(LOCK)?;
                Box::new(move || Ok(client.batch_execute("commit")?))
            }
            Phase::Stopped if self.is_own => {
                self.server.stop_immediate();
                Box::new(|| {
                    self.server.start_again();
                    Ok(())
                })
            }
            // somebody else's server is only down for this database
            Phase::Stopped => {
                self.allow_connections(false)?;
                self.database.terminate_backends();
                Box::new(|| self.allow_connections(true))
            }
        })
    }

    fn allow_connections(&self, are_allowed: bool) -> Result<(), Box<dyn Error>> {
        let name = self.database.name();
        let sql = format!("alter database {name} allow_connections {are_allowed}");
        Ok(Client::connect(&self.server.url(), NoTls)?.batch_execute(&sql)?)
    }

    /// Prints what is stored of what should be; whether each event of the emitter is there once.
    pub fn compare(&self, coupled: &[Request], emitted: u64) -> Result<bool, Box<dyn Error>> {
        let mut client = Client::connect(&self.url(), NoTls)?;
        let row = client.query_one("select count(*) from requests", &[])?;
        let written: i64 = row.try_get(0)?;
        let row = client.query_one(COUNT, &[])?;
        let (rows, ids): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        println!(
            "\nrows\n  coupled  {written:>6}, of {} requests\n  eventc   {rows:>6}, of {emitted} events; {} twice",
            coupled.len(),
            rows - ids
        );
        Ok(u64::try_from(rows)? == emitted && rows == ids)
    }
}
