//! Servers that start, stop, and are gone.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use eventc_testing::postgres::Server;

use crate::servers::{eventually, is_gone_with_its_process, is_listening};

/// A server whose own folder is known.
fn started() -> Option<(Server, String)> {
    let server = Server::builder().setting("work_mem", "5MB").start()?;
    let database = server.database("where");
    let data = database.psql("show data_directory").unwrap();
    Some((server, data.trim().to_owned()))
}

#[test]
fn databases_are_strangers_and_survive_a_stop() {
    let Some((server, data)) = started() else {
        return;
    };
    let (one, other) = (server.database("One of 'them'"), server.database("other"));
    assert!(one.name().ends_with("_one_of__them_"), "{}", one.name());
    assert_ne!(one.url(), other.url());
    one.psql("create table t (a text); insert into t values ('ü\n'), ('|'); checkpoint")
        .unwrap();
    assert!(
        other
            .psql("select * from t")
            .unwrap_err()
            .contains("\"t\" does not exist")
    );
    assert_eq!(
        one.psql("show work_mem; show fsync; show timezone")
            .unwrap(),
        "5MB\noff\nUTC\n"
    );
    assert_eq!(
        one.psql("show server_encoding; show lc_collate").unwrap(),
        "UTF8\nC\n"
    );

    let url = server.url();
    server.stop_immediate();
    assert!(!is_listening(&url));
    assert!(one.psql("select 1").is_err());
    server.start_again();
    assert_eq!(one.psql("select * from t").unwrap(), "ü\n\n|\n");

    server.stop_fast();
    server.start_again();
    assert_eq!(server.url(), url);
    assert!(
        one.pg_dump(&["--schema-only"])
            .unwrap()
            .contains("CREATE TABLE public.t")
    );

    drop((one, other, server));
    assert!(!is_listening(&url));
    assert!(!Path::new(&data).parent().unwrap().exists());
}

#[test]
fn sql_stops_at_its_first_error() {
    let Some(server) = Server::shared() else {
        return;
    };
    let database = server.database("errors");
    let says = database
        .psql("select 1;\nselect 'a'::int;\ncreate table t ()")
        .unwrap_err();
    assert!(
        says.contains(":2: ERROR:") && says.contains("invalid input syntax"),
        "{says}"
    );
    assert_eq!(
        database.psql("select to_regclass('t') is null").unwrap(),
        "t\n"
    );
    // More than a pipe holds, in both directions.
    let long = format!("select '{}'", "x".repeat(1 << 20));
    let rows = database.psql(&format!("{long};{long}")).unwrap();
    assert_eq!(rows.len(), 2 * ((1 << 20) + 1));

    let file = std::env::temp_dir().join(format!("{}.sql", database.name()));
    std::fs::write(&file, "select 1, null, 2").unwrap();
    assert_eq!(database.psql_file(&file).unwrap(), "1||2\n");
    std::fs::remove_file(file).unwrap();
}

#[test]
fn roles_of_a_database_have_names_of_their_own() {
    let Some(server) = Server::shared() else {
        return;
    };
    let (one, other) = (server.database("roles"), server.database("roles"));
    let create = |prefix: &str| {
        format!(
            "create role {prefix}reader; create table t (); grant select on t to {prefix}reader"
        )
    };
    one.psql(&create(&one.role_prefix())).unwrap();
    other.psql(&create(&other.role_prefix())).unwrap();
    let count = format!(
        "select count(*) from pg_roles where starts_with(rolname, '{}')",
        one.role_prefix()
    );
    assert_eq!(other.psql(&count).unwrap(), "1\n");
}

#[test]
fn connections_are_ended() {
    let Some(server) = Server::shared() else {
        return;
    };
    let database = server.database("ended");
    assert_eq!(database.terminate_backends(), 0);
    std::thread::scope(|scope| {
        let sleeping = scope.spawn(|| database.psql("select pg_sleep(60)"));
        eventually("a connection", || database.terminate_backends() > 0);
        let says = sleeping.join().unwrap().unwrap_err();
        assert!(says.contains("terminating connection"), "{says}");
    });
}

#[test]
fn a_server_is_gone_when_its_process_was_killed() {
    let killed = is_gone_with_its_process("postgres::a_process_that_is_killed");
    assert!(killed || Server::builder().start().is_none());
}

/// Started by the test above; by itself it only waits.
#[test]
#[ignore = "waits to be killed"]
fn a_process_that_is_killed() {
    let Some((server, data)) = started() else {
        return;
    };
    let folder = Path::new(&data).parent().unwrap();
    println!("started {} {}", server.url(), folder.display());
    sleep(Duration::from_secs(60));
}
