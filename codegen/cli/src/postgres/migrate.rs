//! `eventc postgres migrate`.

use std::fs;
use std::path::Path;

use ::postgres::Client;

use super::compare::compare;
use super::connection::said;
use super::plan::Plan;
use super::{Common, Compiled, apply, desired, introspect, premises, rights, say, show};
use crate::{Failure, count};

/// Prints what is to be done, and does it.
pub(super) fn run(common: &Common, dry: bool, file: Option<&Path>) -> Result<String, Failure> {
    let compiled = common.compile()?;
    let mut connected = common.connect()?;
    let schema = &compiled.database.schema;
    let is_applied = !dry && file.is_none();
    if is_applied {
        lock(&mut connected.client, schema)?;
    }
    let plan = plan(&mut connected.client, &compiled)?;
    if !plan.refusals.is_empty() {
        return Err(Failure::Problems(format!(
            "{}{} refused; nothing was changed in {}",
            show::refusals(&plan.refusals),
            count(plan.refusals.len(), "change"),
            connected.place
        )));
    }
    let text = show::plan(&plan, dry);
    if !text.is_empty() {
        say(text.trim_start_matches('\n'));
    }
    let steps = count(plan.steps.len(), "step");
    let place = &connected.place;
    if let Some(file) = file {
        fs::write(file, show::script(&plan, schema))
            .map_err(|error| Failure::Trouble(format!("{}: {error}", file.display())))?;
        return Ok(format!(
            "{}: {steps} for {place}; nothing was changed",
            file.display()
        ));
    }
    if plan.steps.is_empty() {
        return Ok(format!("{place} is what the schema says: nothing to do"));
    }
    if dry {
        return Ok(format!("{steps} for {place}; nothing was changed"));
    }
    apply::apply(&mut connected.client, &plan)?;
    Ok(format!("{steps} done: {place} is what the schema says"))
}

/// Two at once would each do what the other has just done.
fn lock(client: &mut Client, schema: &str) -> Result<(), Failure> {
    let name = format!("eventc postgres migrate {schema}");
    let row = client.query_one(
        "select pg_try_advisory_lock(hashtextextended($1::text, 0))",
        &[&name],
    );
    match row.and_then(|row| row.try_get(0)) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::Problems(format!(
            "error: somebody else migrates the schema `{schema}` at this moment\n\
             help: wait until that is done, and run this again; who it is: select pid, query from pg_stat_activity where application_name = 'eventc';"
        ))),
        Err(error) => Err(Failure::Trouble(said(&error))),
    }
}

/// Compares, and asks the rows.
fn plan(client: &mut Client, compiled: &Compiled) -> Result<Plan, Failure> {
    let failure = |error| Failure::Problems(format!("error: {}", show::inert(&said(&error))));
    let mut transaction = client.transaction().map_err(failure)?;
    let live = introspect::live(&mut transaction, &compiled.database).map_err(failure)?;
    if !live.around.may_compare {
        return Err(Failure::Problems(format!(
            "error: `{0}` may not create temporary tables, by which the server is asked what the schema means\n\
             help: let the owner of the database run `grant temporary on database … to \"{0}\"`",
            live.around.user
        )));
    }
    let desired = desired::desired(&mut transaction, &compiled.scratch).map_err(failure)?;
    let mut plan = compare(&compiled.database, &desired, &live);
    rights::check(&compiled.database, &live, &mut plan);
    premises::ask(&mut transaction, &mut plan).map_err(failure)?;
    transaction.rollback().map_err(failure)?;
    Ok(plan)
}
