//! The schema, its roles and its functions.

use eventc_compiler::postgres::{Database, script};

use super::super::plan::{Phase, Step};
use super::super::snapshot::{SchemaFacts, Surroundings, fingerprint};

/// The script of what all tables need is run as a whole where it is not what it was last time: it can be run again and again.
pub(super) fn compare(database: &Database, around: &Surroundings) -> Option<Step> {
    let what = reason(database, around)?;
    let sql = script::shared(database);
    Some(Step::new(
        &database.schema,
        Phase::Shared,
        what,
        vec![sql],
        None,
    ))
}

fn reason(database: &Database, around: &Surroundings) -> Option<String> {
    let Some(schema) = &around.schema else {
        return Some("create the schema, its roles and its functions".to_owned());
    };
    let print = script::shared_fingerprint(database);
    if fingerprint(&schema.comment) != Some(&print) {
        return Some("bring up its functions, and what is expected of events".to_owned());
    }
    if !around.writer_exists || !around.reader_exists {
        return Some("create the roles that are missing, and give them their rights".to_owned());
    }
    if schema.writer_delivers.is_none() {
        return Some("create the tables of delivery that are missing".to_owned());
    }
    (!is_granted(schema)).then(|| "give the roles the rights that they lack".to_owned())
}

fn is_granted(schema: &SchemaFacts) -> bool {
    schema.writer_uses
        && schema.reader_uses
        && schema.writer_ensures == Some(true)
        && schema.writer_delivers == Some(true)
}
