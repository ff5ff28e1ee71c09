//! The table of rows on their way into PostgreSQL.

use std::error::Error;
use std::path::Path;

use report::{Page, Table, grouped, machine};

use super::{Measured, NAMES};

/// What ours is to reach of the rows a second of `\copy`.
const GOAL: f64 = 0.8;

/// Writes it to the page.
pub(crate) fn write(benches: &Path, measured: &[Measured]) -> Result<(), Box<dyn Error>> {
    let page = Page::new(benches.join("README.md"));
    page.write("tables-machine", &format!("{}.", machine()))?;
    page.write("tables-goals", &goals(measured))?;
    page.write("tables", &table(measured))?;
    Ok(())
}

/// The same for a terminal.
pub(crate) fn all(measured: &[Measured]) -> String {
    format!("{}\n\n{}\n{}", machine(), table(measured), goals(measured))
}

fn copied(measured: &[Measured]) -> f64 {
    let copy = measured.iter().find(|one| one.way == NAMES[1]);
    copy.map_or(f64::NAN, |copy| copy.rows_a_second)
}

fn table(measured: &[Measured]) -> String {
    let mut table = Table::new([
        "",
        "rows a second",
        "of `\\copy`",
        "client, µs a row",
        "server, µs a row",
    ]);
    for one in measured {
        table.row([
            one.way.to_owned(),
            grouped(one.rows_a_second, 0),
            format!("{:.0}%", one.rows_a_second / copied(measured) * 100.0),
            grouped(one.client, 2),
            grouped(one.server, 2),
        ]);
    }
    table.to_string()
}

fn goals(measured: &[Measured]) -> String {
    let Some(ours) = measured.iter().find(|one| one.way == NAMES[0]) else {
        return String::new();
    };
    let share = ours.rows_a_second / copied(measured);
    let verdict = if share >= GOAL { "holds" } else { "**missed**" };
    format!(
        "- {verdict}: one connection stores 80% of the rows a second of `\\copy`, which reads a file of rows. It stores {:.0}%.\n",
        share * 100.0
    )
}
