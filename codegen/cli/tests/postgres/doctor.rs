//! The doctor is silent where all is well, and names what is not.

use crate::shop::Shop;

const FILES: &[(&str, &str)] = &[(
    "shop.yaml",
    "streams: { orders: { partition: day(at), id: id, retain: 30d, fields: { id: uuid, at: { type: timestamp, accept: -40d..+1h } } } }
stream: orders
events:
  paid: { fields: { total: i32, note?: string } }
  sent: { fields: { total: i32 } }
",
), (
    "log.yaml",
    "types: { Region: [eu, us] }\nevents: { seen: { partition: [region, 'bucket(2, id)', day(at)], fields: { id: uuid, at: timestamp, region: Region } } }\n",
)];

const DROP_PARTITIONS: &str = "do $$ declare part regclass; begin
  for part in select inhrelid::regclass from pg_inherits where inhparent = '\"@\".shop_paid'::regclass loop execute format('drop table %s', part); end loop;
end $$;";

/// A fault, and the names and places of what is found then.
const FAULTS: &[(&str, &[&str])] = &[
    ("drop schema \"@\" cascade", &["schema_missing @"]),
    (
        "drop table \"@\".shop_sent cascade",
        &["table_missing shop_sent", "view_missing shop_orders"],
    ),
    ("drop view \"@\".shop_orders", &["view_missing shop_orders"]),
    (
        "create or replace view \"@\".shop_orders as select 'x'::text as event, version, id, at, _received_at from \"@\".shop_paid",
        &["view_drifted shop_orders"],
    ),
    ("DROP_PARTITIONS", &["partition_missing_now shop_paid"]),
    (
        "DROP_PARTITIONS select \"@\".ensure_partitions(now(), now(), 'shop_paid')",
        &["partitions_missing shop_paid"],
    ),
    (
        "drop table \"@\".log_seen_us",
        &["partitions_missing log_seen"],
    ),
    (
        "drop table \"@\".log_seen_us_h1",
        &["partitions_missing log_seen"],
    ),
    (
        "create table \"@\".rest partition of \"@\".shop_paid default",
        &["default_partition shop_paid"],
    ),
    (
        "create table \"@\".rest partition of \"@\".shop_paid default; insert into \"@\".shop_paid (version, id, at, total) values (1, gen_random_uuid(), now() - interval '3 days', 5)",
        &["default_partition_rows shop_paid"],
    ),
    (
        "alter table \"@\".shop_sent drop constraint shop_sent_pkey; alter table \"@\".shop_sent alter column at drop not null",
        &["nullable_key shop_sent", "table_drifted shop_sent"],
    ),
    (
        "alter table \"@\".shop_paid alter column id set default gen_random_uuid()",
        &["defaulted_key shop_paid"],
    ),
    (
        "alter table \"@\".shop_paid alter column total drop not null",
        &["table_drifted shop_paid"],
    ),
    (
        "alter table \"@\".shop_paid drop column note",
        &["table_drifted shop_paid"],
    ),
    (
        "alter table \"@\".shop_paid alter column total type bigint",
        &["table_drifted shop_paid"],
    ),
    (
        "alter table \"@\".shop_paid drop constraint at_range",
        &["table_drifted shop_paid"],
    ),
    (
        "alter table \"@\".shop_paid drop constraint at_range; alter table \"@\".shop_paid add constraint at_range check (at > '1999-01-01')",
        &["table_drifted shop_paid"],
    ),
    (
        "alter table \"@\".shop_paid add constraint mine check (total < 100)",
        &["table_drifted shop_paid"],
    ),
    (
        "drop index \"@\".shop_paid_at_idx",
        &["table_drifted shop_paid"],
    ),
    (
        "update \"@\"._partitioning set retain = null where table_name = 'shop_paid'",
        &["table_drifted shop_paid"],
    ),
    (
        "comment on table \"@\".shop_paid is 'mine'",
        &["table_outdated shop_paid"],
    ),
    (
        "comment on schema \"@\" is 'mine'",
        &["functions_outdated @"],
    ),
    (
        "select \"@\".ensure_partitions(now() - interval '50 days', now() - interval '40 days', 'shop_paid')",
        &["retention_overdue shop_paid"],
    ),
    (
        "revoke insert on \"@\".shop_paid from @_writer",
        &["grant_missing shop_paid"],
    ),
    (
        "revoke select on \"@\".shop_paid from @_reader; revoke select on \"@\".shop_orders from @_reader",
        &["grant_missing shop_orders", "grant_missing shop_paid"],
    ),
    ("drop table \"@\"._dead_letter", &["delivery_missing @"]),
    (
        "revoke update on \"@\"._delivery from @_writer",
        &["grant_missing @_writer"],
    ),
    (
        "revoke usage on schema \"@\" from @_reader",
        &["grant_missing @_reader"],
    ),
    (
        "revoke all on schema \"@\" from @_writer; revoke execute on function \"@\".ensure_partitions from @_writer",
        &["grant_missing @_writer", "grant_missing @_writer"],
    ),
    (
        "drop owned by @_reader; drop role @_reader",
        &[
            "role_missing @_reader",
            "grant_missing log_seen",
            "grant_missing shop_orders",
            "grant_missing shop_paid",
            "grant_missing shop_sent",
            "grant_missing _heartbeat",
        ],
    ),
    (
        "alter table \"@\".shop_paid drop constraint at_range; alter table \"@\".shop_paid add constraint at_range check (at >= '2000-01-01 00:00:00+00'::timestamptz and at < '2101-01-01 00:00:00+00'::timestamptz) not valid",
        &["check_not_valid shop_paid"],
    ),
];

/// What is worth knowing and is no failure.
const NOTES: &[(&str, &[&str])] = &[
    (
        "alter table \"@\".shop_paid drop constraint at_accept; alter table \"@\".shop_paid add constraint at_accept check (at between _received_at + interval '-960:00:00' and _received_at + interval '1:00:00') not valid",
        &["check_not_valid shop_paid"],
    ),
    (
        "create table \"@\".shop_old (a int); comment on table \"@\".shop_old is E'Old.\\neventc:7b1295aa31ed06234f8927609d106288'",
        &["orphan_table shop_old"],
    ),
    (
        "insert into \"@\".shop_paid (version, id, at, total) select 1, gen_random_uuid(), now(), n from generate_series(1, 20000) n",
        &["never_analyzed shop_paid"],
    ),
    ("alter table \"@\".shop_paid add column mine text", &[]),
    ("create table \"@\".mine (a int)", &[]),
];

#[derive(Debug, serde::Deserialize)]
struct Finding {
    name: String,
    #[serde(rename = "where")]
    place: String,
    severity: String,
}

/// Names and places of what is found, and the exit code.
fn found(shop: &Shop, url: &str) -> (Vec<String>, Option<i32>) {
    let said = shop.run_at(url, &["doctor", "--format", "json"]);
    let findings: Vec<Finding> =
        serde_yaml::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let has_problem = findings.iter().any(|finding| finding.severity == "problem");
    assert_eq!(said.code, Some(i32::from(has_problem)), "{said:?}");
    let names = findings
        .into_iter()
        .map(|finding| format!("{} {}", finding.name, finding.place));
    (names.collect(), said.code)
}

fn plant(faults: &[(&str, &[&str])], code: i32) {
    for (fault, expected) in faults {
        let Some(shop) = Shop::new("doctor", FILES) else {
            return;
        };
        shop.sql(&fault.replace("DROP_PARTITIONS", DROP_PARTITIONS));
        let mut expected: Vec<_> = expected.iter().map(|it| it.replace('@', "shop")).collect();
        let (mut found, ended) = found(&shop, &shop.database.url());
        found.sort();
        expected.sort();
        assert_eq!((found, ended), (expected, Some(code)), "{fault}");
        // What is said is what there is to say of it in words, too.
        assert_eq!(shop.run(&["doctor"]).code, Some(code), "{fault}");
    }
}

#[test]
fn a_new_database_is_well() {
    let Some(shop) = Shop::new("well", FILES) else {
        return;
    };
    let said = shop.run(&["doctor"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    assert_eq!(said.out, "shop on host:5432: no problems\n");
    let said = shop.run(&["doctor", "--format", "json"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "[]\n"));
    let said = shop.run(&["doctor", "--format", "github"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
}

#[test]
fn each_fault_is_named() {
    plant(FAULTS, 1);
}

#[test]
fn what_may_well_be_meant_is_a_note() {
    plant(NOTES, 0);
}

#[test]
fn findings_are_said_in_words() {
    let Some(shop) = Shop::new("words", FILES) else {
        return;
    };
    shop.sql(
        "alter table \"@\".shop_paid alter column total drop not null, drop column note;
              revoke insert on \"@\".shop_sent from @_writer;
              alter table \"@\".shop_sent drop constraint shop_sent_pkey;
              alter table \"@\".shop_sent alter column at drop not null;
              create table \"@\".rest partition of \"@\".shop_sent default",
    );
    insta::assert_snapshot!("findings_in_words", shop.run(&["doctor"]).out);
    insta::assert_snapshot!(
        "findings_for_github",
        shop.run(&["doctor", "--format", "github"]).out
    );
}

/// Who may do little is told what could not be looked at, and what could is.
#[test]
fn who_may_only_look_sees_most_of_it() {
    let Some(shop) = Shop::new("look", FILES) else {
        return;
    };
    let user = shop.user("looker");
    shop.sql(&format!(
        "revoke temporary on database \"@\" from public; alter role {user} set default_transaction_read_only = on"
    ));
    let url = shop.url_of(&user);
    assert_eq!(
        found(&shop, &url),
        (vec!["not_compared shop".to_owned()], Some(0))
    );
    shop.sql(
        "alter table \"@\".shop_paid alter column total drop not null;
              comment on table \"@\".shop_sent is 'mine';
              drop table \"@\".log_seen;
              alter table \"@\".shop_paid drop constraint shop_paid_pkey;
              alter table \"@\".shop_paid alter column id drop not null",
    );
    let (names, code) = found(&shop, &url);
    let expected = [
        "not_compared shop",
        "table_missing log_seen",
        "nullable_key shop_paid",
        "table_outdated shop_sent",
    ];
    assert_eq!(
        (names, code),
        (expected.map(str::to_owned).to_vec(), Some(1))
    );
}
