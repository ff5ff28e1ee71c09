//! What we have set out to reach, and whether we have. Instructions decide, as time is noisy.

use crate::instructions;
use crate::results::{Figures, Results};
use crate::work::{FLAT, LITERAL, MACRO, OURS, by_name};

/// A line for each goal, as Markdown.
pub(crate) fn report(results: &Results) -> String {
    [
        at_least(results, "encode-into", 1.5),
        without_allocations(results),
        at_least(results, "decode", 1.0),
        independent_of_kinds(results),
        same_as_literal(results),
    ]
    .concat()
}

/// So many times as fast as the derive.
fn at_least(results: &Results, group: &str, bound: f64) -> String {
    let goal = match group {
        "decode" => "decode no slower than `serde_json` over the flat derive".to_owned(),
        _ => format!("encode at least {bound}× as fast as `serde_json` over the flat derive"),
    };
    let pair = results.of(group, FLAT).zip(results.of(group, OURS));
    let Some((instructions, nanos)) = pair.and_then(|(theirs, ours)| ratios(theirs, ours)) else {
        return format!("- not measured: {goal}\n");
    };
    let verdict = verdict(instructions >= bound);
    format!(
        "- {verdict}: {goal}. That takes {instructions:.2}× our instructions, and {nanos:.2}× our time.\n"
    )
}

fn without_allocations(results: &Results) -> String {
    let goal = "encoding into a buffer that is large enough allocates nothing";
    match results.of("encode-into", OURS) {
        None => format!("- not measured: {goal}\n"),
        Some(figures) => {
            let verdict = verdict(figures.allocations == 0.0);
            format!(
                "- {verdict}: {goal}. Allocations: {}.\n",
                figures.allocations
            )
        }
    }
}

fn independent_of_kinds(results: &Results) -> String {
    let goal =
        "decoding by name takes among 1,000 kinds at most 10% more instructions than among 10";
    let pair = results
        .of("by-name", by_name::MANY)
        .zip(results.of("by-name", by_name::FEW));
    let Some((instructions, nanos)) = pair.and_then(|(many, few)| ratios(many, few)) else {
        return format!("- not measured: {goal}\n");
    };
    let verdict = verdict(instructions <= 1.1);
    let percent = |ratio: f64| (ratio - 1.0) * 100.0;
    format!(
        "- {verdict}: {goal}. It takes {:+.1}% instructions, and {:+.1}% time.\n",
        percent(instructions),
        percent(nanos)
    )
}

fn same_as_literal(results: &Results) -> String {
    let goal = "`event!` costs exactly what the literal of the struct costs";
    let total = |name| results.of("make", name).and_then(|figures| figures.total);
    let Some((by_macro, by_literal)) = total(MACRO).zip(total(LITERAL)) else {
        return format!("- not measured: {goal}\n");
    };
    let verdict = verdict(by_macro == by_literal);
    let (times, by_macro, by_literal) = (
        report::grouped(instructions::TIMES as f64, 0),
        report::grouped(by_macro, 0),
        report::grouped(by_literal, 0),
    );
    format!("- {verdict}: {goal}. Instructions of {times} events: {by_macro} and {by_literal}.\n")
}

/// How many times more the first takes than the second, in instructions and in nanoseconds.
fn ratios(more: &Figures, less: &Figures) -> Option<(f64, f64)> {
    Some((
        more.instructions()? / less.instructions()?,
        more.nanos.min() / less.nanos.min(),
    ))
}

fn verdict(holds: bool) -> &'static str {
    if holds { "holds" } else { "**missed**" }
}
