//! The table and the plot.

use std::error::Error;
use std::fs;
use std::path::Path;

use report::{Page, Plot, Series, Table, machine};

use crate::cargo::Action;
use crate::goals;
use crate::results::{Measure, Results};
use crate::variant::Variant;

/// Writes everything that this program knows to the page.
pub(crate) fn write(benches: &Path, results: &Results) -> Result<(), Box<dyn Error>> {
    let page = Page::new(benches.join("README.md"));
    page.write("compile-machine", &conditions(results))?;
    page.write("compile", &table(results))?;
    page.write("compile-goals", &goals::report(results))?;
    if let Some(svg) = plot(results).to_svg() {
        fs::write(benches.join("compile.svg"), svg)?;
    }
    Ok(())
}

/// What it was measured on, and how far repeated runs were apart.
fn conditions(results: &Results) -> String {
    let noise = |measure, what| {
        let spreads = results.spreads(measure)?;
        let (middle, best) = (spreads.median() * 100.0, spreads.min() * 100.0);
        Some(format!(
            " {what}: the worst run was {middle:.0}% above the best for half of them (at least {best:.0}%)."
        ))
    };
    let noises = [
        noise(Measure::Cpu, "Noise of CPU seconds"),
        noise(Measure::EditWall, "Noise of seconds after an edit"),
    ];
    format!(
        "{}.{}",
        machine(),
        noises.into_iter().flatten().collect::<String>()
    )
}

/// One row for each variant.
pub(crate) fn table(results: &Results) -> String {
    let largest = |measure| results.sizes(measure).last().copied().unwrap_or_default();
    let (counted, timed, edited) = (
        largest(Measure::Instructions),
        largest(Measure::Cpu),
        largest(Measure::EditWall),
    );
    let mut table = Table::new([
        "".to_owned(),
        "`check`, M instr.".to_owned(),
        "× floor".to_owned(),
        "debug, M instr.".to_owned(),
        "release, M instr.".to_owned(),
        "`check`, CPU s".to_owned(),
        "debug, CPU s".to_owned(),
        "release, CPU s".to_owned(),
        "`check`, MiB".to_owned(),
        "edit: `check`, CPU s".to_owned(),
        "edit: `check`, s".to_owned(),
        "edit: debug, CPU s".to_owned(),
        "edit: debug, s".to_owned(),
    ]);
    for variant in Variant::ALL {
        let cell = |events, action, measure, scale: f64, digits: usize| {
            let Some(value) = results.best(events, variant, action, measure) else {
                return "–".to_owned();
            };
            let value = format!("{:.digits$}", value / scale);
            match ratio(
                results,
                (Variant::SerdeStd, variant),
                events,
                action,
                measure,
            ) {
                Some(ratio) if variant != Variant::SerdeStd => {
                    format!("{value} ({})", times(ratio))
                }
                _ => value,
            }
        };
        let floor = ratio(
            results,
            (variant, Variant::Floor),
            counted,
            Action::Check,
            Measure::Instructions,
        );
        let instructions = |action| cell(counted, action, Measure::Instructions, 1e6, 0);
        let cpu = |action| cell(timed, action, Measure::Cpu, 1.0, 2);
        let edit = |action, measure| cell(edited, action, measure, 1.0, 2);
        table.row([
            variant.title().to_owned(),
            instructions(Action::Check),
            floor.map_or("–".to_owned(), times),
            instructions(Action::Debug),
            instructions(Action::Release),
            cpu(Action::Check),
            cpu(Action::Debug),
            cpu(Action::Release),
            cell(timed, Action::Check, Measure::Peak, 1024.0 * 1024.0, 0),
            edit(Action::Check, Measure::EditCpu),
            edit(Action::Check, Measure::EditWall),
            edit(Action::Debug, Measure::EditCpu),
            edit(Action::Debug, Measure::EditWall),
        ]);
    }
    format!(
        "Instructions at {counted} events, CPU seconds and memory at {timed}, edits at {edited}. In brackets: how many times less \
         than `{}`, the empty crate taken off both; `× floor` likewise.\n\n{table}",
        Variant::SerdeStd.title()
    )
}

/// How many times more the first takes than the second, without what the empty crate takes; none where a figure is missing.
pub(crate) fn ratio(
    results: &Results,
    (more, less): (Variant, Variant),
    events: usize,
    action: Action,
    measure: Measure,
) -> Option<f64> {
    let best = |variant| results.best(events, variant, action, measure);
    let empty = best(Variant::Empty)?;
    let (more, less) = (best(more)? - empty, best(less)? - empty);
    // What cannot be told from the empty crate has no ratio.
    (less > empty * 0.01).then_some(more / less)
}

pub(crate) fn times(ratio: f64) -> String {
    if ratio < 9.95 {
        format!("{ratio:.1}×")
    } else {
        format!("{ratio:.0}×")
    }
}

/// CPU seconds of `check` by the number of events.
fn plot(results: &Results) -> Plot {
    let sizes = results.sizes(Measure::Cpu);
    let series = Variant::ALL.into_iter().map(|variant| Series {
        name: variant.title().replace('*', ""),
        strong: variant == Variant::Ours,
        points: sizes
            .iter()
            .filter_map(|&events| {
                Some((
                    events as f64,
                    results.best(events, variant, Action::Check, Measure::Cpu)?,
                ))
            })
            .collect(),
    });
    Plot {
        title: "CPU seconds of `cargo check` for a crate of events, its dependencies built"
            .to_owned(),
        x: "events".to_owned(),
        y: "CPU seconds".to_owned(),
        series: series.filter(|series| !series.points.is_empty()).collect(),
    }
}
