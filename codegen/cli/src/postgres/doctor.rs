//! `eventc postgres doctor`: what is wrong with a database, found by looking at it and by nothing else.

mod access;
mod drift;
mod finding;
mod partitions;

use ::postgres::{Error, Transaction};
use eventc_compiler::inert;

use super::compare::compare;
use super::connection::{advised, said};
use super::introspect;
use super::snapshot::Live;
use super::{Common, Compiled, Format, desired, say};
use crate::failure::Failure;
use crate::terminal::count;
use finding::{Finding, Severity};

/// Says what it finds. It ends with 1 if one of the findings is a problem.
pub(super) fn run(common: &Common, format: Format) -> Result<String, Failure> {
    let compiled = common.compile()?;
    let mut connected = common.connect()?;
    let failure = |error| Failure::Trouble(inert(&advised(&error)));
    let mut transaction = connected.client.transaction().map_err(failure)?;
    let findings = examine(&mut transaction, &compiled).map_err(failure)?;
    transaction.rollback().map_err(failure)?;
    let problems = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Problem);
    let problems = problems.count();
    let text = finding::written(&findings, format);
    let text = match format {
        Format::Text => {
            let found = match problems {
                0 => "no problems".to_owned(),
                problems => count(problems, "problem"),
            };
            format!("{text}{}: {found}", connected.place)
        }
        Format::Json | Format::Github => text.trim_end().to_owned(),
    };
    match problems {
        0 => Ok(text),
        // What is found is the answer, and not an error: it goes where answers go.
        _ => {
            say(&text);
            Err(Failure::Problems(String::new()))
        }
    }
}

fn examine(transaction: &mut Transaction<'_>, compiled: &Compiled) -> Result<Vec<Finding>, Error> {
    let database = &compiled.database;
    let mut findings = Vec::new();
    let live = introspect::live(transaction, database)?;
    access::surroundings(database, &live.around, &mut findings);
    if live.around.schema.is_none() {
        return Ok(findings);
    }
    access::tables(database, &live.snapshot, &mut findings);
    drift::keys(database, &live.snapshot, &mut findings);
    drift::not_valid(database, &live.snapshot, &mut findings);
    compared(transaction, compiled, &live, &mut findings)?;
    partitions::examine(transaction, database, &mut findings)?;
    findings.sort_by(|one, other| (&one.place, one.name).cmp(&(&other.place, other.name)));
    Ok(findings)
}

/// What the comparison finds, if there can be one: it makes temporary tables, which not everybody may, and a replica never does.
fn compared(
    transaction: &mut Transaction<'_>,
    compiled: &Compiled,
    live: &Live,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let mut nested = transaction.transaction()?;
    match desired::desired(&mut nested, &compiled.scratch) {
        Ok(desired) => {
            nested.rollback()?;
            let plan = compare(&compiled.database, &desired, live);
            drift::plan(&compiled.database, &live.snapshot, &plan, findings);
        }
        Err(error) if error.as_db_error().is_some() => {
            nested.rollback()?;
            findings.push(Finding {
                name: "not_compared",
                severity: Severity::Note,
                place: compiled.database.schema.clone(),
                what: format!(
                    "tables were not compared column by column: {}",
                    said(&error)
                ),
                why: "the server is asked what the schema means by making its tables as temporary ones; what a table says of itself was believed instead",
                run: "let somebody run this who may create temporary tables, on the primary".to_owned(),
            });
            drift::claims(&compiled.database, &live.snapshot, findings);
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
