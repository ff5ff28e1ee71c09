//! The tables of where rustc spends its instructions.

use report::{Table, grouped};

use crate::cargo::Action;
use crate::page::times;
use crate::results::{Figure, Measure, Results};
use crate::steps::Step;
use crate::variant::Variant;

/// What is told apart: the steps that are taken together, less those that are within them and have rows of their own.
struct Row {
    title: &'static str,
    steps: &'static [Step],
    less: &'static [Step],
}

const ROWS: [Row; 11] = [
    row("expanding macros: what derives do", &[Step::Derives], &[]),
    row(
        "expanding macros: parsing and the rest",
        &[Step::Expand],
        &[Step::Derives],
    ),
    row("resolving names", &[Step::Resolve], &[]),
    row("lowering and hashing the tree", &[Step::Lower], &[]),
    row(
        "checking that items are well-formed",
        &[Step::WellFormed],
        &[Step::CompareImpls],
    ),
    row(
        "comparing impls with their traits",
        &[Step::CompareImpls],
        &[],
    ),
    row("coherence", &[Step::Coherence], &[]),
    row("type checking", &[Step::Typeck], &[]),
    row("building MIR", &[Step::BuildMir], &[]),
    row("borrow checking", &[Step::Borrowck], &[]),
    row("writing metadata", &[Step::Metadata], &[]),
];

/// From nothing.
const WHOLE: [Row; 3] = [
    others("lints, privacy, dead code"),
    row(
        REST,
        &[Step::Whole],
        &[Step::Expand, Step::Resolve, Step::Analysis, Step::Metadata],
    ),
    row(ALL, &[Step::Whole], &[]),
];

/// After an edit, asking whether an answer still holds is part of asking for it.
const EDIT: [Row; 4] = [
    others("lints, privacy, dead code; asking what still holds"),
    row(
        "reading and writing what is known",
        &[Step::LoadGraph, Step::SaveGraph],
        &[],
    ),
    row(
        REST,
        &[Step::Whole],
        &[
            Step::Expand,
            Step::Resolve,
            Step::Analysis,
            Step::Metadata,
            Step::LoadGraph,
            Step::SaveGraph,
        ],
    ),
    row(ALL, &[Step::Whole], &[]),
];

const REST: &str = "the rest";
const ALL: &str = "all of it";

const fn others(title: &'static str) -> Row {
    const CHECKS: &[Step] = &[
        Step::Lower,
        Step::WellFormed,
        Step::Coherence,
        Step::Typeck,
        Step::BuildMir,
        Step::Borrowck,
    ];
    row(title, &[Step::Analysis], CHECKS)
}

const fn row(title: &'static str, steps: &'static [Step], less: &'static [Step]) -> Row {
    Row { title, steps, less }
}

/// How often each is done says how much there is of it.
const COUNTS: [(&str, Step); 3] = [
    ("items, and items in them", Step::WellFormed),
    ("items of impls of traits", Step::CompareImpls),
    ("bodies of functions and constants", Step::Typeck),
];

/// `check` from nothing.
pub(crate) fn whole(results: &Results) -> String {
    let rows = ROWS.iter().chain(&WHOLE);
    table(results, rows, Measure::Step, Measure::Calls)
}

/// `check` after an edit.
pub(crate) fn edit(results: &Results) -> String {
    let rows = ROWS.iter().chain(&EDIT);
    table(results, rows, Measure::EditStep, Measure::EditCalls)
}

fn table<'r>(
    results: &Results,
    rows: impl Iterator<Item = &'r Row>,
    step: fn(Step) -> Measure,
    calls: fn(Step) -> Measure,
) -> String {
    let figure = results.at_largest(Action::Check, step(Step::Whole));
    let value = |variant, measure| results.best(Figure { measure, ..figure }, variant);
    let heads = || {
        [""].into_iter()
            .chain(Variant::PROFILED.map(Variant::title))
    };
    let mut costs = Table::new(heads());
    for row in rows {
        let cells = Variant::PROFILED.map(|variant| {
            let of = |variant| row.of(|of| value(variant, step(of)));
            let whole = value(variant, step(Step::Whole));
            cell(variant, of(variant), whole, of(Variant::Ours))
        });
        costs.row([row.title.to_owned()].into_iter().chain(cells));
    }
    let mut counts = Table::new(heads());
    for (title, step) in COUNTS {
        let cells = Variant::PROFILED.map(|variant| {
            let count = value(variant, calls(step));
            count.map_or("–".to_owned(), |count| grouped(count, 0))
        });
        counts.row([title.to_owned()].into_iter().chain(cells));
    }
    format!(
        "Millions of instructions at {} events. In brackets: the share of the column, and how many times as many as ours.\n\n\
         {costs}\nHow much of it there was to check:\n\n{counts}",
        figure.events
    )
}

impl Row {
    fn of(&self, step: impl Fn(Step) -> Option<f64>) -> Option<f64> {
        let sum = |steps: &[Step]| steps.iter().map(|&of| step(of)).sum::<Option<f64>>();
        Some(sum(self.steps)? - sum(self.less)?)
    }
}

fn cell(variant: Variant, own: Option<f64>, whole: Option<f64>, ours: Option<f64>) -> String {
    let (Some(own), Some(whole)) = (own, whole) else {
        return "–".to_owned();
    };
    let (millions, share) = (grouped(own / 1e6, 0), own / whole * 100.0);
    match ours {
        // The floor does hardly any of it.
        Some(ours) if ours > 0.0 && ![Variant::Floor, Variant::Ours].contains(&variant) => {
            format!("{millions} ({share:.0}%, {})", times(own / ours))
        }
        _ => format!("{millions} ({share:.0}%)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_add_up_to_all_of_it() {
        for last in [&WHOLE[..], &EDIT] {
            let (all, parts) = last.split_last().unwrap();
            for step in Step::ALL {
                let only = |of| Some(f64::from(u8::from(of == step)));
                let sum: f64 = ROWS
                    .iter()
                    .chain(parts)
                    .filter_map(|row| row.of(only))
                    .sum();
                assert_eq!(Some(sum), all.of(only), "{step:?}");
            }
        }
    }
}
