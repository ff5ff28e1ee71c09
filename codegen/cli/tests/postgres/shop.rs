//! A schema in a folder, a database, and the command.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use eventc_testing::postgres::{Database, Server};

/// Comments cite it, so it is called alike in all of them.
const SCHEMA: &str = "schema";

pub(crate) struct Shop {
    folder: PathBuf,
    pub(crate) database: Database,
}

/// How the command ended.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) text: String,
}

impl Shop {
    /// An empty database, and a schema that says nothing yet; none without a server.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let database = Server::shared()?.database(name);
        let folder = std::env::temp_dir().join(format!("eventc-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join(SCHEMA)).unwrap();
        Some(Self { folder, database })
    }

    /// A database that is what the schema says.
    pub(crate) fn with(name: &str, schema: &str) -> Option<Self> {
        let shop = Self::new(name)?;
        let said = shop.migrate(schema);
        assert_eq!(said.code, 0, "{}", said.text);
        Some(shop)
    }

    /// From now on this is the schema: one file, its root.
    pub(crate) fn write(&self, schema: &str) {
        let root = format!("catalog: acme\neventc: 1\ntargets: [postgres]\n{schema}");
        fs::write(self.folder.join(SCHEMA).join("catalog.yaml"), root).unwrap();
    }

    pub(crate) fn migrate(&self, schema: &str) -> Said {
        self.write(schema);
        self.run(&["migrate"])
    }

    /// `eventc postgres …`
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
        command.arg("postgres").args(arguments);
        command.arg("--schema").arg(self.folder.join(SCHEMA));
        command
            .env("DATABASE_URL", self.database.url())
            .env("NO_COLOR", "1");
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        Said {
            code: output.status.code().unwrap(),
            text: String::from_utf8(text)
                .unwrap()
                .replace(self.database.name(), "<database>"),
        }
    }

    /// What a script answers.
    pub(crate) fn sql(&self, sql: &str) -> String {
        let answer = self.database.psql(sql);
        answer
            .unwrap_or_else(|error| panic!("{sql}\n{error}"))
            .trim()
            .to_owned()
    }

    /// Everything but what differs from dump to dump.
    pub(crate) fn dump(&self) -> String {
        let dump = self.database.pg_dump(&[]).unwrap();
        let lines = dump.lines().filter(|line| !line.starts_with('\\'));
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // A folder that stays is in nobody's way.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
