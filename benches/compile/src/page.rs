//! The table and the plot.

use std::error::Error;
use std::fs;
use std::path::Path;

use report::{Page, Plot, Series, Table, grouped, machine};

use crate::cargo::Action;
use crate::results::{Figure, Measure, Results};
use crate::variant::Variant;
use crate::{goals, profile};

const MIB: f64 = 1024.0 * 1024.0;

/// Writes everything that this program knows to the page.
pub(crate) fn write(benches: &Path, results: &Results) -> Result<(), Box<dyn Error>> {
    let page = Page::new(benches.join("README.md"));
    page.write("compile-machine", &conditions(results))?;
    page.write("compile", &table(results))?;
    page.write("compile-goals", &goals::report(results))?;
    page.write("compile-profile", &profile::whole(results))?;
    page.write("compile-profile-edit", &profile::edit(results))?;
    if let Some(svg) = plot(results).to_svg() {
        fs::write(benches.join("compile.svg"), svg)?;
    }
    Ok(())
}

/// What it was measured on, and how far repeated runs were apart.
fn conditions(results: &Results) -> String {
    let noise = |measure, what| {
        let spreads = results.spreads(measure)?;
        let (middle, most) = (spreads.median() * 100.0, spreads.max() * 100.0);
        Some(format!(
            " Noise of {what}: the worst of repeated runs took {middle:.0}% more than the best in the middle case, \
             and {most:.0}% more in the worst."
        ))
    };
    let noises = [
        noise(Measure::Cpu, "CPU seconds"),
        noise(Measure::EditWall, "seconds after an edit"),
    ];
    format!(
        "{}.{}",
        machine(),
        noises.into_iter().flatten().collect::<String>()
    )
}

/// A column of the table: what is above it, its figure, and how that is written.
struct Column {
    head: &'static str,
    figure: Figure,
    unit: f64,
    digits: usize,
}

/// One row for each variant.
pub(crate) fn table(results: &Results) -> String {
    let columns = columns(results);
    let mut heads: Vec<_> = columns.iter().map(|column| column.head).collect();
    heads.insert(0, "");
    heads.insert(2, "× floor");
    let mut table = Table::new(heads);
    for variant in Variant::ALL {
        let mut cells: Vec<_> = columns
            .iter()
            .map(|column| column.cell(results, variant))
            .collect();
        cells.insert(0, variant.title().to_owned());
        let check = results.at_largest(Action::Check, Measure::Instructions);
        let floor = results.ratio(check, variant, Variant::Floor);
        cells.insert(2, floor.map_or("–".to_owned(), times));
        table.row(cells);
    }
    let sizes = [
        ("instructions", Measure::Instructions),
        ("CPU seconds and memory", Measure::Cpu),
        ("edits", Measure::EditWall),
    ];
    let sizes = sizes.map(|(what, measure)| {
        let events = results.at_largest(Action::Check, measure).events;
        match events {
            0 => format!("no {what} yet"),
            _ => format!("{what} at {events}"),
        }
    });
    format!(
        "Numbers of events: {}. In brackets: how many times less than `{}`, the empty crate taken off both; \
         `× floor` likewise.\n\n{table}",
        sizes.join(", "),
        Variant::SerdeStd.title()
    )
}

fn columns(results: &Results) -> [Column; 11] {
    let column = |head, action, measure, unit, digits| Column {
        head,
        figure: results.at_largest(action, measure),
        unit,
        digits,
    };
    let millions = |head, action| column(head, action, Measure::Instructions, 1e6, 0);
    let seconds = |head, action, measure| column(head, action, measure, 1.0, 2);
    [
        millions("`check`, M instr.", Action::Check),
        millions("debug, M instr.", Action::Debug),
        millions("release, M instr.", Action::Release),
        seconds("`check`, CPU s", Action::Check, Measure::Cpu),
        seconds("debug, CPU s", Action::Debug, Measure::Cpu),
        seconds("release, CPU s", Action::Release, Measure::Cpu),
        column("`check`, MiB", Action::Check, Measure::Peak, MIB, 0),
        seconds("edit: `check`, CPU s", Action::Check, Measure::EditCpu),
        seconds("edit: `check`, s", Action::Check, Measure::EditWall),
        seconds("edit: debug, CPU s", Action::Debug, Measure::EditCpu),
        seconds("edit: debug, s", Action::Debug, Measure::EditWall),
    ]
}

impl Column {
    /// The value, and how many times less it is than that of serde.
    fn cell(&self, results: &Results, variant: Variant) -> String {
        let Some(value) = results.best(self.figure, variant) else {
            return "–".to_owned();
        };
        let value = grouped(value / self.unit, self.digits);
        let ratio = results.ratio(self.figure, Variant::SerdeStd, variant);
        match ratio.filter(|_| variant != Variant::SerdeStd) {
            Some(ratio) => format!("{value} ({})", times(ratio)),
            None => value,
        }
    }
}

/// A ratio, with as many digits as it deserves.
pub(crate) fn times(ratio: f64) -> String {
    if ratio < 9.95 {
        format!("{ratio:.1}×")
    } else {
        format!("{ratio:.0}×")
    }
}

/// CPU seconds of `check` by the number of events.
fn plot(results: &Results) -> Plot {
    let point = |variant, events| {
        let figure = Figure {
            events,
            action: Action::Check,
            measure: Measure::Cpu,
        };
        Some((events as f64, results.best(figure, variant)?))
    };
    let sizes = results.sizes(Measure::Cpu);
    let series = Variant::ALL.into_iter().map(|variant| Series {
        name: variant.title().replace('*', ""),
        strong: variant == Variant::Ours,
        points: sizes
            .iter()
            .filter_map(|&events| point(variant, events))
            .collect(),
    });
    Plot {
        title: "CPU seconds of cargo check for a crate of events, its dependencies built"
            .to_owned(),
        x: "events".to_owned(),
        y: "CPU seconds".to_owned(),
        series: series.filter(|series| !series.points.is_empty()).collect(),
    }
}
