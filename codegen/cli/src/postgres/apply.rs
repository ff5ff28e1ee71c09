//! Does what a plan says, one short transaction after the other.

use std::thread::sleep;
use std::time::Duration;

use ::postgres::error::SqlState;
use ::postgres::{Client, Error};

use eventc_compiler::inert;

use super::connection::advised;
use super::plan::{Plan, Step};
use super::{say, show};
use crate::failure::Failure;

/// How often a transaction is tried that does not get its lock.
const TRIES: u32 = 30;

/// How long one waits for a lock: everybody who comes after it waits as long behind it.
const WAIT: &str = "set local lock_timeout = '2s'";

/// Does all of it. What is done stays done, whatever happens to the rest: the next run goes on from there.
pub(super) fn apply(client: &mut Client, plan: &Plan) -> Result<(), Failure> {
    let mut done = 0;
    for group in plan.groups() {
        say_group(group);
        if let Err(error) = in_turn(client, group) {
            let all = plan.steps.len();
            return Err(Failure::Problems(format!(
                "error: {}\nnote: {done} of {all} steps are done and stay so; once what is in the way is gone, run this again: it goes on from there",
                inert(&advised(&error))
            )));
        }
        done += group.len();
    }
    Ok(())
}

fn say_group(group: &[Step]) {
    for step in group {
        say(&format!("{}: {}", inert(&step.subject), inert(&step.what)));
        for statement in &step.statements {
            say(&show::brief(statement));
        }
    }
}

/// Tries until nobody else is in the way, with a pause in which those who waited behind it get on.
fn in_turn(client: &mut Client, group: &[Step]) -> Result<(), Error> {
    let mut tries = 1;
    loop {
        let error = match in_transaction(client, group) {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if !is_busy(&error) || tries == TRIES {
            return Err(error);
        }
        let pause = Duration::from_millis(100 << tries.min(5));
        say(&format!(
            "  somebody else has it; try {tries} of {TRIES} is over, the next one in {} ms",
            pause.as_millis()
        ));
        sleep(pause);
        tries += 1;
    }
}

fn in_transaction(client: &mut Client, group: &[Step]) -> Result<(), Error> {
    if group.iter().any(|step| step.phase.commits()) {
        let mut statements = group.iter().flat_map(|step| &step.statements);
        return statements.try_for_each(|statement| client.batch_execute(statement));
    }
    let mut transaction = client.transaction()?;
    transaction.batch_execute(WAIT)?;
    for statement in group.iter().flat_map(|step| &step.statements) {
        transaction.batch_execute(statement)?;
    }
    transaction.commit()
}

fn is_busy(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        *code == SqlState::LOCK_NOT_AVAILABLE || *code == SqlState::T_R_DEADLOCK_DETECTED
    })
}
