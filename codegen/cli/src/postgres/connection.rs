//! The way to the server, and what its errors mean to who reads them.

use std::time::Duration;

use ::postgres::config::{Host, SslMode};
use ::postgres::error::SqlState;
use ::postgres::{Client, Config, Error, NoTls};

use crate::failure::Failure;

/// The least version of the server, as it says it itself.
const OLDEST: i32 = 150_000;

/// A connection, and how it is called.
pub(crate) struct Connected {
    pub(crate) client: Client,
    /// `orders on db.internal:5432`: never the password.
    pub(crate) place: String,
}

/// Connects, and makes sure that the server is one whose answers are understood.
pub(crate) fn connect(url: &str) -> Result<Connected, Failure> {
    let config = configure(url)?;
    let place = place(&config);
    let mut client = config
        .connect(NoTls)
        .map_err(|error| Failure::Trouble(unreachable(&error, &place)))?;
    let asked = client
        .batch_execute(SETTINGS)
        .and_then(|()| client.query_one(VERSION, &[]))
        .and_then(|row| Ok((row.try_get::<_, i32>(0)?, row.try_get::<_, String>(1)?)));
    let (number, version) = asked.map_err(|error| Failure::Trouble(said(&error)))?;
    if number < OLDEST {
        return Err(Failure::Trouble(format!(
            "{place} is PostgreSQL {version}, and the tables need 15 or newer\n\
             help: migrate the server first; nothing was changed"
        )));
    }
    Ok(Connected { client, place })
}

/// What the server says, with what it adds; one line for each.
pub(super) fn said(error: &Error) -> String {
    let Some(said) = error.as_db_error() else {
        return match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        };
    };
    let mut text = format!("{} ({})", said.message(), said.code().code());
    let more = [("detail", said.detail()), ("hint", said.hint())];
    for (what, line) in more {
        text.extend(line.map(|line| format!("\n{what}: {line}")));
    }
    text
}

/// The same, with what to do about it where the server says little.
pub(crate) fn advised(error: &Error) -> String {
    match error.code().and_then(advice) {
        Some(advice) => format!("{}\nhelp: {advice}", said(error)),
        None => said(error),
    }
}

/// What the session's answers depend on. Both sides of a comparison are read in one session, but people read them, too.
const SETTINGS: &str = "
set timezone = 'UTC';
set intervalstyle = 'postgres';
set datestyle = 'ISO';
set client_min_messages = warning;
set search_path = pg_catalog;
";

const VERSION: &str =
    "select current_setting('server_version_num')::int, current_setting('server_version')";

/// Reads the URL. What cannot be read is not shown: a password with a `?` in it would be.
fn configure(url: &str) -> Result<Config, Failure> {
    let unreadable = || {
        let why = match url.split_once("sslmode=") {
            Some(_) => "`sslmode` is `disable` or `prefer` here: there is no TLS",
            None => "it is `postgres://user:password@host:5432/database`",
        };
        Failure::Trouble(format!(
            "the URL of the database cannot be read; it is not shown, because it may hold a password\n\
             help: {why}; characters like `@`, `/`, `?` and `#` in a password are written `%40`, `%2F`, `%3F` and `%23`"
        ))
    };
    let mut config: Config = url.parse().map_err(|_| unreadable())?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(Failure::Trouble(
            "the URL says `sslmode=require`, and this command speaks no TLS\n\
             help: go through what does (`ssh -L`, `stunnel`, your provider's proxy) and give the URL of its local end with `sslmode=disable`"
                .to_owned(),
        ));
    }
    if config.get_password().is_none()
        && let Ok(password) = std::env::var("PGPASSWORD")
    {
        config.password(password);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(10));
    }
    if config.get_application_name().is_none() {
        config.application_name("eventc");
    }
    Ok(config)
}

fn place(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        #[cfg(unix)]
        Some(Host::Unix(folder)) => folder.display().to_string(),
        None => "nowhere".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let name = config.get_dbname().or(config.get_user());
    format!("{} on {host}:{port}", name.unwrap_or("the database"))
}

fn unreachable(error: &Error, place: &str) -> String {
    let said = said(error);
    let help = match error.code() {
        Some(code) if *code == SqlState::INVALID_CATALOG_NAME => {
            "is it the right server? `create database` makes one; the tables come by `eventc postgres migrate`"
        }
        Some(code) if *code == SqlState::INVALID_PASSWORD => {
            "look at the user and the password of the URL, or of `PGPASSWORD`"
        }
        Some(code) if *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "does the user of the URL exist, and is it let in from this machine? a server that insists on TLS is reached through a proxy that speaks it"
        }
        Some(_) => "nothing was changed",
        None => "is the server running, and can it be reached from this machine?",
    };
    format!("cannot connect to {place}: {said}\nhelp: {help}")
}

/// What to do about errors that say little by themselves.
fn advice(code: &SqlState) -> Option<&'static str> {
    Some(match code.code() {
        "42501" => {
            "run this as the owner of the tables, or as somebody who has been granted what is missing"
        }
        "25006" => "the server or the session takes no changes: is it a replica?",
        "57014" => {
            "a `statement_timeout` or a person stopped it: raise it for this user, or look for a quieter hour"
        }
        "53200" => {
            "if it speaks of locks, raise `max_locks_per_transaction` of the server: there are more tables than it has room for"
        }
        "40P01" | "55P03" => {
            "somebody else has the table; what is not done yet is done by the next run"
        }
        _ => return None,
    })
}
