//! A database for one test.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::programs::Programs;

/// A database of a server, which nobody else has.
pub struct Database {
    programs: Programs,
    /// The URL of the database from which it was created.
    server: String,
    name: String,
    /// Whether the server stays, and the database is to be dropped.
    is_left: bool,
}

impl Database {
    pub(super) fn create(
        programs: Programs,
        server: &str,
        name: String,
        is_left: bool,
    ) -> Result<Self, String> {
        let mut database = Database {
            programs,
            server: server.to_owned(),
            name,
            is_left: false,
        };
        // The server may have another encoding by itself, and words in another order.
        let create = format!(
            "create database {} template template0 encoding 'UTF8' locale 'C'",
            database.name
        );
        database.on_server(&create)?;
        database.is_left = is_left;
        Ok(database)
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        with_database(&self.server, &self.name)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the names of roles begin with that a test creates: roles are of the whole server, and these are dropped with the
    /// database.
    #[must_use]
    pub fn role_prefix(&self) -> String {
        format!("{}_", self.name)
    }

    /// Runs SQL, of any number of statements, until one fails: the rows, with `|` between columns, or what `psql` says.
    ///
    /// # Errors
    ///
    /// If a statement fails.
    pub fn psql(&self, sql: &str) -> Result<String, String> {
        psql(&self.programs, &self.url(), sql)
    }

    /// Runs a file of SQL.
    ///
    /// # Errors
    ///
    /// If a statement fails.
    pub fn psql_file(&self, path: &Path) -> Result<String, String> {
        let mut psql = psql_command(&self.programs, &self.url());
        said(psql.arg("--file").arg(path).stdin(Stdio::null()).output())
    }

    /// Writes out the database with these arguments: `["--schema-only"]`.
    ///
    /// # Errors
    ///
    /// If `pg_dump` fails.
    pub fn pg_dump(&self, arguments: &[&str]) -> Result<String, String> {
        let mut dump = client(&self.programs, "pg_dump");
        dump.args(arguments).arg(self.url());
        said(dump.output())
    }

    /// Ends all connections to this database, as an administrator would; how many there were.
    ///
    /// # Panics
    ///
    /// If the server does not answer.
    pub fn terminate_backends(&self) -> usize {
        let sql = format!(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{}'",
            self.name
        );
        let count = self.on_server(&sql).expect("the server answers");
        count.trim().parse().expect("a count is a number")
    }

    fn on_server(&self, sql: &str) -> Result<String, String> {
        psql(&self.programs, &self.server, sql)
    }
}

impl Drop for Database {
    /// A server that was started for a test takes all with it.
    fn drop(&mut self) {
        if self.is_left {
            let drop = format!(
                "drop database if exists {} with (force);
                 select format('drop role %I', rolname) from pg_roles where starts_with(rolname, '{}') \\gexec",
                self.name,
                self.role_prefix()
            );
            // The test may have stopped what it talks to; there is nobody to tell.
            let _ = self.on_server(&drop);
        }
    }
}

fn psql(programs: &Programs, url: &str, sql: &str) -> Result<String, String> {
    let mut psql = psql_command(programs, url);
    psql.args(["--file", "-"]);
    psql.stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = psql.spawn().map_err(|error| format!("`psql`: {error}"))?;
    let mut stdin = child.stdin.take().expect("a pipe was asked for");
    thread::scope(|scope| {
        // It may answer before it has read all, and it stops reading where a statement fails.
        scope.spawn(move || stdin.write_all(sql.as_bytes()));
        said(child.wait_with_output())
    })
}

fn psql_command(programs: &Programs, url: &str) -> Command {
    let mut psql = client(programs, "psql");
    psql.args([
        "-X",
        "-v",
        "ON_ERROR_STOP=1",
        "--quiet",
        "--no-align",
        "--tuples-only",
    ]);
    psql.args(["--dbname", url]);
    psql
}

/// A program of the client, which reads all as UTF-8 and asks nobody for a password.
fn client(programs: &Programs, name: &str) -> Command {
    let mut client = Command::new(programs.path(name));
    client
        .env("PGCLIENTENCODING", "UTF8")
        .env("LC_ALL", "C")
        .arg("--no-password");
    client.env_remove("PGOPTIONS").env_remove("PGSERVICE");
    client
}

fn said(output: std::io::Result<std::process::Output>) -> Result<String, String> {
    let output = output.map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stderr)),
    }
}

/// The URL with another database, and all else of it.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = match url.split_once('?') {
        Some((address, query)) => (address, format!("?{query}")),
        None => (url, String::new()),
    };
    let (scheme, rest) = address.split_once("://").expect("a URL has a scheme");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    format!("{scheme}://{host}/{name}{query}")
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn a_database_takes_the_place_of_another_one() {
        for (url, expected) in [
            ("postgres://a:b@c:1/d", "postgres://a:b@c:1/x"),
            ("postgres://c", "postgres://c/x"),
            (
                "postgresql:///d?host=/tmp&user=a",
                "postgresql:///x?host=/tmp&user=a",
            ),
        ] {
            assert_eq!(with_database(url, "x"), expected);
        }
    }
}
