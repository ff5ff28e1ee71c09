//! Who is there, and who may do what.

use eventc_compiler::postgres::{Database, Ident, script};

use super::super::snapshot::{SchemaFacts, Snapshot, Surroundings, fingerprint};
use super::finding::{Finding, Severity};

/// The schema, its roles, its functions.
pub(super) fn surroundings(
    database: &Database,
    around: &Surroundings,
    findings: &mut Vec<Finding>,
) {
    let Some(schema) = &around.schema else {
        findings.push(problem(
            "schema_missing",
            &database.schema,
            "there is no such schema in this database".to_owned(),
            "nothing can be written or read",
            "is it the right database? if so: eventc postgres migrate".to_owned(),
        ));
        return;
    };
    let roles = [
        (database.writer(), around.writer_exists),
        (database.reader(), around.reader_exists),
    ];
    for (role, _) in roles.iter().filter(|(_, exists)| !exists) {
        findings.push(problem(
            "role_missing",
            role,
            "there is no such role on this server".to_owned(),
            "services and people get their rights by it; a backup that is read on another server does not bring it along",
            "eventc postgres migrate".to_owned(),
        ));
    }
    if fingerprint(&schema.comment) != Some(&script::shared_fingerprint(database)) {
        findings.push(problem(
            "functions_outdated",
            &database.schema,
            "its functions are of another version of eventc, or expect other numbers of events"
                .to_owned(),
            "partitions are made and dropped by them, and alarms rung",
            "eventc postgres migrate".to_owned(),
        ));
    }
    uses(database, around, schema, findings);
}

fn uses(
    database: &Database,
    around: &Surroundings,
    schema: &SchemaFacts,
    findings: &mut Vec<Finding>,
) {
    let name = Ident(&database.schema);
    let usage = |role: &str| format!("grant usage on schema {name} to {};", Ident(role));
    let (writer, reader) = (database.writer(), database.reader());
    if around.writer_exists && !schema.writer_uses {
        findings.push(lacks(&writer, "may not use the schema", usage(&writer)));
    }
    if around.reader_exists && !schema.reader_uses {
        findings.push(lacks(&reader, "may not use the schema", usage(&reader)));
    }
    if around.writer_exists && schema.writer_ensures == Some(false) {
        let run = format!(
            "grant execute on function {name}.ensure_partitions to {};",
            Ident(&writer)
        );
        findings.push(lacks(&writer, "may not have partitions made", run));
    }
    delivers(database, around, schema, findings);
}

/// The tables in which a service that writes keeps how far it is.
fn delivers(
    database: &Database,
    around: &Surroundings,
    schema: &SchemaFacts,
    findings: &mut Vec<Finding>,
) {
    let (name, writer) = (Ident(&database.schema), database.writer());
    match schema.writer_delivers {
        None => findings.push(problem(
            "delivery_missing",
            &database.schema,
            "`_delivery` or `_dead_letter` is missing".to_owned(),
            "services keep there how far they are; they deliver nothing without it",
            "eventc postgres migrate".to_owned(),
        )),
        Some(false) if around.writer_exists => {
            let run = format!(
                "grant select, insert, update on {name}._delivery to {0}; grant insert on {name}._dead_letter to {0};",
                Ident(&writer)
            );
            findings.push(lacks(&writer, "may not keep how far it is", run));
        }
        Some(_) => {}
    }
}

/// What the roles may do with tables and views.
pub(super) fn tables(database: &Database, live: &Snapshot, findings: &mut Vec<Finding>) {
    let (writer, reader) = (database.writer(), database.reader());
    for model in database.tables() {
        let Some(table) = live.tables.get(&model.name) else {
            continue;
        };
        let name = database.qualified(&model.name);
        if !table.may.writer_inserts {
            let run = format!("grant insert on {name} to {};", Ident(&writer));
            let what = format!("`{writer}` may not insert");
            findings.push(lacks(&model.name, &what, run));
        }
        if !table.may.reader_selects {
            findings.push(not_read(&model.name, &name, &reader));
        }
    }
    let views = database
        .streams
        .iter()
        .filter_map(|stream| stream.view.as_ref());
    for model in views {
        let is_hidden = live
            .views
            .get(&model.name)
            .is_some_and(|view| !view.may.reader_selects);
        if is_hidden {
            findings.push(not_read(
                &model.name,
                &database.qualified(&model.name),
                &reader,
            ));
        }
    }
}

fn not_read(place: &str, name: &str, reader: &str) -> Finding {
    let run = format!("grant select on {name} to {};", Ident(reader));
    lacks(place, &format!("`{reader}` may not select"), run)
}

fn lacks(place: &str, what: &str, run: String) -> Finding {
    problem(
        "grant_missing",
        place,
        what.to_owned(),
        "who relies on it gets `permission denied` (42501)",
        run,
    )
}

pub(super) fn problem(
    name: &'static str,
    place: &str,
    what: String,
    why: &'static str,
    run: String,
) -> Finding {
    Finding {
        name,
        severity: Severity::Problem,
        place: place.to_owned(),
        what,
        why,
        run,
    }
}
