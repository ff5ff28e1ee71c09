//! What is wrong is said by the alarms of the database, and by as many of them as the README says.

use std::fs;
use std::path::Path;

use crate::stage::Stage;

const SCHEMA: &str = "
streams:
  telemetry: { partition: day(at), id: id, fields: { at: timestamp, id: uuid } }
  clicks: { partition: day(at), id: id, store: shared, fields: { at: timestamp, id: uuid } }
events:
  answered: { stream: telemetry, expect: { at_least: 100, per: hour } }
  tapped: { stream: clicks, expect: { at_least: 30, per: hour } }
  left: { stream: clicks }
";

/// A day on which all is well: a service with two sinks, its heartbeats, and more events than are expected.
const WELL: &str = "
select acme.ensure_partitions(first => now() - interval '1 day', last => now());
update acme._expected set since = now() - interval '2 days';
insert into acme._heartbeat (version, heartbeat_id, at, producer, started_at, sequence, state, every, service, host, pid,
    accepted, dropped, memory_bytes, log_bytes, log_errors, log_full, log_torn, log_damaged, log_passed, log_lost, sinks)
  select 1, gen_random_uuid(), now() - n * interval '1 minute', '019445f2-b0d3-7234-bc36-867756c93a81', now() - interval '3 hours',
         180 - n, case n when 180 then 'started' else 'running' end, 60000, 'checkout', 'web-3', 7,
         1000 - n, 0, 0, 4096, 0, 0, 0, 0, 0, 0,
         '[{\"name\": \"postgres\", \"delivered\": 9, \"retries\": 1, \"dead\": 0, \"missed\": 0, \"lag_bytes\": 0},
           {\"name\": \"files\", \"delivered\": 9, \"retries\": 1, \"dead\": 0, \"missed\": 0, \"lag_bytes\": 512, \"oldest_undelivered\": 2}]'
    from generate_series(0, 180) as n;
insert into acme._delivery values ('019445f2-b0d3-7234-bc36-867756c93a81', 'postgres', 9, now());
insert into acme.answered (version, at, id) select 1, now() - n * interval '20 s', gen_random_uuid() from generate_series(1, 600) as n;
insert into acme.clicks_store (event, version, at, id, payload)
  select e, 1, now() - n * interval '1 minute', gen_random_uuid(), '{}' from generate_series(1, 180) as n, unnest(array['tapped', 'left']) as e;
";

const FROM_YESTERDAY: &str = "select acme.ensure_partitions(first => now() - interval '1 day', last => now()) into temporary made;";

/// What an emitter says of itself from half an hour ago on: columns, and members of its sink `files`.
fn says(columns: &str, files: &str) -> String {
    format!(
        "update acme._heartbeat set {columns} sinks = jsonb_set(sinks, '{{1}}', sinks -> 1 || '{files}')
           where at > now() - interval '30 minutes';"
    )
}

const NO_EVENTS: &str = "
delete from acme.answered where at > now() - interval '50 minutes';
delete from acme.clicks_store where at > now() - interval '50 minutes';";

/// Nothing has come from the service for a while.
fn nothing_comes() -> String {
    format!(
        "{NO_EVENTS}
         delete from acme._heartbeat where at > now() - interval '50 minutes';
         update acme._delivery set updated_at = now() - interval '50 minutes';"
    )
}

/// Each cause in the words of the README, and what it does to the rows.
fn causes() -> Vec<(&'static str, String)> {
    vec![
        ("all is well", String::new()),
        ("a process is killed, or its machine is gone", nothing_comes()),
        (
            "it was stopped in good order, and nobody started it again",
            format!(
                "{} update acme._heartbeat set state = 'stopped' where at = (select max(at) from acme._heartbeat);",
                nothing_comes()
            ),
        ),
        (
            "PostgreSQL takes nothing from it: a right, a lock, a table that was not migrated",
            nothing_comes(),
        ),
        ("a release does not emit an event any more", NO_EVENTS.to_owned()),
        (
            "its disk is full",
            says("log_errors = 900, dropped = 4000, log_error = 'No space left on device',", "{}") + NO_EVENTS,
        ),
        (
            "another store than this one is down",
            says("", r#"{"retries": 60, "oldest_undelivered": 1800, "last_error": "connection refused"}"#),
        ),
        (
            "it is down for so long that the log is full",
            says("log_full = 50,", r#"{"retries": 900, "missed": 70, "oldest_undelivered": 90000}"#),
        ),
        (
            "rows are refused for good",
            format!(
                "{NO_EVENTS} insert into acme._dead_letter (producer, position, event, sqlstate, reason, record)
                   values (gen_random_uuid(), 1, 'answered', '22P05', 'unsupported Unicode escape sequence', '{{}}');"
            ),
        ),
        ("another sink refuses events for good", says("", r#"{"dead": 3, "last_error": "413"}"#)),
        ("a segment of the log is damaged", says("log_damaged = 1,", "{}")),
        (
            "nobody makes partitions",
            "do $$ declare part text; begin
               for part in select relname from pg_class where relname ~ '^answered_' and relkind = 'r'
                   and right(relname, 8) > to_char(now() at time zone 'UTC' + interval '1 day', 'YYYYMMDD') loop
                 execute format('drop table acme.%I', part);
               end loop;
             end $$;"
                .to_owned(),
        ),
    ]
}

/// The names of the alarms that ring in the README, in order; nothing where none does.
fn promised(cause: &str) -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let row = readme
        .lines()
        .find_map(|line| line.strip_prefix(&format!("| {cause} | ")));
    let row = row.unwrap_or_else(|| panic!("the README has no row for: {cause}"));
    let names = row.trim_end_matches([' ', '|']).split(", ");
    let mut names: Vec<_> = names.map(|name| name.trim_matches('`')).collect();
    names.sort_unstable();
    names.join("\n")
}

#[test]
fn each_cause_rings_what_the_readme_says() {
    let Some(stage) = Stage::small("alarms", SCHEMA) else {
        return;
    };
    stage.sql(WELL);
    let mut said = String::new();
    for (cause, sql) in causes() {
        let rings = "select distinct alarm from acme.alarms() order by 1";
        let ring = stage.sql(&format!("begin;\n{sql}\n{rings};\nrollback;"));
        let expected = promised(cause).replace("none", "");
        assert_eq!(ring.trim(), expected, "{cause}");
        let shown = format!("begin;\n{sql}\n{SHOWN};\nrollback;");
        said.push_str(&format!("== {cause}\n{}\n", stage.sql(&shown)));
    }
    insta::assert_snapshot!("alarms", said);
}

/// Without what is another in each run.
const SHOWN: &str = r"select alarm, about, regexp_replace(says, '\d{4}-\d\d-\d\d \d\d:\d\d', 'TIME') from acme.alarms()";

#[test]
fn silence_rings_but_not_before_a_whole_period() {
    let Some(stage) = Stage::small("too_few", SCHEMA) else {
        return;
    };
    let rings = |sql: &str| {
        let asked = "select about from acme.alarms() where alarm = 'too_few'";
        let answer = stage.sql(&format!("begin;\n{sql}\n{asked};\nrollback;"));
        answer.trim().replace('\n', " ")
    };
    let since = |age: &str| {
        format!("update acme._expected set since = now() - interval '{age}'; {FROM_YESTERDAY}")
    };
    assert_eq!(rings(""), "", "tables that are new");
    assert_eq!(
        rings(&since("61 minutes")),
        "",
        "what is late has its time as well"
    );
    let (old, nothing) = (since("63 minutes"), "answered tapped");
    assert_eq!(rings(&old), nothing, "nothing ever came");
    let come = |count: u32, age: &str| {
        format!(
            "{old} insert into acme.answered (version, at, id)
               select 1, now() - interval '{age}', gen_random_uuid() from generate_series(1, {count});"
        )
    };
    assert_eq!(
        rings(&come(100, "30 minutes")),
        "tapped",
        "as many as expected"
    );
    assert_eq!(rings(&come(99, "30 minutes")), nothing, "one is missing");
    assert_eq!(
        rings(&come(100, "1 minute")),
        nothing,
        "they are not counted yet"
    );
    assert_eq!(
        rings(&come(100, "63 minutes")),
        nothing,
        "they are of the hour before"
    );
    let others = "insert into acme.clicks_store (event, version, at, id, payload)
      select 'left', 1, now() - interval '30 minutes', gen_random_uuid(), '{}' from generate_series(1, 50);";
    assert_eq!(
        rings(&format!("{old} {others}")),
        nothing,
        "other events of the same table"
    );
    assert_eq!(
        rings(&format!("{old} drop table acme.answered cascade;")),
        "tapped"
    );
}

/// A counter that begins again at nothing has not grown, and what it was before is not growth.
#[test]
fn a_restart_is_no_alarm() {
    let Some(stage) = Stage::small("restart", SCHEMA) else {
        return;
    };
    stage.sql(WELL);
    stage.sql(
        "update acme._heartbeat set dropped = 500;
         update acme._heartbeat set dropped = 0, started_at = now() - interval '20 minutes', sequence = sequence - 160
           where at > now() - interval '20 minutes';",
    );
    assert_eq!(stage.sql("select * from acme.alarms()").trim(), "");
    stage.sql("update acme._heartbeat set dropped = 2 where at > now() - interval '5 minutes'");
    assert_eq!(
        stage.sql("select alarm from acme.alarms()").trim(),
        "dropping"
    );
}

/// One emitter with a wrong clock does not take the voice of all alarms.
#[test]
fn numbers_beyond_all_measure_ring_and_are_no_errors() {
    let Some(stage) = Stage::small("wild", SCHEMA) else {
        return;
    };
    stage.sql(WELL);
    let wild = r#"{"oldest_undelivered": 9000000000000000000, "lag_bytes": 18446744073709551615}"#;
    let columns = "every = 18446744073709551615, log_bytes = 18446744073709551615,";
    stage.sql(&says(columns, wild));
    assert_eq!(stage.sql("select alarm from acme.alarms()").trim(), "lag");
}

/// Days that are not asked for are not read, and of a day that has many events only as many as it takes.
#[test]
fn counting_reads_little() {
    let Some(stage) = Stage::small("reads_little", SCHEMA) else {
        return;
    };
    stage.sql(&format!(
        "{FROM_YESTERDAY}
         update acme._expected set since = now() - interval '2 days';
         insert into acme.answered (version, at, id)
           select 1, now() - n * interval '1 s', gen_random_uuid() from generate_series(1, 40000) as n;
         analyze acme.answered;
         select pg_stat_reset();"
    ));
    // Counters of a session are there when it has ended.
    stage.sql("select * from acme.alarms()");
    let read = stage.sql(
        "select count(*) filter (where seq_scan + coalesce(idx_scan, 0) > 0) <= 2, sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) < 2000
           from pg_stat_user_tables where relname ~ '^answered_'",
    );
    assert_eq!(read.trim(), "t|t");
}

#[test]
fn readers_may_ask_and_nobody_else() {
    let Some(stage) = Stage::small("alarms_rights", SCHEMA) else {
        return;
    };
    stage.sql(WELL);
    let ask = format!("{NO_EVENTS} set role acme_reader; select distinct alarm from acme.alarms()");
    assert_eq!(stage.sql(&ask).lines().last(), Some("too_few"));
    for sql in [
        "select * from acme.alarms()",
        "update acme._expected set at_least = 1",
    ] {
        let refused = stage.sql_as("acme_writer", sql).unwrap_err();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}
