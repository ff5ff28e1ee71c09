//! A database with the tables of a schema, and an emitter that writes to it.

use std::path::Path;
use std::time::{Duration, Instant};

use eventc::Timestamp;
use eventc_compiler::{Catalog, Sources, emit, postgres};
use eventc_delivery::{Builder, Emitter, Postgres, SinkHealth};
use eventc_testing::postgres::{Database, Server};
use eventc_testing::schema;

use crate::event::Folder;

/// The types of `shop/catalog.yaml`, and its tables.
pub(crate) mod shop {
    eventc::schema!(include "tests/it/postgres/shop");
}

/// Tables in a database, and a folder for what is on its way there.
pub(crate) struct Stage {
    pub(crate) catalog: Catalog,
    pub(crate) tables: postgres::Database,
    pub(crate) scripts: String,
    /// What the sink is given.
    pub(crate) description: String,
    pub(crate) database: Database,
    pub(crate) folder: Folder,
    /// A user with the role of a writer.
    pub(crate) user: String,
}

impl Stage {
    /// The tables of `shop`, on the server that tests share; none if there is no server.
    pub(crate) fn shop(name: &str) -> Option<Self> {
        let stage = Self::empty(Server::shared()?, name);
        stage.load();
        Some(stage)
    }

    /// A database without tables for those of `shop`.
    pub(crate) fn empty(server: &Server, name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/postgres/shop");
        let sources = Sources::read(&folder, "tests/it/postgres/shop").unwrap();
        let stage = Self::of(server, name, &sources);
        // In the same order and the same words, but for what its first line says of the folder.
        assert_eq!(
            stage.description.lines().skip(1).collect::<String>(),
            shop::POSTGRES.lines().skip(1).collect::<String>()
        );
        stage
    }

    /// A database for the tables of any schema.
    pub(crate) fn of(server: &Server, name: &str, sources: &Sources) -> Self {
        let catalog = schema::checked(sources);
        let description = emit(&catalog, sources)
            .into_iter()
            .find(|output| output.path == "postgres/_tables.json")
            .unwrap();
        let database = server.database(name);
        Stage {
            tables: postgres::Database::of(&catalog, sources),
            scripts: schema::script(&catalog, sources),
            description: description.text,
            user: format!("{}service", database.role_prefix()),
            folder: Folder::new(name),
            database,
            catalog,
        }
    }

    /// Makes the tables, and the user who writes to them.
    pub(crate) fn load(&self) {
        self.sql(&self.scripts);
        self.sql(&format!(
            "create role {0} login password 'secret'; grant {1}_writer to {0}",
            self.user, self.catalog.name
        ));
    }

    /// The URL for the user who writes.
    pub(crate) fn url(&self) -> String {
        let url = self.database.url();
        let (scheme, rest) = url.split_once("://").unwrap();
        let rest = rest.split_once('@').map_or(rest, |(_, host)| host);
        format!("{scheme}://{}:secret@{rest}", self.user)
    }

    pub(crate) fn sink(&self) -> Postgres {
        Postgres::new(self.url(), &self.description)
    }

    /// An emitter to the tables, with short pauses.
    pub(crate) fn emitter(&self) -> Emitter {
        self.builder().start().unwrap()
    }

    pub(crate) fn builder(&self) -> Builder {
        self.folder
            .emitter()
            .sink(self.sink())
            .backoff(Duration::from_millis(20), Duration::from_millis(200))
    }

    /// What a script answers to the owner.
    pub(crate) fn sql(&self, sql: &str) -> String {
        let answer = self.database.psql(sql);
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The rows of a query, in lines.
    pub(crate) fn rows(&self, query: &str) -> Vec<String> {
        self.sql(query).lines().map(str::to_owned).collect()
    }

    /// One number.
    pub(crate) fn number(&self, query: &str) -> u64 {
        self.sql(query).trim().parse().unwrap()
    }

    /// Events, and different ones, in `counted`.
    pub(crate) fn counted(&self) -> (u64, u64) {
        let count = |what: &str| self.number(&format!("select count({what}) from shop.counted"));
        (count("*"), count("distinct (thread, number)"))
    }
}

/// A number, counted now.
pub(crate) fn counted(thread: u32, number: u64) -> shop::Counted {
    shop::Counted {
        at: eventc::Key::new(Timestamp::now()).unwrap(),
        thread,
        number,
        note: "of no importance, but of some length".to_owned(),
    }
}

/// Waits until everything is delivered, and says how the sink is then.
pub(crate) fn flushed(emitter: &Emitter) -> SinkHealth {
    let flushed = emitter.flush(Duration::from_secs(30));
    let health = sink(emitter);
    assert!(flushed.is_complete(), "{flushed:?}: {health:?}");
    health
}

/// How the sink is.
pub(crate) fn sink(emitter: &Emitter) -> SinkHealth {
    emitter.health().sinks.swap_remove(0)
}

/// Waits until the sink fails with something in its words, and gives all of them.
pub(crate) fn fails_with(emitter: &Emitter, words: &str) -> String {
    let started = Instant::now();
    loop {
        let health = sink(emitter);
        let said = health.last_error.clone().unwrap_or_default();
        if said.contains(words) {
            assert!(!said.contains("secret"), "{said}");
            return said;
        }
        assert!(
            started.elapsed() < Duration::from_secs(15),
            "it never fails with {words:?}: {health:?}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A log as another process would have left it, in the form that the page of the crate describes.
pub(crate) struct LeftLog(Vec<u8>);

impl LeftLog {
    pub(crate) fn new() -> Self {
        LeftLog(Vec::new())
    }

    pub(crate) fn add(&mut self, event: &str, version: u64, accepted_at: &str, json: &str) {
        let payload = format!("{event}\t{version}\t{accepted_at}\t\n{json}\n");
        let length = u32::try_from(payload.len()).unwrap();
        self.0.extend(length.to_le_bytes());
        self.0
            .extend(crc32fast::hash(payload.as_bytes()).to_le_bytes());
        self.0.extend(payload.as_bytes());
    }

    /// Puts it where the next emitter finds it.
    pub(crate) fn leave(&self, stage: &Stage) {
        let slot = stage.folder.join("spool/0");
        std::fs::create_dir_all(&slot).unwrap();
        std::fs::write(slot.join("00000000000000000000.seg"), &self.0).unwrap();
    }
}
