//! What the rows say: whether the steps of a plan can succeed, asked before the first of them.

use ::postgres::{Error, GenericClient};

use super::plan::{Ask, Found, NoteKind, Plan, Step};

/// Asks, and moves what cannot succeed from the steps to the refusals or notes.
///
/// A table of which something is refused already may lack a column that a question is about; then that question has no answer, and needs none.
pub(super) fn ask(client: &mut impl GenericClient, plan: &mut Plan) -> Result<(), Error> {
    for mut step in std::mem::take(&mut plan.steps) {
        let premise = step.premise.take();
        let Some(premise) = premise else {
            plan.steps.push(step);
            continue;
        };
        let mut found = Vec::new();
        for ask in &premise.asks {
            match is_there(client, ask) {
                Ok(true) => found.push(ask.name.as_str()),
                Err(error) if !plan.is_refused(&step.subject) => return Err(error),
                Ok(false) | Err(_) => {}
            }
        }
        match found.as_slice() {
            [] => plan.steps.push(step),
            found => take(plan, step, premise.found, &found.join(", ")),
        }
    }
    Ok(())
}

fn is_there(client: &mut impl GenericClient, ask: &Ask) -> Result<bool, Error> {
    // A question that fails leaves the transaction as it was.
    let mut savepoint = client.transaction()?;
    let is_there = savepoint.query_one(&ask.sql, &[])?.try_get(0)?;
    savepoint.commit()?;
    Ok(is_there)
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
