//! Tables that are not what the schema says, or not what they say of themselves.

use eventc_compiler::postgres::{Database, Ident, Table};

use super::super::plan::{NoteKind, Phase, Plan};
use super::super::snapshot::{Snapshot, fingerprint};
use super::access::problem;
use super::finding::{Finding, Severity};

const MIGRATE: &str =
    "eventc postgres migrate --dry-run says what would be done; without `--dry-run` it is done";

/// The rule that all of this is for: what places a row is never null.
pub(super) fn keys(database: &Database, live: &Snapshot, findings: &mut Vec<Finding>) {
    for model in database.tables() {
        let Some(table) = live.tables.get(&model.name) else {
            continue;
        };
        let levels = model.levels.iter().map(|level| &level.column);
        let mut keys: Vec<_> = levels.chain(&model.primary_key).collect();
        keys.sort();
        keys.dedup();
        let nullable = |name: &&&String| table.column(name).is_some_and(|it| !it.not_null);
        for column in keys.iter().filter(nullable) {
            let run = format!(
                "alter table {} alter column {} set not null; it reads the table while writers wait",
                database.qualified(&model.name),
                Ident(column)
            );
            findings.push(problem(
                "nullable_key",
                &model.name,
                format!("`{column}` places rows and may be null"),
                "a row with null there has no partition, or is in the wrong one and never found again",
                run,
            ));
        }
        let defaulted = |name: &&&String| table.column(name).is_some_and(|it| it.default.is_some());
        for column in keys.iter().filter(defaulted) {
            let run = format!(
                "alter table {} alter column {} drop default;",
                database.qualified(&model.name),
                Ident(column)
            );
            findings.push(problem(
                "defaulted_key",
                &model.name,
                format!("`{column}` places rows and has a default"),
                "a writer that forgets it is not told, and its rows are all in one place",
                run,
            ));
        }
    }
}

/// Checks that were added, and never held against the rows that were there.
pub(super) fn not_valid(database: &Database, live: &Snapshot, findings: &mut Vec<Finding>) {
    for model in database.tables() {
        let Some(table) = live.tables.get(&model.name) else {
            continue;
        };
        for (name, _) in table.checks.iter().filter(|(_, check)| !check.validated) {
            let run = format!(
                "alter table {} validate constraint {}; nobody waits for it",
                database.qualified(&model.name),
                Ident(name)
            );
            let finding = problem(
                "check_not_valid",
                &model.name,
                format!("`{name}` was never held against the rows that were there before it"),
                "readers rely on what a check says, and some rows may not fulfil it",
                run,
            );
            // That a row came in by the rule of its time is nothing to mend.
            let severity = match name.ends_with("_accept") {
                true => Severity::Note,
                false => Severity::Problem,
            };
            findings.push(Finding {
                severity,
                ..finding
            });
        }
    }
}

/// What the comparison would change.
pub(super) fn plan(database: &Database, live: &Snapshot, plan: &Plan, findings: &mut Vec<Finding>) {
    for model in database.tables() {
        match live.tables.get(&model.name) {
            Some(table) => differences(model, fingerprint(&table.comment), plan, findings),
            None => findings.push(missing("table_missing", &model.name)),
        }
    }
    let views = database
        .streams
        .iter()
        .filter_map(|stream| stream.view.as_ref());
    for view in views {
        if !live.views.contains_key(&view.name) {
            findings.push(missing("view_missing", &view.name));
        } else if let what @ [_, ..] = changes(plan, &view.name).as_slice() {
            findings.push(problem(
                "view_drifted",
                &view.name,
                what.join("; "),
                "whoever reads all events of the stream does not see what the schema says",
                MIGRATE.to_owned(),
            ));
        }
    }
    for note in &plan.notes {
        if note.kind == NoteKind::Orphan {
            findings.push(Finding {
                name: "orphan_table",
                severity: Severity::Note,
                place: note.subject.clone(),
                what: note.what.clone(),
                why: "its rows are kept for ever, and nobody makes partitions for new ones",
                run: format!("nothing; or, once nobody needs it: {}", note.by_hand),
            });
        }
    }
}

/// What tables say of themselves, where they could not be compared.
pub(super) fn claims(database: &Database, live: &Snapshot, findings: &mut Vec<Finding>) {
    for model in database.tables() {
        match live.tables.get(&model.name) {
            None => findings.push(missing("table_missing", &model.name)),
            Some(table) if fingerprint(&table.comment) != Some(&model.fingerprint) => {
                findings.push(outdated(&model.name, "it says so itself".to_owned()));
            }
            Some(_) => {}
        }
    }
}

fn differences(model: &Table, claimed: Option<&str>, plan: &Plan, findings: &mut Vec<Finding>) {
    let mut what = changes(plan, &model.name);
    let is_of_this_version = claimed == Some(&model.fingerprint);
    let notes = plan
        .notes
        .iter()
        .filter(|note| note.subject == model.name && note.kind == NoteKind::Drift);
    for note in notes {
        findings.push(problem(
            "table_drifted",
            &model.name,
            note.what.clone(),
            "somebody changed it by hand",
            format!("a migration leaves it to you: {}", note.by_hand),
        ));
    }
    match (is_of_this_version, what.is_empty()) {
        (true, true) => {}
        (true, false) => findings.push(problem(
            "table_drifted",
            &model.name,
            format!(
                "it says that it is of this version of the schema, and is not; what a migration would do: {}",
                what.join("; ")
            ),
            "somebody changed it by hand; a writer that asks for its version is told that all is well",
            MIGRATE.to_owned(),
        )),
        (false, _) => {
            if what.is_empty() {
                what.push("its comment".to_owned());
            }
            findings.push(outdated(&model.name, format!("other is: {}", what.join("; "))));
        }
    }
}

/// What would be done to the columns, checks and partitions of a table or to a view, and what would be refused.
fn changes(plan: &Plan, subject: &str) -> Vec<String> {
    let is_fact = |phase| matches!(phase, Phase::Alter | Phase::Known | Phase::View);
    let steps = plan
        .steps
        .iter()
        .filter(|step| step.subject == subject && is_fact(step.phase))
        .map(|step| step.what.clone());
    let refused = plan
        .refusals
        .iter()
        .filter(|refusal| refusal.subject == subject)
        .map(|refusal| format!("{} (refused)", refusal.what));
    steps.chain(refused).collect()
}

fn missing(name: &'static str, place: &str) -> Finding {
    problem(
        name,
        place,
        "it is in the schema and not in the database".to_owned(),
        "who writes to it or reads from it fails with `relation does not exist` (42P01)",
        "eventc postgres migrate".to_owned(),
    )
}

fn outdated(place: &str, what: String) -> Finding {
    problem(
        "table_outdated",
        place,
        format!("it is of another version of the schema: {what}"),
        "writers of this version may be refused; the order is: database first, writers second",
        MIGRATE.to_owned(),
    )
}
