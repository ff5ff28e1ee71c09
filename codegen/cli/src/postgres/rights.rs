//! Whether who asks may do what is planned: said before the first step, and not in the middle of it.

use std::collections::BTreeSet;

use eventc_compiler::postgres::Database;

use super::plan::{Phase, Plan};
use super::snapshot::{Live, Owner};

/// Refuses what the server would.
pub(super) fn check(database: &Database, live: &Live, plan: &mut Plan) {
    if plan.steps.iter().any(|step| step.phase == Phase::Create) {
        schema(database, live, plan);
    }
    if plan.steps.iter().any(|step| step.phase == Phase::Shared) {
        roles(database, live, plan);
    }
    let subjects: BTreeSet<_> = plan.steps.iter().map(|step| step.subject.clone()).collect();
    for subject in &subjects {
        if let Some(owner) = owner(database, live, subject).filter(|owner| !owner.is_me) {
            plan.refuse(
                subject,
                format!("it belongs to `{}`", owner.name),
                format!(
                    "only the owner may change it, and you are `{}`",
                    live.around.user
                ),
                format!(
                    "run this as `{0}`, or as a role that was granted `{0}`",
                    owner.name
                ),
            );
        }
    }
}

fn owner<'l>(database: &Database, live: &'l Live, subject: &str) -> Option<&'l Owner> {
    if subject == database.schema {
        return live.around.schema.as_ref().map(|schema| &schema.owner);
    }
    let table = live.snapshot.tables.get(subject).map(|it| &it.owner);
    table.or_else(|| live.snapshot.views.get(subject).map(|it| &it.owner))
}

fn schema(database: &Database, live: &Live, plan: &mut Plan) {
    let (name, around) = (&database.schema, &live.around);
    if around.schema.is_none() && !around.may_create {
        plan.refuse(
            name,
            "there is no such schema",
            format!("you are `{}`, who may not create one in this database", around.user),
            format!(
                "is it the right database? if so, let its owner run: create schema {name} authorization \"{}\";",
                around.user
            ),
        );
    }
}

fn roles(database: &Database, live: &Live, plan: &mut Plan) {
    let around = &live.around;
    if (around.writer_exists && around.reader_exists) || around.may_create_roles {
        return;
    }
    let (writer, reader) = (database.writer(), database.reader());
    plan.refuse(
        &database.schema,
        format!("the roles `{writer}` and `{reader}` are not both there"),
        format!("you are `{}`, who may not create roles", around.user),
        format!(
            "let an administrator run: create role {writer} nologin; create role {reader} nologin;"
        ),
    );
}
