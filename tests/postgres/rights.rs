//! A writer inserts and has partitions made, a reader reads, and neither does anything else.

use crate::stage::Stage;

const SCHEMA: &str = "
events:
  ping: { partition: day(at), id: id, fields: { at: timestamp, id: uuid } }
";

const ROW: &str = "insert into acme.ping (version, at, id) values (1, now(), gen_random_uuid());";

#[test]
fn roles_have_the_rights_they_need_and_no_others() {
    let Some(stage) = Stage::small("rights", SCHEMA) else {
        return;
    };
    let may = |role: &str, sql: &str| {
        stage
            .sql_as(role, sql)
            .unwrap_or_else(|error| panic!("{error}"))
    };
    may("acme_writer", ROW);
    may(
        "acme_writer",
        "copy acme.ping (version, at, id) from stdin;\n\\.\n",
    );
    let made = may(
        "acme_writer",
        "select acme.ensure_partitions(last => now() + interval '30 days', only_table => 'ping')",
    );
    assert_eq!(
        made.lines().last(),
        Some("23"),
        "the script made today and seven days more"
    );
    assert_eq!(
        may("acme_reader", "select count(*) from acme.ping")
            .lines()
            .last(),
        Some("1")
    );
    may(
        "acme_reader",
        "select * from acme._partitioning, acme.expired(), acme._delivery, acme._dead_letter",
    );
    may(
        "acme_writer",
        "insert into acme._delivery values (gen_random_uuid(), 'postgres', 1);
         update acme._delivery set position = 2;
         insert into acme._dead_letter values (gen_random_uuid(), 1, 'ping', '22021', 'it is bad', '{}') on conflict do nothing",
    );

    let today = stage.sql("select to_char(now() at time zone 'UTC', 'YYYYMMDD')");
    let child = format!("acme.ping_{}", today.trim());
    let others = [
        "select * from acme.ping".to_owned(),
        "update acme.ping set version = 2".to_owned(),
        "delete from acme.ping".to_owned(),
        "truncate acme.ping".to_owned(),
        "drop table acme.ping".to_owned(),
        "alter table acme.ping add column more text".to_owned(),
        "create table acme.mine (a int)".to_owned(),
        "update acme._partitioning set retain = '1 day'".to_owned(),
        "delete from acme._delivery".to_owned(),
        "select * from acme._dead_letter".to_owned(),
        "delete from acme._dead_letter".to_owned(),
        ROW.replace("acme.ping", &child),
        format!("alter table acme.ping detach partition {child}"),
        "select acme._ensure('acme.ping', 'x', '{}', now()::timestamp, now()::timestamp, '{}', false)".to_owned(),
        "select acme.drop_expired()".to_owned(),
        "call acme.maintain()".to_owned(),
        "call acme._index_time('ping', 'at')".to_owned(),
    ];
    for sql in &others {
        let refused = stage.sql_as("acme_writer", sql).unwrap_err();
        assert!(
            refused.contains("permission denied") || refused.contains("must be owner"),
            "{sql}: {refused}"
        );
    }
    for sql in [
        ROW,
        "select acme.ensure_partitions()",
        "select acme.drop_expired()",
    ] {
        let refused = stage.sql_as("acme_reader", sql).unwrap_err();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}

/// A function that runs with the rights of its owner is not led astray by objects of the one who calls it.
#[test]
fn a_writers_own_objects_are_not_called() {
    let Some(stage) = Stage::small("own_objects", SCHEMA) else {
        return;
    };
    stage.sql("create schema mine; grant create, usage on schema mine to acme_writer");
    let made = stage.sql_as(
        "acme_writer",
        "create function mine.format(text, variadic text[]) returns text language sql as $$ select 'drop schema acme cascade' $$;
         create function mine.now() returns timestamptz language sql as $$ select 'infinity'::timestamptz $$;
         set search_path = mine, pg_catalog;
         select acme.ensure_partitions(last => pg_catalog.now() + interval '10 days', only_table => 'ping')",
    );
    assert_eq!(made.unwrap().lines().last(), Some("3"));
}
