//! `eventc postgres migrate`.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use ::postgres::Client;

use eventc_compiler::inert;

use super::compare::compare;
use super::connection::{Connected, advised, said};
use super::plan::Plan;
use super::{Common, Compiled, apply, desired, introspect, premises, rights, say, show};
use crate::failure::Failure;
use crate::terminal::count;

/// Prints what is to be done, and does it.
pub(super) fn run(common: &Common, dry: bool, file: Option<&Path>) -> Result<String, Failure> {
    let compiled = common.compile()?;
    let mut connected = common.connect()?;
    if dry || file.is_some() {
        return only_say(&mut connected, &compiled, file);
    }
    let schema = &compiled.database.schema;
    lock(&mut connected.client, schema)?;
    let result = carry_out(&mut connected, &compiled);
    // The server would let go of it a moment after the end, and who runs this again at once would be told of somebody else.
    unlock(&mut connected.client, schema);
    result
}

/// What would be done, with its SQL, or as a script.
fn only_say(
    connected: &mut Connected,
    compiled: &Compiled,
    file: Option<&Path>,
) -> Result<String, Failure> {
    let plan = plan(connected, compiled)?;
    say_plan(&plan, file.is_none());
    let steps = count(plan.steps.len(), "step");
    let place = &connected.place;
    if let Some(file) = file {
        fs::write(file, show::script(&plan, &compiled.database.schema))
            .map_err(|error| Failure::Trouble(format!("{}: {error}", file.display())))?;
        return Ok(format!(
            "{}: {steps} for {place}; nothing was changed",
            file.display()
        ));
    }
    match plan.steps.is_empty() {
        true => Ok(nothing_to_do(place)),
        false => Ok(format!("{steps} for {place}; nothing was changed")),
    }
}

fn carry_out(connected: &mut Connected, compiled: &Compiled) -> Result<String, Failure> {
    let plan = plan(connected, compiled)?;
    say_plan(&plan, false);
    let place = &connected.place;
    if plan.steps.is_empty() {
        return Ok(nothing_to_do(place));
    }
    apply::apply(&mut connected.client, &plan)?;
    let steps = count(plan.steps.len(), "step");
    Ok(format!("{steps} done: {place} is what the schema says"))
}

fn say_plan(plan: &Plan, sql: bool) {
    let text = show::plan(plan, sql);
    if !text.is_empty() {
        say(text.trim_start_matches('\n'));
    }
}

fn nothing_to_do(place: &str) -> String {
    format!("{place} is what the schema says: nothing to do")
}

/// Two at once would each do what the other has just done.
fn lock(client: &mut Client, schema: &str) -> Result<(), Failure> {
    // A session that was broken off keeps its locks until the server notices.
    for _ in 0..20 {
        let row = client.query_one(
            "select pg_try_advisory_lock(hashtextextended($1::text, 0))",
            &[&lock_name(schema)],
        );
        match row.and_then(|row| row.try_get(0)) {
            Ok(true) => return Ok(()),
            Ok(false) => sleep(Duration::from_millis(100)),
            Err(error) => return Err(Failure::Trouble(inert(&said(&error)))),
        }
    }
    Err(Failure::Problems(format!(
        "error: somebody else migrates the schema `{schema}` at this moment\n\
         help: wait until that is done, and run this again; who it is: select pid, query from pg_stat_activity where application_name = 'eventc';"
    )))
}

fn unlock(client: &mut Client, schema: &str) {
    let sql = "select pg_advisory_unlock(hashtextextended($1::text, 0))";
    // Where the connection is gone, so is the lock.
    let _ = client.query_one(sql, &[&lock_name(schema)]);
}

fn lock_name(schema: &str) -> String {
    format!("eventc postgres migrate {schema}")
}

/// Compares, and asks the rows. What is refused is all that is said then.
fn plan(connected: &mut Connected, compiled: &Compiled) -> Result<Plan, Failure> {
    let plan = compared(&mut connected.client, compiled)?;
    if plan.refusals.is_empty() {
        return Ok(plan);
    }
    Err(Failure::Problems(format!(
        "{}{} refused; nothing was changed in {}",
        show::refusals(&plan.refusals),
        count(plan.refusals.len(), "change"),
        connected.place
    )))
}

fn compared(client: &mut Client, compiled: &Compiled) -> Result<Plan, Failure> {
    let failure = |error| Failure::Problems(format!("error: {}", inert(&advised(&error))));
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
