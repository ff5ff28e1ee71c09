//! The scripts load into an empty database, and load again without a change.

use std::path::Path;

use eventc_testing::postgres::Server;

use crate::stage::Stage;

#[test]
fn what_is_checked_in_loads_twice() {
    let Some(server) = Server::shared() else {
        return;
    };
    let database = server.database("loading");
    let load = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/postgres/_load.sql");
    // Without its lines on when and by whom it was written.
    let dump = || {
        let dump = database.pg_dump(&[]).unwrap();
        let lines = dump.lines().filter(|line| !line.starts_with('\\'));
        lines.collect::<Vec<_>>().join("\n")
    };
    database.psql_file(&load).unwrap();
    let once = dump();
    assert!(once.contains("CREATE TABLE acme.backend_request_success "));
    database.psql_file(&load).unwrap();
    assert_eq!(dump(), once);
}

#[test]
fn a_table_of_another_version_stops_the_script_and_stays_as_it_is() {
    let schema =
        |field| format!("events:\n  ping: {{ partition: none, fields: {{ {field}: string }} }}\n");
    let Some(stage) = Stage::small("another_version", &schema("host")) else {
        return;
    };
    stage.sql("insert into acme.ping (version, host) values (1, 'a')");
    let Some(other) = Stage::small("another_version_later", &schema("server")) else {
        return;
    };
    let refused = stage.database.psql(&other.scripts).unwrap_err();
    assert!(
        refused.contains("the table acme.ping is of another version of the schema"),
        "{refused}"
    );
    assert!(refused.contains("eventc postgres migrate"), "{refused}");
    assert_eq!(
        stage.sql("select version, host from acme.ping").trim(),
        "1|a"
    );
    // What it reads in a comment is not what somebody wrote into a description.
    stage.sql("comment on table acme.ping is 'eventc:0'");
    assert!(stage.database.psql(&stage.scripts).is_err());
}

#[test]
fn the_queries_of_the_docs_are_answered() {
    let Some(stage) = Stage::real("queries_of_the_docs") else {
        return;
    };
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/docs");
    let queries = eventc_testing::copied(&site, "sql");
    assert!(queries.len() > stage.catalog.events.len());
    for (page, query) in queries {
        let answer = stage.database.psql(&query);
        assert!(answer.is_ok(), "{page}:\n{query}\n{answer:?}");
    }
}
