//! The table, and what we have set out to reach.

use std::error::Error;
use std::path::Path;

use report::{Page, Table, grouped, machine};

use crate::run::Measured;
use crate::store::State;
use crate::ways::NAMES;

/// What `emit` may take at most, in nanoseconds, 999 times of 1,000, while the store is down.
const GOAL: f64 = 10_000.0;

/// Writes everything that this program knows to the page.
pub(crate) fn write(benches: &Path, measured: &[Measured]) -> Result<(), Box<dyn Error>> {
    let page = Page::new(benches.join("README.md"));
    page.write("delivery-machine", &format!("{}.", machine()))?;
    page.write("delivery-goals", &goals(measured))?;
    page.write("delivery", &table(measured))?;
    Ok(())
}

/// The same for a terminal.
pub(crate) fn all(measured: &[Measured]) -> String {
    format!("{}\n\n{}\n{}", machine(), table(measured), goals(measured))
}

fn table(measured: &[Measured]) -> String {
    let mut table = Table::new([
        "",
        "the store is",
        "p50, µs",
        "p99, µs",
        "p99.9, µs",
        "allocations",
        "taken",
    ]);
    for one in measured {
        let [middle, high, highest] = one.percentiles.map(|nanos| grouped(nanos / 1000.0, 2));
        table.row([
            one.way.to_owned(),
            state(one.state).to_owned(),
            middle,
            high,
            highest,
            grouped(one.allocations, 2),
            format!("{:.0}%", one.taken * 100.0),
        ]);
    }
    table.to_string()
}

fn goals(measured: &[Measured]) -> String {
    let ours = |state| {
        measured
            .iter()
            .find(|one| one.way == NAMES[0] && one.state == state)
    };
    let mut goals = String::new();
    if let Some(down) = ours(State::Down) {
        let highest = down.percentiles[2];
        goals.push_str(&format!(
            "- {}: with the store down, 999 of 1,000 calls take less than 10 µs. They take less than {} µs.\n",
            verdict(highest < GOAL),
            grouped(highest / 1000.0, 2)
        ));
        goals.push_str(&format!(
            "- {}: with the store down, nothing is dropped. Taken: {:.2}%.\n",
            verdict(down.taken >= 1.0),
            down.taken * 100.0
        ));
        goals.push_str(&format!(
            "- {}: `emit` allocates nothing. Allocations for each event: {}.\n",
            verdict(down.allocations < 0.01),
            grouped(down.allocations, 3)
        ));
    }
    goals
}

fn state(state: State) -> &'static str {
    match state {
        State::Well => "well",
        State::Slow => "slow",
        State::Down => "down",
    }
}

fn verdict(holds: bool) -> &'static str {
    if holds { "holds" } else { "**missed**" }
}
