//! From what is there and what is wished for to what is to be done. Nothing here talks to a server.

mod checks;
mod columns;
mod described;
mod placing;
mod surroundings;
mod views;

use eventc_compiler::postgres::{self as model, Database, script};

use super::plan::{NoteKind, Phase, Plan, Step};
use super::snapshot::{Live, Snapshot, Table, fingerprint};

/// What brings the live schema to the desired one. No steps: it is there already.
pub(super) fn compare(database: &Database, desired: &Snapshot, live: &Live) -> Plan {
    let mut plan = Plan::default();
    plan.steps
        .extend(surroundings::compare(database, &live.around));
    for stream in &database.streams {
        for table in &stream.tables {
            if let Some(desired) = desired.tables.get(&table.name) {
                compare_table(database, table, desired, &live.snapshot, &mut plan);
            }
        }
        let Some(view) = &stream.view else { continue };
        if let Some(desired) = desired.views.get(&view.name) {
            views::compare(database, view, desired, &live.snapshot, &mut plan);
        }
    }
    orphans(database, &live.snapshot, &mut plan);
    plan
}

/// A table that only gets more, or asks for less.
const GO_ON: Option<&str> = Some("go on: they name the columns that they fill");

/// One table, and what is found out about it.
struct Comparison<'a> {
    database: &'a Database,
    /// The table as the schema has it.
    model: &'a model::Table,
    /// The same as the server understands it.
    desired: &'a Table,
    live: &'a Table,
    plan: &'a mut Plan,
    steps: Vec<Step>,
}

fn compare_table(
    database: &Database,
    model: &model::Table,
    desired: &Table,
    live: &Snapshot,
    plan: &mut Plan,
) {
    let Some(there) = live.tables.get(&model.name) else {
        if live.views.contains_key(&model.name) {
            taken(&model.name, "a view", plan);
        } else {
            plan.steps.extend(create(database, model));
        }
        return;
    };
    if !matches!(there.kind.as_str(), "p" | "r") {
        taken(&model.name, "something that is no table", plan);
        return;
    }
    let mut comparison = Comparison {
        database,
        model,
        desired,
        live: there,
        plan,
        steps: Vec::new(),
    };
    comparison.placing();
    comparison.columns();
    comparison.checks();
    comparison.described();
    comparison.finish();
}

impl Comparison<'_> {
    fn name(&self) -> String {
        self.database.qualified(&self.model.name)
    }

    fn step(
        &mut self,
        phase: Phase,
        what: String,
        statements: Vec<String>,
        writers: Option<&'static str>,
    ) {
        let step = Step::new(&self.model.name, phase, what, statements, writers);
        self.steps.push(step);
    }

    fn refuse(&mut self, what: String, why: &str, way: String) {
        self.plan.refuse(&self.model.name, what, why, way);
    }

    fn note(&mut self, kind: NoteKind, what: String, by_hand: String) {
        self.plan.note(&self.model.name, kind, what, by_hand);
    }

    fn finish(mut self) {
        self.steps.sort_by_key(|step| step.phase);
        self.plan.steps.append(&mut self.steps);
    }
}

fn taken(name: &str, by: &str, plan: &mut Plan) {
    plan.refuse(
        name,
        format!("the name is taken by {by}"),
        "a table or view of the schema belongs there",
        "rename what has the name, and run this again",
    );
}

fn create(database: &Database, table: &model::Table) -> Vec<Step> {
    let mut statements = vec![
        script::create_table(database, table),
        script::describe_table(database, table),
        script::partitioning(database, table),
        script::table_grants(database, table),
    ];
    statements.retain(|sql| !sql.is_empty());
    let what = format!("create the table, with {} columns", table.columns.len());
    let created = Step::new(&table.name, Phase::Create, what, statements, None);
    let cut = table.is_partitioned().then(|| {
        let statements = vec![script::prepare_table(database, table)];
        let what = "make the partitions of the next days";
        Step::new(&table.name, Phase::Ensure, what, statements, None)
    });
    [created].into_iter().chain(cut).collect()
}

/// Tables that an older schema had. They hold rows, so that is said and no more.
fn orphans(database: &Database, live: &Snapshot, plan: &mut Plan) {
    for (name, table) in &live.tables {
        let is_known = database.tables().any(|known| known.name == *name);
        if is_known || fingerprint(&table.comment).is_none() {
            continue;
        }
        let by_hand = format!(
            "drop table {}; delete from {} where table_name = {};",
            database.qualified(name),
            database.qualified("_partitioning"),
            model::Literal(name)
        );
        let what = "the table is not in the schema; it stays with its rows".to_owned();
        plan.note(name, NoteKind::Orphan, what, by_hand);
    }
}
