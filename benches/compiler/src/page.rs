//! The tables.

use std::error::Error;
use std::path::Path;

use report::{Page, Table, grouped, machine};

use crate::goals;
use crate::results::{Measure, Results};
use crate::subject::Subject;
use crate::targets::{self, Measure as Of};

const MIB: f64 = 1024.0 * 1024.0;

/// Writes everything that this program knows to the page.
pub(crate) fn write(benches: &Path, results: &Results) -> Result<(), Box<dyn Error>> {
    let page = Page::new(benches.join("README.md"));
    page.write("compiler-machine", &format!("{}.", machine()))?;
    page.write("compiler", &ours(results))?;
    page.write("compiler-peers", &peers(results))?;
    page.write("compiler-targets", &each_target(results))?;
    page.write("compiler-lean", &lean(results))?;
    page.write("compiler-goals", &goals::report(results))?;
    Ok(())
}

/// The same to be read here.
pub(crate) fn all(results: &Results) -> String {
    [
        ours(results),
        peers(results),
        each_target(results),
        lean(results),
        goals::report(results),
    ]
    .join("\n")
}

/// Our compiler, a row for each size.
fn ours(results: &Results) -> String {
    let mut table = Table::new([
        "events",
        "input, KiB",
        "reading, M instr.",
        "cold",
        "unchanged",
        "one edit",
        "files written",
        "cold, CPU s",
        "unchanged, CPU s",
        "one edit, CPU s",
        "peak, MiB",
        "× input",
    ]);
    for events in results.sizes() {
        let best = |measure| results.best(events, Subject::Ours, measure);
        let whole = |measure| match (best(measure), best(Measure::Reading)) {
            (Some(run), Some(reading)) => {
                format!("{} ({:.2}×)", grouped(run / 1e6, 0), run / reading)
            }
            _ => MISSING.to_owned(),
        };
        table.row([
            grouped(events as f64, 0),
            cell(best(Measure::Input), 1024.0, 0),
            cell(best(Measure::Reading), 1e6, 0),
            whole(Measure::Cold),
            whole(Measure::Unchanged),
            whole(Measure::Edited),
            cell(best(Measure::Written), 1.0, 0),
            cell(best(Measure::ColdCpu), 1.0, 2),
            cell(best(Measure::UnchangedCpu), 1.0, 2),
            cell(best(Measure::EditedCpu), 1.0, 2),
            cell(best(Measure::Peak), MIB, 0),
            cell(results.memory(events, Subject::Ours), 1.0, 1),
        ]);
    }
    format!(
        "Runs in millions of instructions; in brackets, how many times as many as reading takes.\n\n{table}"
    )
}

/// Cold runs of everybody.
fn peers(results: &Results) -> String {
    let mut table = Table::new([
        "",
        "events",
        "input, KiB",
        "M instr.",
        "CPU s",
        "peak, MiB",
        "× input",
    ]);
    for events in results.sizes() {
        for subject in Subject::ALL {
            let best = |measure| results.best(events, subject, measure);
            let against = |measure, unit, decimals| {
                let (Some(value), Some(ours)) =
                    (best(measure), results.best(events, Subject::Ours, measure))
                else {
                    return cell(best(measure), unit, decimals);
                };
                let value = grouped(value / unit, decimals);
                match subject {
                    Subject::Ours => value,
                    _ => format!("{value} ({:.1}×)", best(measure).unwrap_or_default() / ours),
                }
            };
            table.row([
                subject.title().to_owned(),
                grouped(events as f64, 0),
                cell(best(Measure::Input), 1024.0, 0),
                against(Measure::Cold, 1e6, 0),
                against(Measure::ColdCpu, 1.0, 2),
                against(Measure::Peak, MIB, 0),
                cell(results.memory(events, subject), 1.0, 1),
            ]);
        }
    }
    format!("Cold runs. In brackets: how many times as much as ours.\n\n{table}")
}

/// What each target adds.
fn each_target(results: &Results) -> String {
    let mut table = Table::new(["", "M instr.", "files", "KiB"]);
    let alone = results.of_target(targets::ALONE, Of::Instructions);
    for target in std::iter::once(targets::ALONE).chain(eventc_compiler::targets()) {
        let of = |measure| results.of_target(target, measure);
        let whole = of(Of::Instructions);
        let instructions = match (target, whole, alone) {
            (targets::ALONE, _, _) => cell(whole, 1e6, 0),
            (_, Some(whole), Some(alone)) => {
                let added = whole - alone;
                format!("+{} ({:.2}×)", grouped(added / 1e6, 0), added / alone)
            }
            _ => MISSING.to_owned(),
        };
        table.row([
            format!("`{target}`"),
            instructions,
            cell(of(Of::Files), 1.0, 0),
            cell(of(Of::Bytes), 1024.0, 0),
        ]);
    }
    format!(
        "A cold run over {} events that writes Rust alone, and what each target adds to it.\n\n{table}",
        grouped(targets::EVENTS as f64, 0)
    )
}

/// New crates.
fn lean(results: &Results) -> String {
    let mut table = Table::new([
        "",
        "CPU s",
        "s",
        "crates compiled",
        "packages in `cargo tree`",
    ]);
    for subject in Subject::ALL {
        let best = |measure| results.best(0, subject, measure);
        table.row([
            subject.title().to_owned(),
            cell(best(Measure::NewCpu), 1.0, 1),
            cell(best(Measure::NewWall), 1.0, 1),
            cell(best(Measure::NewCrates), 1.0, 0),
            cell(best(Measure::NewTree), 1.0, 0),
        ]);
    }
    table.to_string()
}

const MISSING: &str = "–";

fn cell(value: Option<f64>, unit: f64, decimals: usize) -> String {
    value.map_or(MISSING.to_owned(), |value| grouped(value / unit, decimals))
}
