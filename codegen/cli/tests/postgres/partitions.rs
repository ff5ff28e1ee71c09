//! Partitions that come and go.

use postgres::{Client, NoTls};

use crate::shop::Shop;
use crate::writer::Writer;

const FILES: &[(&str, &str)] = &[(
    "shop.yaml",
    "types: { Region: [eu, us] }
events:
  paid: { partition: day(at), id: id, retain: 10d, fields: { id: uuid, at: timestamp } }
  seen: { partition: [region, 'day(at)', 'bucket(2, id)'], retain: 10d, fields: { id: uuid, at: timestamp, region: Region } }
  kept: { partition: month(at), fields: { id: uuid, at: timestamp } }
",
)];

#[test]
fn partitions_are_made_as_far_ahead_as_is_said() {
    let Some(shop) = Shop::new("ensure", FILES) else {
        return;
    };
    let writer = shop.user("service");
    shop.sql(&format!("grant @_writer to {writer}"));
    let url = shop.url_of(&writer);
    let said = shop.run_at(&url, &["partitions", "ensure", "--ahead", "3w"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out.contains("shop_paid: 14 partitions made\n"),
        "{}",
        said.out
    );
    // A day below a region, and two buckets below a day.
    assert!(
        said.out.contains("shop_seen: 84 partitions made\n"),
        "{}",
        said.out
    );
    let said = shop.run_at(&url, &["partitions", "ensure", "--ahead", "3w"]);
    assert!(
        said.out
            .ends_with("0 partitions made; 4 tables cut by time or value\n"),
        "{}",
        said.out
    );

    let stranger = shop.user("stranger");
    let said = shop.run_at(&shop.url_of(&stranger), &["partitions", "ensure"]);
    assert_eq!(said.code, Some(1));
    insta::assert_snapshot!("partitions_of_a_stranger", said.err);
    assert_eq!(
        shop.run(&["partitions", "ensure", "--ahead", "4y"]).code,
        Some(2)
    );
}

const INSERT: &str =
    "insert into \"@\".shop_paid (version, id, at) values (1, gen_random_uuid(), now())";

#[test]
fn what_is_expired_is_dropped_and_nobody_waits() {
    let Some(shop) = Shop::new("drop", FILES) else {
        return;
    };
    shop.sql("select \"@\".ensure_partitions(now() - interval '13 days', now())");
    let writer = Writer::start(
        &shop.database.url(),
        &INSERT.replace('@', shop.database.name()),
    );
    let said = shop.run(&["partitions", "drop"]);
    writer.stop().unwrap();
    assert_eq!(said.code, Some(0), "{said:?}");
    // Three days of one table, and of the other in two regions.
    assert!(
        said.out.ends_with(": 9 partitions dropped\n"),
        "{}",
        said.out
    );
    assert_eq!(shop.sql("select count(*) from \"@\".expired()"), "0\n");
    assert_eq!(
        shop.sql("select count(*) from pg_class where relnamespace = '\"@\"'::regnamespace and relkind in ('r', 'p') and not relispartition and relname !~ '^_'"),
        "3\n"
    );
    let said = shop.run(&["partitions", "drop"]);
    assert!(
        said.out.ends_with(": 0 partitions dropped\n"),
        "{}",
        said.out
    );
}

/// Taking a partition out waits for who reads the table, and is gone on with by the next run.
#[test]
fn what_somebody_reads_is_left_and_comes_next() {
    let Some(shop) = Shop::new("read", FILES) else {
        return;
    };
    shop.sql("select \"@\".ensure_partitions(now() - interval '12 days', now(), 'shop_paid')");
    let mut client = Client::connect(&shop.database.url(), NoTls).unwrap();
    let mut reader = client.transaction().unwrap();
    let sql = format!(
        "select count(*) from \"{}\".shop_paid",
        shop.database.name()
    );
    reader.query_one(&sql, &[]).unwrap();
    let writer = Writer::start(
        &shop.database.url(),
        &INSERT.replace('@', shop.database.name()),
    );
    let said = shop.run(&["partitions", "drop"]);
    writer.stop().unwrap();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out.contains("left: somebody reads it\n"),
        "{}",
        said.out
    );
    reader.commit().unwrap();
    let said = shop.run(&["partitions", "drop"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out.ends_with(": 2 partitions dropped\n"),
        "{}",
        said.out
    );

    // One that was taken out, and not dropped.
    shop.sql("create table \"@\".shop_paid_20200101 (a int); comment on table \"@\".shop_paid_20200101 is 'eventc: expired; to be dropped'");
    shop.sql("create table \"@\".shop_paid_20200102 (a int)");
    let said = shop.run(&["partitions", "drop"]);
    assert!(
        said.out.starts_with("shop_paid_20200101: dropped\n"),
        "{}",
        said.out
    );
    assert!(
        said.out.ends_with(": 1 partition dropped\n"),
        "{}",
        said.out
    );
}

#[test]
fn a_default_partition_is_in_the_way() {
    let Some(shop) = Shop::new("default", FILES) else {
        return;
    };
    shop.sql(
        "select \"@\".ensure_partitions(now() - interval '11 days', now(), 'shop_paid');
              create table \"@\".rest partition of \"@\".shop_paid default",
    );
    let said = shop.run(&["partitions", "drop"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out.contains("a DEFAULT partition forbids it"),
        "{}",
        said.out
    );
}
