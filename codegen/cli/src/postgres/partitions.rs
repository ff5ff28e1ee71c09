//! `eventc postgres partitions ensure`.

use ::postgres::error::SqlState;
use ::postgres::{Client, Error};
use eventc_compiler::inert;
use eventc_compiler::postgres::{Database, Ident};

use super::connection::said;
use super::{Common, say};
use crate::failure::Failure;
use crate::terminal::count;

/// Makes the partitions that are missing until so many seconds from now.
pub(super) fn ensure(common: &Common, ahead: i64) -> Result<String, Failure> {
    let database = common.compile()?.database;
    let mut connected = common.connect()?;
    let (mut made, mut tables) = (0, 0);
    for table in database.tables().filter(|table| table.is_partitioned()) {
        let new = ensure_table(&mut connected.client, &database, &table.name, ahead)
            .map_err(|error| failed(&table.name, &error))?;
        if new > 0 {
            say(&format!("{}: {} made", table.name, partitions(new)));
        }
        made += new;
        tables += 1;
    }
    Ok(format!(
        "{}: {} made; {} cut by time or value",
        connected.place,
        partitions(made),
        count(tables, "table")
    ))
}

/// A time to come, in seconds: `14d`.
pub(super) fn ahead(text: &str) -> Result<i64, String> {
    let seconds = |unit| match unit {
        'h' => Some(3_600),
        'd' => Some(86_400),
        'w' => Some(7 * 86_400),
        _ => None,
    };
    let mut digits = text.chars();
    let unit = digits.next_back().and_then(seconds);
    let number = digits.as_str().parse::<u32>().ok();
    let (Some(unit), Some(number)) = (unit, number) else {
        return Err("a number and `h`, `d` or `w`: `14d`".to_owned());
    };
    let time = i64::from(number) * unit;
    match time <= 400 * 86_400 {
        true => Ok(time),
        false => {
            Err("at most 400 days: a partition is a table, and each costs a little".to_owned())
        }
    }
}

fn ensure_table(
    client: &mut Client,
    database: &Database,
    table: &str,
    ahead: i64,
) -> Result<i32, Error> {
    let sql = format!(
        "select {}.ensure_partitions(last => now() + $1::bigint * interval '1 second', only_table => $2)",
        Ident(&database.schema)
    );
    let mut made = 0;
    // A call makes so many that its transaction stays small.
    loop {
        match client.query_one(&sql, &[&ahead, &table])?.try_get(0)? {
            0 => return Ok(made),
            new => made += new,
        }
    }
}

fn failed(table: &str, error: &Error) -> Failure {
    let is = |code: &SqlState| error.code() == Some(code);
    let help = if is(&SqlState::UNDEFINED_FUNCTION) || is(&SqlState::INVALID_SCHEMA_NAME) {
        "the functions are not there yet: run `eventc postgres migrate`, and look whether it is the right database"
    } else if is(&SqlState::INSUFFICIENT_PRIVILEGE) {
        "run this as a member of the writer's role, or as the owner"
    } else if is(&SqlState::UNDEFINED_TABLE) {
        "the table is not there yet: run `eventc postgres migrate`"
    } else {
        "partitions of other tables that were made stay; run this again"
    };
    let said = inert(&said(error));
    Failure::Problems(format!("error: {table}: {said}\nhelp: {help}"))
}

fn partitions(number: i32) -> String {
    count(usize::try_from(number).unwrap_or(0), "partition")
}

#[cfg(test)]
mod tests {
    use super::ahead;

    #[test]
    fn a_time_is_a_number_and_a_unit() {
        assert_eq!(ahead("14d"), Ok(14 * 86_400));
        assert_eq!(ahead("2w"), ahead("336h"));
        for wrong in ["", "d", "14", "-1d", "401d", "1.5d", "14 d", "5µ"] {
            assert!(ahead(wrong).is_err(), "{wrong}");
        }
    }
}
