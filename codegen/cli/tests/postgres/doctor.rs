//! The doctor is silent where all is well, and finds each fault that is planted.

use crate::shop::Shop;

const SCHEMA: &str = "
streams:
  telemetry:
    fields: { at: timestamp, id: uuid }
    partition: day(at)
    id: id
    retain: 3d
events:
  ping: { stream: telemetry, fields: { level: u8, note?: string } }
  pong: { stream: telemetry }
";

/// What is done to the database, and the words that the doctor has for it.
const FAULTS: &[(&str, &str)] = &[
    ("drop table acme.ping cascade", "table_missing]: ping"),
    ("alter table acme.ping drop column note", "note"),
    (
        "alter table acme.ping add column extra text not null",
        "extra",
    ),
    ("alter table acme.ping alter level drop not null", "level"),
    ("alter table acme.ping alter level type integer", "level"),
    (
        "alter table acme.ping drop constraint level_range",
        "level_range",
    ),
    (
        "alter table acme.ping drop constraint level_range, add constraint level_range check (level < 1000)",
        "level_range",
    ),
    (
        "alter table acme.ping drop constraint level_range, add constraint level_range check (level >= 0 and level <= 255) not valid",
        "level_range",
    ),
    (
        "alter table acme.ping drop constraint ping_pkey",
        "primary key",
    ),
    (
        "alter table acme.ping drop constraint ping_pkey, alter id drop not null",
        "id",
    ),
    (
        "do $$ begin execute format('drop table acme.ping_%s', to_char((now() + interval '2 days') at time zone 'UTC', 'YYYYMMDD')); end $$",
        "ping",
    ),
    (
        "create table acme.ping_rest partition of acme.ping default",
        "default",
    ),
    (
        "select acme._ensure('acme.ping', 'ping', array_agg(p), now()::timestamp - interval '9 days', now()::timestamp - interval '9 days', '{}', false) from acme._partitioning p where table_name = 'ping'",
        "retain",
    ),
    ("revoke insert on acme.ping from acme_writer", "acme_writer"),
    ("revoke select on acme.pong from acme_reader", "acme_reader"),
    (
        "revoke usage on schema acme from acme_writer",
        "acme_writer",
    ),
    (
        "revoke execute on function acme.ensure_partitions from acme_writer",
        "ensure_partitions",
    ),
    ("drop view acme.telemetry", "telemetry"),
];

#[test]
fn each_fault_is_found_and_told_what_to_do_about() {
    let Some(shop) = Shop::with("doctor", SCHEMA) else {
        return;
    };
    let well = shop.run(&["doctor"]);
    assert_eq!(well.code, 0, "{}", well.text);
    for (number, (fault, expected)) in FAULTS.iter().enumerate() {
        let shop = Shop::with(&format!("fault_{number}"), SCHEMA).unwrap();
        shop.sql(fault);
        let said = shop.run(&["doctor"]);
        assert_eq!(said.code, 1, "{fault}\n{}", said.text);
        assert!(said.text.contains(expected), "{fault}\n{}", said.text);
        // It only looks.
        assert_eq!(shop.run(&["doctor"]).text, said.text, "{fault}");
    }
}

#[test]
fn programs_read_it_too() {
    let Some(shop) = Shop::with("doctor_formats", SCHEMA) else {
        return;
    };
    assert_eq!(shop.run(&["doctor", "--format", "json"]).text.trim(), "[]");
    shop.sql("revoke insert on acme.ping from acme_writer; alter table acme.pong add column \"it's\n::x\" text not null");
    let json = shop.run(&["doctor", "--format", "json"]);
    assert_eq!(json.code, 1, "{}", json.text);
    let findings: serde_yaml::Value = serde_yaml::from_str(&json.text).unwrap();
    assert!(findings.as_sequence().unwrap().len() >= 2, "{}", json.text);
    let github = shop.run(&["doctor", "--format", "github"]);
    assert_eq!(github.code, 1, "{}", github.text);
    assert!(
        github.text.lines().all(|line| line.starts_with("::")),
        "{}",
        github.text
    );
}

/// Whoever may only read still learns what can be seen.
#[test]
fn a_reader_may_ask() {
    let Some(shop) = Shop::with("doctor_reader", SCHEMA) else {
        return;
    };
    let role = format!("{}_analyst", shop.database.role_prefix());
    shop.sql(&format!(
        "create role {role} login; grant acme_reader to {role}"
    ));
    let url = shop.database.url();
    let (before, host) = url.split_once('@').unwrap();
    let scheme = before.split("://").next().unwrap();
    let theirs = format!("{scheme}://{role}@{host}");
    let said = shop.run(&["doctor", "--database", &theirs]);
    assert_eq!(said.code, 0, "{}", said.text);
    shop.sql("alter table acme.ping alter level drop not null");
    let said = shop.run(&["doctor", "--database", &theirs]);
    assert_eq!(said.code, 1, "{}", said.text);
    // And may not change anything.
    let said = shop.run(&["migrate", "--database", &theirs]);
    assert_ne!(said.code, 0, "{}", said.text);
}
