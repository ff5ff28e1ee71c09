//! The server: how it is reached, and what its errors mean to who reads them.

use std::error::Error as _;
use std::time::Duration;

use postgres::config::Host;
use postgres::error::SqlState;
use postgres::{Config, Error};

/// How long a connection may take to be made, for each address.
const CONNECT: Duration = Duration::from_secs(10);

/// How long what was sent may go without an answer of the machine at the other end.
const UNANSWERED: Duration = Duration::from_secs(30);

/// After so long without a word the machine at the other end is asked whether it is there, and asked again.
const ASK_AFTER: Duration = Duration::from_secs(10);
const ASK_AGAIN: Duration = Duration::from_secs(5);
const ASK_TIMES: u32 = 4;

/// A server as it is spoken of: never its password, and never its URL, which may hold one.
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) config: Config,
    /// `orders on db.internal:5432`
    place: String,
    user: String,
    schema: String,
}

/// What an error is to rows on their way into a table.
pub(super) enum Refusal {
    /// The table never takes a row: the one of this number, if the server said which.
    Row(Option<usize>, Why),
    /// There is no partition for one.
    NoPartition(Option<usize>, Why),
    /// A row has the key of another one.
    Duplicate,
    /// It is nothing about a row: the store is away, or not as it should be.
    Other(String),
}

/// Why a row is refused.
#[derive(Clone, Debug)]
pub(super) struct Why {
    pub(super) sqlstate: String,
    pub(super) reason: String,
}

impl Server {
    /// Reads the URL, and sets what it leaves open. What cannot be read is not shown: a password with a `?` in it would be.
    pub(super) fn of(url: &str, schema: &str) -> Result<Self, String> {
        let mut config: Config = url.parse().map_err(|_| {
            "the URL of the database cannot be read; it is `postgres://user:password@host:5432/database`, and characters like `@`, `/`, `?` and `#` in a password are written `%40`, `%2F`, `%3F` and `%23` (it is not shown, because it may hold a password)"
                .to_owned()
        })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNANSWERED);
        }
        if config.get_keepalives_interval().is_none() {
            config
                .keepalives_idle(ASK_AFTER)
                .keepalives_interval(ASK_AGAIN)
                .keepalives_retries(ASK_TIMES);
        }
        if config.get_application_name().is_none() {
            config.application_name("eventc-delivery");
        }
        let host = match config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            #[cfg(unix)]
            Some(Host::Unix(folder)) => folder.display().to_string(),
            None => return Err("the URL of the database names no host".to_owned()),
        };
        let port = config.get_ports().first().copied().unwrap_or(5432);
        let user = config.get_user().unwrap_or("the user").to_owned();
        let name = config.get_dbname().unwrap_or(&user);
        Ok(Server {
            place: format!("{name} on {host}:{port}"),
            user,
            schema: schema.to_owned(),
            config,
        })
    }

    /// What an error says, and what to do about it.
    pub(super) fn explain(&self, error: &Error) -> String {
        self.say(&message(error), error.code())
    }

    /// The same of a connection that did not come about.
    pub(super) fn unreachable(&self, error: &Error) -> String {
        let what = format!("cannot connect: {}", message(error));
        match what.contains("TLS handshake") {
            true => self.complain(
                &what,
                "the URL asks for TLS: the server must speak it, and the sink needs a connector (`with_tls`)",
            ),
            false => self.say(&what, error.code()),
        }
    }

    /// Something that is wrong with the tables.
    pub(super) fn complain(&self, what: &str, help: &str) -> String {
        format!("{}: {what}; {help}", self.place)
    }

    /// What to do where somebody has not been given the rights of a writer.
    pub(super) fn grant(&self) -> String {
        format!(
            "`grant {}_writer to \"{}\"` gives them",
            self.schema, self.user
        )
    }

    fn say(&self, what: &str, code: Option<&SqlState>) -> String {
        match code.and_then(|code| self.advice(code.code())) {
            Some(help) => self.complain(what, &help),
            None => format!("{}: {what}", self.place),
        }
    }

    fn advice(&self, code: &str) -> Option<String> {
        let help = match code {
            "42501" => format!("the rights to write are missing: {}", self.grant()),
            "28P01" => "look at the user and the password of the URL".to_owned(),
            "28000" => "does the user of the URL exist, and is it let in from this machine? a server that insists on TLS is reached by `with_tls`".to_owned(),
            "3D000" => "create the database, and its tables with `eventc postgres migrate`".to_owned(),
            "3F000" | "42P01" | "42703" | "42883" | "42804" | "22P04" => {
                "the tables are not those that this service writes to: run `eventc postgres migrate` with its schema".to_owned()
            }
            "25006" => "the server takes no changes: is it a replica?".to_owned(),
            "55P03" => "somebody holds a lock on the table: look for it in `pg_locks`".to_owned(),
            "57014" => "it took longer than it may, or a person stopped it".to_owned(),
            "53100" => "the disk of the server is full".to_owned(),
            "53300" => "too many are connected to the server".to_owned(),
            _ => return None,
        };
        Some(help)
    }

    /// What an error is to the rows that were sent to a table.
    pub(super) fn judge(&self, error: &Error, table: &str) -> Refusal {
        let Some(said) = error.as_db_error() else {
            return Refusal::Other(self.explain(error));
        };
        let code = said.code().code();
        let line = said.where_().and_then(|context| line(context, table));
        let why = Why {
            sqlstate: code.to_owned(),
            reason: match said.column() {
                Some(column) => format!("{}, column `{column}`", said.message()),
                None => said.message().to_owned(),
            },
        };
        match code {
            "23514" if said.constraint().is_none() => Refusal::NoPartition(line, why),
            "23514" | "23502" => Refusal::Row(line, why),
            "23505" => Refusal::Duplicate,
            // That says the same of a row, but it is about the columns of all.
            "22P04" => Refusal::Other(self.explain(error)),
            _ if code.starts_with("22") => Refusal::Row(line, why),
            _ => Refusal::Other(self.explain(error)),
        }
    }
}

/// What the server says, without what it adds: a detail may show a row.
fn message(error: &Error) -> String {
    match error.as_db_error() {
        Some(said) => match said.hint() {
            Some(hint) => format!("{} ({}; {hint})", said.message(), said.code().code()),
            None => format!("{} ({})", said.message(), said.code().code()),
        },
        None => match error.source() {
            Some(source) if !error.to_string().ends_with(&source.to_string()) => {
                format!("{error}: {source}")
            }
            _ => error.to_string(),
        },
    }
}

/// The row that a context speaks of, from 0: `COPY orders, line 3211, column total`. What is about JSON has lines of its own
/// before that, and the word for a line is in the language of the server.
fn line(context: &str, table: &str) -> Option<usize> {
    let mut contexts = context.lines();
    let number = contexts.find_map(|line| {
        let rest = line.split_once("COPY ")?.1.strip_prefix(table)?;
        let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
        let end = digits.find(|c: char| !c.is_ascii_digit());
        digits
            .get(..end.unwrap_or(digits.len()))?
            .parse::<usize>()
            .ok()
    })?;
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_that_of_the_copy() {
        for (context, expected) in [
            ("COPY orders, line 3211, column total", Some(3210)),
            ("COPY orders, line 1", Some(0)),
            (
                "JSON data, line 1: {\"a\nCOPY orders, line 7, column b",
                Some(6),
            ),
            ("COPY orders, Zeile 12, Spalte a", Some(11)),
            ("SQL statement \"select 1\"", None),
            ("COPY others, line 3", None),
        ] {
            assert_eq!(line(context, "orders"), expected, "{context}");
        }
    }

    #[test]
    fn a_url_is_never_shown() {
        let wrong = Server::of("postgres://me:sec?ret@host:x/y", "acme").unwrap_err();
        assert!(
            !wrong.contains("sec") && !wrong.contains("host:x"),
            "{wrong}"
        );
        let server = Server::of("postgres://me:secret@db.internal/orders", "acme").unwrap();
        let said = server.complain("it is gone", "come back");
        assert_eq!(said, "orders on db.internal:5432: it is gone; come back");
    }
}
