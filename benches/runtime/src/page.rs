//! The tables.

use std::error::Error;
use std::path::Path;

use report::{Page, Table, grouped, machine};

use crate::goals;
use crate::results::{Figures, Results};
use crate::work::Work;

/// Writes everything that this program knows to the page.
pub(crate) fn write(benches: &Path, results: &Results) -> Result<(), Box<dyn Error>> {
    let page = Page::new(benches.join("README.md"));
    page.write("runtime-machine", &conditions(results))?;
    page.write("runtime-goals", &goals::report(results))?;
    for (group, measured) in results.groups() {
        let marker = format!("runtime-{}", group.slug);
        page.write(&marker, &table(measured))?;
    }
    Ok(())
}

/// The same for a terminal.
pub(crate) fn all(results: &Results) -> String {
    let tables = results.groups();
    let tables = tables.map(|(group, measured)| format!("{}\n{}\n", group.slug, table(measured)));
    format!(
        "{}\n\n{}{}",
        conditions(results),
        tables.collect::<String>(),
        goals::report(results)
    )
}

/// What it was measured on, and how noisy that was.
fn conditions(results: &Results) -> String {
    let noise = results.noise().map(|noise| {
        format!(
            " Noise of nanoseconds: the middle round took {:.0}% more than the best in the middle case, and {:.0}% more in the worst.",
            noise.median() * 100.0,
            noise.max() * 100.0
        )
    });
    format!("{}.{}", machine(), noise.unwrap_or_default())
}

fn table(measured: &[(&Work, Figures)]) -> String {
    let mut table = Table::new(["", "instructions", "×", "ns", "×", "allocations"]);
    let first = measured.first().map(|(_, figures)| figures);
    for (work, figures) in measured {
        let instructions = figures.instructions();
        let of_first = first.and_then(Figures::instructions);
        let nanos = figures.nanos.min();
        table.row([
            work.name.to_owned(),
            instructions.map_or("–".to_owned(), |count| grouped(count, 0)),
            instructions
                .zip(of_first)
                .map_or("–".to_owned(), |(count, of_first)| {
                    format!("{:.2}", count / of_first)
                }),
            grouped(nanos, if nanos < 100.0 { 1 } else { 0 }),
            first.map_or("–".to_owned(), |first| {
                format!("{:.2}", nanos / first.nanos.min())
            }),
            grouped(
                figures.allocations,
                usize::from(figures.allocations.fract() != 0.0),
            ),
        ]);
    }
    table.to_string()
}
