//! What we have set out to reach, and whether we have.

use crate::cargo::Action;
use crate::page::times;
use crate::results::{Measure, Results};
use crate::variant::Variant;

/// One goal: so many times less than another, or at most so many times more.
struct Goal {
    against: Variant,
    action: Action,
    measure: Measure,
    bound: Bound,
}

#[derive(Clone, Copy)]
enum Bound {
    Less(f64),
    AtMost(f64),
}

const fn goal(against: Variant, action: Action, measure: Measure, bound: Bound) -> Goal {
    Goal {
        against,
        action,
        measure,
        bound,
    }
}

const GOALS: [Goal; 8] = [
    goal(
        Variant::SerdeStd,
        Action::Check,
        Measure::Instructions,
        Bound::Less(10.0),
    ),
    goal(
        Variant::Bon,
        Action::Check,
        Measure::Instructions,
        Bound::Less(15.0),
    ),
    goal(
        Variant::TypedBuilder,
        Action::Check,
        Measure::Instructions,
        Bound::Less(15.0),
    ),
    goal(
        Variant::Prost,
        Action::Check,
        Measure::Instructions,
        Bound::Less(5.0),
    ),
    goal(
        Variant::Floor,
        Action::Check,
        Measure::Instructions,
        Bound::AtMost(12.0),
    ),
    goal(
        Variant::Serde,
        Action::Release,
        Measure::Instructions,
        Bound::Less(5.0),
    ),
    goal(
        Variant::SerdeStd,
        Action::Check,
        Measure::EditWall,
        Bound::Less(5.0),
    ),
    goal(
        Variant::SerdeStd,
        Action::Debug,
        Measure::EditWall,
        Bound::Less(5.0),
    ),
];

/// A line for each goal, as Markdown.
pub(crate) fn report(results: &Results) -> String {
    GOALS.iter().map(|goal| goal.line(results)).collect()
}

impl Goal {
    fn line(&self, results: &Results) -> String {
        let (what, unit) = match self.measure {
            Measure::EditWall => ("after an edit, ", "seconds"),
            Measure::EditCpu => ("after an edit, ", "CPU seconds"),
            Measure::EditStep(_) => ("after an edit, ", "instructions"),
            Measure::EditCalls(_) => ("after an edit, ", "calls"),
            Measure::Cpu => ("", "CPU seconds"),
            Measure::Peak => ("", "memory"),
            Measure::Instructions | Measure::Step(_) => ("", "instructions"),
            Measure::Calls(_) => ("", "calls"),
        };
        let (action, against) = (self.action.slug(), self.against.title());
        let wanted = match self.bound {
            Bound::Less(bound) => format!("{bound}× less than"),
            Bound::AtMost(bound) => format!("at most {bound}× of"),
        };
        let goal = format!("{what}`{action}`: {wanted} `{against}` in {unit}");
        match self.reached(results) {
            None => format!("- not measured: {goal}\n"),
            Some((net, gross)) => {
                let holds = match self.bound {
                    Bound::Less(bound) => net >= bound,
                    Bound::AtMost(bound) => net <= bound,
                };
                let verdict = if holds { "holds" } else { "**missed**" };
                format!(
                    "- {verdict}: {goal}. It is {}, and {} with the empty crate in both.\n",
                    times(net),
                    times(gross)
                )
            }
        }
    }

    /// The ratio without the empty crate, and with it.
    fn reached(&self, results: &Results) -> Option<(f64, f64)> {
        let pair = match self.bound {
            Bound::Less(_) => (self.against, Variant::Ours),
            Bound::AtMost(_) => (Variant::Ours, self.against),
        };
        let figure = results.at_largest(self.action, self.measure);
        let net = results.ratio(figure, pair.0, pair.1)?;
        Some((
            net,
            results.best(figure, pair.0)? / results.best(figure, pair.1)?,
        ))
    }
}
