//! What we have set out to reach, and whether we have.

use crate::results::{Measure, Results};
use crate::subject::Subject;

/// The most that a cold run may take, as a multiple of reading.
const COLD: f64 = 3.0;
/// The same for a run over an unchanged schema.
const UNCHANGED: f64 = 1.1;
/// How much more or less an event may cost in a large catalog than in one a tenth of its size.
const LINEAR: f64 = 0.1;
/// Bytes of memory for each byte of the schema, the script itself taken off.
const MEMORY: f64 = 12.0;

/// A line for each goal, as Markdown.
pub(crate) fn report(results: &Results) -> String {
    let mut lines = Vec::new();
    for events in results.sizes() {
        let of_reading = |measure| results.ratio(events, Subject::Ours, measure, Measure::Reading);
        let at_most = |what: &str, most: f64, found: Option<f64>| {
            let found = found.map(|found| (found <= most, format!("{found:.2}×")));
            line(
                &format!(
                    "{events} events: {what} takes at most {most}× the instructions of reading"
                ),
                found,
            )
        };
        lines.push(at_most("a cold run", COLD, of_reading(Measure::Cold)));
        lines.push(at_most(
            "an unchanged run",
            UNCHANGED,
            of_reading(Measure::Unchanged),
        ));
        let best = |measure| results.best(events, Subject::Ours, measure);
        let written = best(Measure::Written).zip(best(Measure::WrittenElsewhere));
        let written = written.map(|(all, elsewhere)| {
            (
                all > 0.0 && elsewhere == 0.0,
                format!("{all} written, {elsewhere} of them others"),
            )
        });
        lines.push(line(
            &format!("{events} events: an edit of one writes its module's files and no others"),
            written,
        ));
        let memory = results.memory(events, Subject::Ours);
        let memory = memory.map(|times| (times < MEMORY, format!("{times:.1}×")));
        lines.push(line(
            &format!("{events} events: memory below {MEMORY}× the input"),
            memory,
        ));
    }
    if let [.., smaller, larger] = results.sizes()[..] {
        for (what, measure) in [("reading", Measure::Reading), ("a cold run", Measure::Cold)] {
            let for_each =
                |events: usize| Some(results.best(events, Subject::Ours, measure)? / events as f64);
            let growth = for_each(larger)
                .zip(for_each(smaller))
                .map(|(larger, smaller)| larger / smaller - 1.0);
            let growth =
                growth.map(|growth| (growth.abs() <= LINEAR, format!("{:+.1}%", growth * 100.0)));
            let goal = format!(
                "{what}: instructions for each of {larger} events within {:.0}% of those at {smaller}",
                LINEAR * 100.0
            );
            lines.push(line(&goal, growth));
        }
    }
    for (what, measure) in [
        ("CPU seconds", Measure::NewCpu),
        ("crates compiled", Measure::NewCrates),
    ] {
        for peer in [Subject::Prost, Subject::Typify] {
            let pair = results
                .best(0, Subject::Ours, measure)
                .zip(results.best(0, peer, measure));
            let pair = pair.map(|(ours, theirs)| {
                (
                    ours < theirs,
                    format!("{ours:.3} against {theirs:.3}").replace(".000", ""),
                )
            });
            lines.push(line(
                &format!("a new crate: fewer {what} than with {}", peer.title()),
                pair,
            ));
        }
    }
    lines.concat()
}

fn line(goal: &str, found: Option<(bool, String)>) -> String {
    match found {
        None => format!("- not measured: {goal}\n"),
        Some((true, found)) => format!("- met: {goal}. It is {found}.\n"),
        Some((false, found)) => format!("- **missed**: {goal}. It is {found}.\n"),
    }
}
