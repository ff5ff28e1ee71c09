//! A real PostgreSQL, for tests that nothing else convinces.
//!
//! Where `EVENTC_TEST_POSTGRES` is the URL of a database whose user may create databases and roles, that server is used. Else one
//! is started for the test, in a folder of its own, if its programs are found; it is gone when the test is, however that ends.
//! Where there is none, [`Server::start`] says so once, on standard error, and gives nothing; in CI (`CI` is set, and not
//! `false`) it panics, so that tests are not left out where nobody sees it.
//!
//! ```no_run
//! use eventc_testing::postgres::Server;
//!
//! let Some(server) = Server::shared() else { return };
//! let database = server.database("orders");
//! assert_eq!(database.psql("select 1 + 1").as_deref(), Ok("2\n"));
//! ```

mod cluster;
mod database;
mod programs;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Once, OnceLock};
use std::{env, process};

use cluster::Cluster;
pub use database::Database;
use programs::Programs;

use crate::programs::left_out;

/// The variable that names a server which is there already.
const URL: &str = "EVENTC_TEST_POSTGRES";

/// The least version that is of use.
const VERSION: u32 = 15;

/// A server.
pub struct Server {
    programs: Programs,
    home: Home,
}

enum Home {
    /// Started here, and stopped when the server is dropped.
    Own(Cluster),
    /// There already, at this URL.
    Named(String),
}

/// A server to be started for a test, with settings of its own.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    settings: Vec<(String, String)>,
}

impl Server {
    /// The server of this process: started for the first that asks, and stopped when the process ends.
    ///
    /// # Panics
    ///
    /// The same as [`Server::start`].
    pub fn shared() -> Option<&'static Server> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        SHARED.get_or_init(Server::start).as_ref()
    }

    /// The server that `EVENTC_TEST_POSTGRES` names, or else one that is started; none if there are no programs for it.
    ///
    /// # Panics
    ///
    /// If there are none in CI, or a server does not start though there are.
    #[must_use]
    pub fn start() -> Option<Server> {
        match env::var(URL) {
            Ok(url) if !url.is_empty() => Some(Server::at(&url)),
            _ => Server::builder().start(),
        }
    }

    /// The server at this URL, of a database that is always there, as a user who may create databases and roles.
    #[must_use]
    pub fn at(url: &str) -> Server {
        Server {
            programs: Programs::of_client(),
            home: Home::Named(url.to_owned()),
        }
    }

    /// A server of one's own, to be configured, and to be stopped while it is in use.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The URL of a database that is always there, as a user who may do everything.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.home {
            Home::Own(cluster) => cluster.url("postgres"),
            Home::Named(url) => url.clone(),
        }
    }

    /// A new database, with a part of its name that people recognise.
    ///
    /// # Panics
    ///
    /// If it cannot be created.
    #[must_use]
    pub fn database(&self, hint: &str) -> Database {
        let database = self.try_database(hint);
        database.unwrap_or_else(|says| panic!("no database: {says}"))
    }

    /// The same, for those who did not choose the server.
    ///
    /// # Errors
    ///
    /// What `psql` says, if it cannot be created.
    pub fn try_database(&self, hint: &str) -> Result<Database, String> {
        static CREATED: AtomicUsize = AtomicUsize::new(0);
        let number = CREATED.fetch_add(1, Ordering::Relaxed);
        let hint: String = hint
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .take(20)
            .collect();
        let name = format!(
            "eventc_{}_{number}_{}",
            process::id(),
            hint.to_ascii_lowercase()
        );
        let is_left = matches!(self.home, Home::Named(_));
        Database::create(self.programs.clone(), &self.url(), name, is_left)
    }

    /// Stops as if the machine had lost its power: what was not written to disk is lost, and connections break.
    ///
    /// # Panics
    ///
    /// If the server is not of one's own.
    pub fn stop_immediate(&self) {
        self.cluster().stop("immediate");
    }

    /// Stops in order, without waiting for those who are connected.
    ///
    /// # Panics
    ///
    /// If the server is not of one's own.
    pub fn stop_fast(&self) {
        self.cluster().stop("fast");
    }

    /// Starts what was stopped, on the same port, with the same data.
    ///
    /// # Panics
    ///
    /// If the server is not of one's own, or does not start.
    pub fn start_again(&self) {
        if let Err(log) = self.cluster().start() {
            panic!("PostgreSQL does not start again:\n{log}");
        }
    }

    fn cluster(&self) -> &Cluster {
        match &self.home {
            Home::Own(cluster) => cluster,
            Home::Named(_) => panic!(
                "a server that `{URL}` names is not stopped: `Server::builder().start()` starts one for this test"
            ),
        }
    }
}

impl Builder {
    /// A setting of `postgresql.conf`: `("fsync", "on")`. Nothing is made sure to be on disk unless this is said.
    #[must_use]
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts it, whatever `EVENTC_TEST_POSTGRES` is; none if there are no programs for it.
    ///
    /// # Panics
    ///
    /// If there are none in CI, or it does not start though there are.
    #[must_use]
    pub fn start(&self) -> Option<Server> {
        let Some(programs) = Programs::find(VERSION) else {
            skip();
            return None;
        };
        let home = Home::Own(Cluster::start_new(&programs, &self.settings));
        Some(Server { programs, home })
    }
}

/// Says once what is left out, or panics in CI.
fn skip() {
    static SAID: Once = Once::new();
    let how = format!(
        "install PostgreSQL {VERSION} or newer (`apt-get install postgresql`, `brew install postgresql`), or give the URL of one in `{URL}`"
    );
    left_out(&SAID, "PostgreSQL", &how);
}
