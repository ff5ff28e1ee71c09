//! A server with the table.

use std::error::Error;
use std::path::Path;

use eventc_compiler::Sources;
use eventc_testing::postgres::{Database, Server};
use eventc_testing::schema;

/// The event as a type, and its table.
pub(crate) mod shop {
    #![allow(missing_docs, unreachable_pub, dead_code)]
    eventc::schema!(include "schema");
}

pub(crate) struct Stage {
    _server: Server,
    pub(crate) database: Database,
}

impl Stage {
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let server = Server::builder()
            .setting("shared_buffers", "256MB")
            .setting("max_wal_size", "4GB")
            .start()
            .ok_or("there is no PostgreSQL on this machine")?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
        let sources = Sources::read(&folder, "schema")?;
        let database = server.database("tables");
        database.psql(&schema::script(&schema::checked(&sources), &sources))?;
        Ok(Stage {
            _server: server,
            database,
        })
    }

    pub(crate) fn url(&self) -> String {
        self.database.url()
    }

    /// Takes out what is in the table, as what is not there can be.
    pub(crate) fn empty(&self) -> Result<(), String> {
        let sql = "truncate bench.checkout_order_placed, bench._delivery; checkpoint";
        self.database.psql(sql).map(drop)
    }

    /// Makes sure that so many rows are there.
    pub(crate) fn has(&self, rows: u64) -> Result<(), String> {
        let count = self
            .database
            .psql("select count(*) from bench.checkout_order_placed")?;
        match count.trim() == rows.to_string() {
            true => Ok(()),
            false => Err(format!("there are {} rows of {rows}", count.trim())),
        }
    }

    /// The process of the server that speaks with this application.
    pub(crate) fn backend(&self, application: &str) -> Result<u32, Box<dyn Error>> {
        let sql =
            format!("select pid from pg_stat_activity where application_name = '{application}'");
        Ok(self.database.psql(&sql)?.trim().parse()?)
    }
}
