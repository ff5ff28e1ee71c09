//! The views that unite the tables of a stream. They hold no rows, so they may go and come back.

use eventc_compiler::postgres::{self as model, Database, script};

use super::super::plan::{Phase, Plan, Step};
use super::super::snapshot::{Column, Snapshot, View, without_place};

pub(super) fn compare(
    database: &Database,
    model: &model::View,
    desired: &View,
    live: &Snapshot,
    plan: &mut Plan,
) {
    if live.tables.contains_key(&model.name) {
        return super::taken(&model.name, "a table", plan);
    }
    let step = match live.views.get(&model.name) {
        None => create(database, model),
        Some(live) if live.definition != desired.definition => {
            match replace(database, model, desired, live, plan) {
                Some(step) => step,
                None => return,
            }
        }
        Some(live) if live.comment != desired.comment || !live.may.reader_selects => {
            describe(database, model, desired, live)
        }
        Some(_) => return,
    };
    plan.steps.push(step);
}

fn create(database: &Database, model: &model::View) -> Step {
    let sql = script::create_view(database, model);
    let what = "create the view that unites the tables of the stream";
    step(model, what.to_owned(), vec![sql])
}

/// A view takes new columns at its end alone; else it has to go first, and what was made of it would have to go with it.
fn replace(
    database: &Database,
    model: &model::View,
    desired: &View,
    live: &View,
    plan: &mut Plan,
) -> Option<Step> {
    if desired.columns.len() >= live.columns.len()
        && live.columns.iter().zip(&desired.columns).all(is_same)
    {
        let sql = script::create_view(database, model);
        return Some(step(model, "unite the tables anew".to_owned(), vec![sql]));
    }
    if !live.dependents.is_empty() {
        let dependents = live.dependents.join(", ");
        plan.refuse(
            &model.name,
            "the view gets other columns, for which it has to be made anew",
            format!("these are made of it, and would have to go with it: {dependents}"),
            format!("drop {dependents}, run this again, and create them again"),
        );
        return None;
    }
    let statements = vec![
        format!("drop view if exists {};", database.qualified(&model.name)),
        format!("create {}", script::define_view(database, model)),
        script::describe_view(database, model),
    ];
    let what =
        "make the view anew, with other columns; rights that were given by hand are gone with it";
    Some(step(model, what.to_owned(), statements))
}

fn describe(database: &Database, model: &model::View, desired: &View, live: &View) -> Step {
    let sql = script::describe_view(database, model);
    let (phase, what) = match live.may.reader_selects {
        true => (Phase::Describe, "the comment of the view"),
        false => (Phase::Grant, "let readers select"),
    };
    let step = Step::new(&model.name, phase, what, vec![sql], None);
    Step {
        is_place: phase == Phase::Describe
            && without_place(&live.comment) == without_place(&desired.comment),
        ..step
    }
}

fn step(model: &model::View, what: String, statements: Vec<String>) -> Step {
    Step::new(&model.name, Phase::View, what, statements, None)
}

fn is_same((one, other): (&Column, &Column)) -> bool {
    (&one.name, &one.ty) == (&other.name, &other.ty)
}
