//! What the rows say: whether the steps of a plan can succeed, asked before the first of them.

use ::postgres::{Error, GenericClient};

use super::plan::{Found, NoteKind, Plan, Step};

/// Asks, and moves what cannot succeed from the steps to the refusals or notes.
///
/// A table of which something is refused already is not asked: its columns are not those that the questions are about.
pub(super) fn ask(client: &mut impl GenericClient, plan: &mut Plan) -> Result<(), Error> {
    for mut step in std::mem::take(&mut plan.steps) {
        let premise = step.premise.take();
        let Some(premise) = premise.filter(|_| !plan.is_refused(&step.subject)) else {
            plan.steps.push(step);
            continue;
        };
        let mut found = Vec::new();
        for ask in &premise.asks {
            if client.query_one(&ask.sql, &[])?.try_get(0)? {
                found.push(ask.name.as_str());
            }
        }
        match found.as_slice() {
            [] => plan.steps.push(step),
            found => take(plan, step, premise.found, &found.join(", ")),
        }
    }
    Ok(())
}

fn take(plan: &mut Plan, step: Step, consequence: Found, found: &str) {
    let subject = step.subject.as_str();
    match consequence {
        Found::Refused { what, why, way } => {
            plan.refuse(subject, format!("{what}: {found}"), why, way);
        }
        Found::LeftOut { note } => plan.note(subject, NoteKind::Information, note, String::new()),
    }
}
