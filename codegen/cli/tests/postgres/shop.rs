//! A database and a schema, and the command between them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use eventc_compiler::postgres::script;
use eventc_compiler::{Sources, compile, postgres};
use eventc_testing::postgres::{Database, Server};

/// What ends, and how, and what it says.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A database of its own, and the schema that it is to have. The catalog is called like the database, so roles are its own, too.
pub(crate) struct Shop {
    pub(crate) database: Database,
    pub(crate) folder: PathBuf,
}

impl Shop {
    /// A database with nothing in it; none if there is no server.
    pub(crate) fn empty(hint: &str, files: &[(&str, &str)]) -> Option<Self> {
        let database = Server::shared()?.database(hint);
        let folder = std::env::temp_dir().join(database.name());
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("schema")).unwrap();
        let shop = Self { database, folder };
        shop.schema(files);
        Some(shop)
    }

    /// A database that has been given the schema.
    pub(crate) fn new(hint: &str, files: &[(&str, &str)]) -> Option<Self> {
        let shop = Self::empty(hint, files)?;
        shop.load();
        Some(shop)
    }

    /// Takes another schema.
    pub(crate) fn schema(&self, files: &[(&str, &str)]) {
        let folder = self.folder.join("schema");
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir_all(&folder).unwrap();
        let root = format!(
            "catalog: {}\neventc: 1\ntargets: [postgres]\n",
            self.database.name()
        );
        fs::write(folder.join("catalog.yaml"), root).unwrap();
        for (path, text) in files {
            fs::write(folder.join(path), text).unwrap();
        }
    }

    /// Runs the scripts of the schema, as `psql` would.
    pub(crate) fn load(&self) {
        let sql = self.script();
        if let Err(says) = self.database.psql(&sql) {
            panic!("{says}");
        }
    }

    pub(crate) fn script(&self) -> String {
        let sources = Sources::read(&self.folder.join("schema"), "schema").unwrap();
        let compilation = compile(&sources);
        let catalog = compilation.catalog.unwrap_or_else(|| {
            panic!("{:#?}", compilation.diagnostics);
        });
        let database = postgres::Database::of(&catalog, &sources);
        let streams = database.streams.iter();
        let streams: String = streams
            .map(|stream| script::stream(&database, stream) + &script::prepare(&database, stream))
            .collect();
        script::shared(&database) + &streams
    }

    pub(crate) fn sql(&self, sql: &str) -> String {
        let sql = sql.replace("@", self.database.name());
        self.database
            .psql(&sql)
            .unwrap_or_else(|says| panic!("{says}\n{sql}"))
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.run_at(&self.database.url(), arguments)
    }

    pub(crate) fn run_at(&self, url: &str, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
        command.arg("postgres").args(arguments);
        command.env("DATABASE_URL", url).env_remove("PGPASSWORD");
        self.said(command.current_dir(&self.folder).output().unwrap())
    }

    pub(crate) fn migrate(&self) -> Said {
        self.run(&["migrate"])
    }

    /// The plan, which is then carried out.
    pub(crate) fn plan(&self) -> String {
        let said = self.run(&["migrate", "--dry-run"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        said.out
    }

    /// The URL for somebody else who may log in.
    pub(crate) fn url_of(&self, user: &str) -> String {
        let url = self.database.url();
        let (scheme, rest) = url.split_once("://").unwrap();
        let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
        format!("{scheme}://{user}@{host}")
    }

    /// A role of this test, which may log in.
    pub(crate) fn user(&self, name: &str) -> String {
        let name = format!("{}{name}", self.database.role_prefix());
        self.sql(&format!("create role {name} login"));
        name
    }

    pub(crate) fn said(&self, output: Output) -> Said {
        let text = |bytes: &[u8]| self.nameless(&String::from_utf8_lossy(bytes));
        Said {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Without what is another in each run.
    pub(crate) fn nameless(&self, text: &str) -> String {
        let url = self.database.url();
        let place = url.rsplit_once('@').unwrap().1.split('/').next().unwrap();
        let text = text
            .replace(self.database.name(), "shop")
            .replace(place, "host:5432");
        // Fingerprints follow the words of the scripts.
        let is_digit = |c: char| c.is_ascii_hexdigit();
        let words = text.split_inclusive(|c| !is_digit(c));
        words
            .map(|word| {
                let digits = word.trim_end_matches(|c| !is_digit(c));
                match digits.len() {
                    32 => word.replace(digits, "…"),
                    _ => word.to_owned(),
                }
            })
            .collect()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
