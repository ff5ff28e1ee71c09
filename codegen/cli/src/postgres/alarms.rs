//! `eventc postgres alarms`: what rings in a database now, for people and for cron.

use std::fmt::Write as _;

use ::postgres::error::SqlState;
use ::postgres::{Client, Error};
use eventc_compiler::inert;
use eventc_compiler::postgres::Ident;

use super::connection::{advised, said};
use super::{Common, say};
use crate::failure::Failure;
use crate::terminal::count;

/// Says what rings. It ends with 1 if something does, and with 2 if that cannot be told, be it for a mistake in the schema.
pub(super) fn run(common: &Common) -> Result<String, Failure> {
    let database = common.compile().map_err(cannot_tell)?.database;
    let mut connected = common.connect()?;
    let alarms = ask(&mut connected.client, &database.schema)
        .map_err(|error| Failure::Trouble(inert(&explained(&error))))?;
    if alarms.is_empty() {
        return Ok(format!("{}: no alarm rings", connected.place));
    }
    // What rings is the answer, and not an error: it goes where answers go.
    let (ring, place) = (count(alarms.len(), "alarm"), &connected.place);
    say(&format!("{}\n{place}: {ring}", table(&alarms)));
    Err(Failure::Problems(String::new()))
}

/// A row of `alarms`.
struct Alarm {
    name: String,
    about: String,
    since: String,
    says: String,
}

fn ask(client: &mut Client, schema: &str) -> Result<Vec<Alarm>, Error> {
    let sql = format!(
        "select alarm, about, to_char(since, 'YYYY-MM-DD HH24:MI \"UTC\"'), says from {}.alarms()",
        Ident(schema)
    );
    let rows = client.query(&sql, &[])?;
    rows.iter()
        .map(|row| {
            Ok(Alarm {
                name: row.try_get(0)?,
                about: row.try_get(1)?,
                since: row.try_get(2)?,
                says: row.try_get(3)?,
            })
        })
        .collect()
}

/// A line for each, and below it what it says.
fn table(alarms: &[Alarm]) -> String {
    let width = alarms.iter().map(|alarm| alarm.name.len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for alarm in alarms {
        let (name, since) = (&alarm.name, &alarm.since);
        let about = inert(&alarm.about);
        let says = inert(&alarm.says).replace('\n', "\n    ");
        let _ = writeln!(text, "{name:width$}  since {since}  {about}\n    {says}");
    }
    text
}

/// A schema with mistakes rings nothing, and does not say that all is well.
fn cannot_tell(failure: Failure) -> Failure {
    match failure {
        Failure::Problems(text) => {
            let text = text.strip_prefix("error: ").unwrap_or(&text);
            Failure::Trouble(text.to_owned())
        }
        trouble @ Failure::Trouble(_) => trouble,
    }
}

fn explained(error: &Error) -> String {
    let is = |code: &SqlState| error.code() == Some(code);
    let help = if is(&SqlState::UNDEFINED_FUNCTION)
        || is(&SqlState::INVALID_SCHEMA_NAME)
        || is(&SqlState::UNDEFINED_TABLE)
    {
        "the alarms are not there yet: run `eventc postgres migrate`, and look whether it is the right database"
    } else if is(&SqlState::INSUFFICIENT_PRIVILEGE) {
        "run this as a member of the reader's role, or as the owner"
    } else {
        return advised(error);
    };
    format!("{}\nhelp: {help}", said(error))
}
