//! Every kind of change, over rows that are there and under a writer of the old schema that goes on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::shop::Shop;

/// A stream with an event, to which the cases add.
fn schema(header: &str, types: &str, fields: &str, more: &str) -> String {
    format!(
        "types:\n  Level: {{ newtype: i32, min: 0, max: 10 }}\n{types}\
         streams:\n  telemetry:\n    fields: {{ at: timestamp, id: uuid{header} }}\n    partition: day(at)\n    id: id\n\
         events:\n  ping:\n    stream: telemetry\n    fields:\n{fields}{more}"
    )
}

const TYPES: &str = "  Channel: [web, ios]\n";
const FIELDS: &str = "      channel: Channel\n      level: Level\n      note?: string\n";

fn old() -> String {
    schema("", TYPES, FIELDS, "")
}

/// What writers of the old schema go on to say.
const ROW: &str = "insert into acme.ping (version, at, id, channel, level, note) \
                   values (1, now(), gen_random_uuid(), 'web', 3, 'old');";

/// Migrates under a writer, and says what the command said.
fn migrate_under_a_writer(name: &str, new: &str) -> Option<(Shop, String)> {
    let shop = Shop::with(name, &old())?;
    shop.sql(&ROW.repeat(50));
    let is_over = AtomicBool::new(false);
    let (said, written) = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut written = 0;
            while !is_over.load(Ordering::Relaxed) {
                shop.sql(ROW);
                written += 1;
            }
            // And after it.
            shop.sql(ROW);
            written + 1
        });
        let said = shop.migrate(new);
        is_over.store(true, Ordering::Relaxed);
        (said, writer.join().unwrap())
    });
    assert_eq!(said.code, 0, "{}", said.text);
    let count = shop
        .sql("select count(*) from acme.ping where note = 'old' and channel = 'web' and level = 3");
    assert_eq!(count, (50 + written).to_string());
    let again = shop.run(&["migrate"]);
    assert!(again.text.contains("nothing to do"), "{}", again.text);
    let doctor = shop.run(&["doctor"]);
    assert_eq!(doctor.code, 0, "{}", doctor.text);
    Some((shop, said.text))
}

#[test]
fn an_optional_field_is_added() {
    let fields = format!(
        "{FIELDS}      code?: {{ type: Level, unit: ms, description: \"It's new.\" }}\n      tags?: list<Channel>\n"
    );
    let Some((shop, _)) = migrate_under_a_writer("optional", &schema("", TYPES, &fields, ""))
    else {
        return;
    };
    let row = ROW
        .replace("note)", "note, code, tags)")
        .replace("'old')", "'old', CODE, TAGS)");
    shop.sql(&row.replace("CODE", "10").replace("TAGS", "'{web}'"));
    for (code, tags) in [("11", "'{web}'"), ("10", "'{tv}'")] {
        let refused = shop
            .database
            .psql(&row.replace("CODE", code).replace("TAGS", tags));
        assert!(refused.unwrap_err().contains("violates check constraint"));
    }
}

#[test]
fn a_required_field_with_a_backfill_is_added() {
    let fields =
        format!("{FIELDS}      region: {{ type: string, backfill: \"it's; --\", since: '1' }}\n");
    let Some((shop, _)) = migrate_under_a_writer("backfill", &schema("", TYPES, &fields, ""))
    else {
        return;
    };
    assert_eq!(
        shop.sql("select distinct region from acme.ping"),
        "it's; --"
    );
    let null = ROW
        .replace("note)", "note, region)")
        .replace("'old')", "'old', null)");
    assert!(
        shop.database
            .psql(&null)
            .unwrap_err()
            .contains("violates not-null constraint")
    );
}

#[test]
fn an_enum_and_a_range_are_widened() {
    let types = "  Channel: [web, ios, \"it's $$\"]\n";
    let new = schema("", types, FIELDS, "").replace("max: 10", "max: 20");
    let Some((shop, said)) = migrate_under_a_writer("widened", &new) else {
        return;
    };
    assert!(
        said.contains("not valid") && said.contains("validate constraint"),
        "{said}"
    );
    shop.sql(&ROW.replace("'web', 3", "'it''s $$', 20"));
    assert_eq!(
        shop.sql("select count(*) from pg_constraint where not convalidated"),
        "0"
    );
}

#[test]
fn a_field_that_is_gone_stays_with_its_values() {
    let fields = "      channel: Channel\n      note?: string\n";
    let Some((shop, said)) = migrate_under_a_writer("gone", &schema("", TYPES, fields, "")) else {
        return;
    };
    assert!(said.contains("level"), "{said}");
    shop.sql(&ROW.replace(", level", "").replace(", 3", ""));
    assert_eq!(
        shop.sql("select count(*) from acme.ping where level is null"),
        "1"
    );
}

#[test]
fn a_required_field_becomes_optional() {
    let fields = FIELDS.replace("level:", "level?:");
    let Some((shop, _)) = migrate_under_a_writer("optional_now", &schema("", TYPES, &fields, ""))
    else {
        return;
    };
    shop.sql(&ROW.replace("3, 'old'", "null, 'old'"));
}

#[test]
fn events_and_streams_are_added() {
    let more = "  pong: { stream: telemetry, fields: { of: uuid } }\n  lone: { partition: month(on), fields: { on: date } }\n";
    let Some((shop, _)) = migrate_under_a_writer("added", &schema("", TYPES, FIELDS, more)) else {
        return;
    };
    shop.sql("insert into acme.pong (version, at, id, of) values (1, now(), gen_random_uuid(), gen_random_uuid())");
    shop.sql(
        "insert into acme.lone (version, \"on\") values (1, (now() at time zone 'UTC')::date)",
    );
    assert_eq!(
        shop.sql("select count(distinct event) from acme.telemetry"),
        "2"
    );
    // As a writer and a reader, too.
    shop.sql("set role acme_writer; insert into acme.pong (version, at, id, of) values (1, now(), gen_random_uuid(), gen_random_uuid())");
    shop.sql("set role acme_reader; select * from acme.pong, acme.telemetry limit 1");
}

#[test]
fn a_field_of_the_header_comes_into_the_view() {
    let header = ", tenant?: string";
    let Some((shop, _)) = migrate_under_a_writer("header", &schema(header, TYPES, FIELDS, ""))
    else {
        return;
    };
    assert_eq!(
        shop.sql("select distinct tenant is null from acme.telemetry"),
        "t"
    );
}

#[test]
fn what_people_read_is_brought_up() {
    let fields = FIELDS.replace(
        "note?: string",
        "note?: { type: string, description: \"'); drop table acme.ping; -- $$\", pii: text }",
    );
    let Some((shop, _)) = migrate_under_a_writer("described", &schema("", TYPES, &fields, ""))
    else {
        return;
    };
    let described = shop.sql("select col_description('acme.ping'::regclass, attnum) from pg_attribute where attrelid = 'acme.ping'::regclass and attname = 'note'");
    assert!(
        described.starts_with("'); drop table acme.ping; -- $$\n"),
        "{described}"
    );
}

#[test]
fn a_value_that_is_a_partition_is_added() {
    let schema = |values| {
        format!(
            "types:\n  Kind: [{values}]\nevents:\n  e: {{ partition: kind, fields: {{ kind: Kind, n?: u8 }} }}\n"
        )
    };
    let Some(shop) = Shop::with("value", &schema("a, b")) else {
        return;
    };
    let said = shop.migrate(&schema("a, b, 'c; d'"));
    assert_eq!(said.code, 0, "{}", said.text);
    shop.sql("insert into acme.e (version, kind) values (1, 'c; d')");
    assert_eq!(shop.run(&["doctor"]).code, 0);
}

/// A migration that is stopped after any of its statements goes on from there.
#[test]
fn what_stopped_half_way_goes_on() {
    let fields = format!(
        "{FIELDS}      code?: Level\n      region: {{ type: string, backfill: eu, since: '1' }}\n"
    );
    let new = schema(
        "",
        "  Channel: [web, ios, tv]\n",
        &fields,
        "  pong: { stream: telemetry }\n",
    );
    let Some(shop) = Shop::with("half_way", &old()) else {
        return;
    };
    shop.sql(&ROW.repeat(10));
    shop.write(&new);
    let file = shop.file("migration.sql");
    let path = file.to_str().unwrap();
    let said = shop.run(&["migrate", "--to-file", path]);
    assert_eq!(said.code, 0, "{}", said.text);
    let script = std::fs::read_to_string(&file).unwrap();
    // The transactions of the script, one at a time, and a run of the command in another database after each.
    let transactions: Vec<_> = script.split_inclusive("commit;\n").collect();
    assert!(transactions.len() > 3, "{script}");
    shop.sql(transactions[..transactions.len() / 2].concat().as_str());
    let said = shop.run(&["migrate"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(shop.run(&["doctor"]).code, 0);

    // All of it by psql is the same as all of it by the command.
    let other = Shop::with("by_script", &old()).unwrap();
    other.sql(&script);
    other.write(&new);
    let said = other.run(&["migrate"]);
    assert!(said.text.contains("nothing to do"), "{}", said.text);
}

#[test]
fn a_dry_run_changes_nothing() {
    let Some(shop) = Shop::with("dry", &old()) else {
        return;
    };
    let before = shop.dump();
    shop.write(&schema(
        "",
        "  Channel: [web, ios, tv]\n",
        FIELDS,
        "  pong: { stream: telemetry }\n",
    ));
    let said = shop.run(&["migrate", "--dry-run"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(
        said.text.contains("AccessExclusive") && said.text.contains("nothing was changed"),
        "{}",
        said.text
    );
    assert_eq!(shop.dump(), before);
}
