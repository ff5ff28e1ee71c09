//! Partitions are there before they are needed, are made without anybody waiting, and go when their time is over.

use std::thread;
use std::time::{Duration, Instant};

use crate::stage::Stage;

/// Cut in every way: by values that are known, by time, by a hash; by values that are not known, and by dates.
const SCHEMA: &str = "
types:
  Kind: [small, LARGE, 'odd one']
  Tenant: { newtype: string, length: 1..64 }
streams:
  telemetry:
    fields: { at: timestamp, kind: Kind, visitor: uuid, id: uuid }
    partition: [kind, hour(at), bucket(2, visitor)]
    id: id
    retain: 12h
    store: shared
events:
  seen: { stream: telemetry }
  billed:
    partition: [tenant, month(on)]
    fields: { tenant: Tenant, on: date }
  counted: { partition: on, fields: { on: date } }
  ended: { partition: year(at), fields: { at: timestamp } }
  ping: { partition: day(at), id: id, retain: 2d, fields: { at: timestamp, id: uuid } }
";

/// What most have.
const PING: &str = "
events:
  ping: { partition: day(at), id: id, retain: 2d, fields: { at: timestamp, id: uuid } }
";

#[test]
fn every_kind_of_partition_takes_its_rows() {
    let Some(stage) = Stage::small("kinds", SCHEMA) else {
        return;
    };
    // Not the time zone in which partitions were made, nor the one in which rows are written, decides where they go.
    let rows = |zone: &str| {
        format!(
            "set timezone = '{zone}';
             insert into acme.telemetry_store (event, version, at, kind, visitor, id, payload)
               select 'seen', 1, now() + n * interval '20 minutes', kind, gen_random_uuid(), gen_random_uuid(), '{{}}'
                 from generate_series(0, 100) as n, unnest(array['small', 'LARGE', 'odd one']) as kind;
             insert into acme.counted (version, \"on\") select 1, (now() at time zone 'UTC')::date + n from generate_series(0, 7) as n;
             insert into acme.ended (version, at) values (1, now());
             insert into acme.ping (version, at, id) select 1, now() + n * interval '1 hour', gen_random_uuid() from generate_series(0, 167) as n;"
        )
    };
    for zone in ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"] {
        stage.sql(&rows(zone));
    }
    let odd = stage.sql("select count(*) from acme.telemetry_store where kind = 'odd one'");
    assert_eq!(odd.trim(), "303");
    // A value that the schema does not list has its partitions made when it is first seen.
    let row = "insert into acme.billed (version, tenant, \"on\") values (1, 'it''s; drop', (now() at time zone 'UTC')::date)";
    assert!(
        stage
            .database
            .psql(row)
            .unwrap_err()
            .contains("no partition of relation")
    );
    let known = r#"{"tenant": "it's; drop"}"#.replace('\'', "''");
    let ensure =
        format!("select acme.ensure_partitions(only_table => 'billed', known => '{known}')");
    assert_ne!(stage.sql(&ensure).trim(), "0");
    assert_eq!(stage.sql(&ensure).trim(), "0");
    stage.sql(row);
    // And from then on the clock makes them, without being told of it again.
    let later = "select acme.ensure_partitions(last => now() + interval '200 days', only_table => 'billed')";
    assert_ne!(stage.sql(later).trim(), "0");
    // An hour that is missing below one value alone is made, too.
    let hour =
        stage.sql("select to_char(now() at time zone 'UTC' + interval '5 hours', 'YYYYMMDDHH24')");
    stage.sql(&format!(
        "drop table acme.telemetry_store_small_{}",
        hour.trim()
    ));
    assert_eq!(stage.sql("select acme.ensure_partitions()").trim(), "3");
    assert_eq!(stage.sql("select acme.ensure_partitions()").trim(), "0");
}

#[test]
fn a_clock_that_is_wrong_makes_no_partitions() {
    let Some(stage) = Stage::small("wrong_clock", PING) else {
        return;
    };
    for times in [
        "last => 'infinity'",
        "first => 'epoch'",
        "first => null, last => now()",
        "first => now() - interval '401 days'",
        "last => now() + interval '401 days'",
        "first => now(), last => now() - interval '1 day'",
    ] {
        let made = stage
            .database
            .psql(&format!("select acme.ensure_partitions({times})"));
        assert!(
            made.as_ref()
                .is_err_and(|error| error.contains("within 400 days")),
            "{times}: {made:?}"
        );
    }
    let unknown = stage
        .database
        .psql("select acme.ensure_partitions(only_table => 'pong')");
    assert!(
        unknown
            .unwrap_err()
            .contains("no table pong is cut into partitions")
    );
    let taken = "create table acme.ping_22000101 (); select acme._ensure('acme.ping', 'ping', array_agg(p), '2200-01-01', '2200-01-01', '{}', false)
                 from acme._partitioning p where table_name = 'ping'";
    assert!(
        stage
            .database
            .psql(taken)
            .unwrap_err()
            .contains("the name acme.ping_22000101 is taken")
    );
}

/// While a transaction holds a row, partitions are made at once, and while that transaction is open, too, nobody waits who
/// writes. `lock_timeout` is the judge: what waits longer than it fails.
#[test]
fn nobody_waits_for_a_new_partition() {
    let Some(stage) = Stage::small("nobody_waits", PING) else {
        return;
    };
    let stage = &stage;
    let row = "insert into acme.ping (version, at, id) values (1, now(), gen_random_uuid());";
    let with_a_row_held = |while_it_is: &dyn Fn()| {
        thread::scope(|scope| {
            let holder = scope.spawn(|| {
                stage.sql(&format!(
                    "set application_name = 'holder'; begin; {row} select pg_sleep(60); commit;"
                ));
            });
            wait_for(
                stage,
                "application_name = 'holder' and wait_event = 'PgSleep'",
            );
            while_it_is();
            stage.sql("select pg_cancel_backend(pid) from pg_stat_activity where application_name = 'holder'");
            // It ends with an error, as it should.
            assert!(holder.join().is_err());
        });
    };
    with_a_row_held(&|| {
        // What everybody writes first waits, so the test would notice.
        let first = "set lock_timeout = '300ms'; create table acme.ping_later partition of acme.ping for values from ('2090-01-01') to ('2090-01-02')";
        let waited = stage.database.psql(first).unwrap_err();
        assert!(waited.contains("lock timeout"), "{waited}");

        thread::scope(|scope| {
            let maker = scope.spawn(|| {
                stage.sql(
                    "set application_name = 'maker'; set lock_timeout = '300ms'; begin;
                     select acme.ensure_partitions(last => now() + interval '30 days', only_table => 'ping');
                     select pg_sleep(1.5); commit;",
                )
            });
            wait_for(
                stage,
                "application_name = 'maker' and wait_event = 'PgSleep'",
            );
            for _ in 0..5 {
                stage.sql(&format!("set lock_timeout = '300ms'; {row}"));
            }
            let made = maker.join().unwrap();
            assert!(made.lines().any(|line| line == "23"), "{made}");
        });
    });
}

fn wait_for(stage: &Stage, state: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    let seen = format!("select count(*) from pg_stat_activity where {state}");
    while stage.sql(&seen).trim() != "1" {
        assert!(Instant::now() < deadline, "never seen: {state}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn two_who_make_the_same_partitions_both_succeed() {
    let Some(stage) = Stage::small("two_make", PING) else {
        return;
    };
    let made: i32 = thread::scope(|scope| {
        let ensure = || {
            let answer =
                stage.sql("select acme.ensure_partitions(last => now() + interval '20 days')");
            answer.trim().parse::<i32>().unwrap()
        };
        let both: Vec<_> = (0..4).map(|_| scope.spawn(ensure)).collect();
        both.into_iter().map(|one| one.join().unwrap()).sum()
    });
    let other = Stage::small("one_makes", PING).unwrap();
    let alone = other.sql("select acme.ensure_partitions(last => now() + interval '20 days')");
    assert_eq!(made, alone.trim().parse::<i32>().unwrap());
}

#[test]
fn what_is_past_its_time_goes_unless_somebody_reads_it() {
    let Some(stage) = Stage::small("expired", SCHEMA) else {
        return;
    };
    // A call makes and drops two hundred, and is repeated until there are no more.
    stage.sql(
        "do $$ begin
           while acme.ensure_partitions(now() - interval '36 hours', now(), 'telemetry_store') > 0 loop commit; end loop;
         end $$;
         select acme.ensure_partitions(first => now() - interval '6 days', only_table => 'ping');
         insert into acme.ping (version, at, id, _received_at)
           select 1, now() - n * interval '1 day', gen_random_uuid(), now() - n * interval '1 day' from generate_series(0, 5) as n;",
    );
    // By the hour for three values, and by the day.
    let expired = stage.sql(
        "select table_name, count(*), max(ended) <= now() - interval '12 hours' from acme.expired() group by 1 order by 1",
    );
    assert_eq!(
        expired.trim(),
        format!("ping|4|t\ntelemetry_store|{}|t", 3 * 24)
    );
    let dropped = stage.sql("select outcome, count(*) from acme.drop_expired('ping') group by 1");
    assert_eq!(dropped.trim(), "dropped|4");
    assert_eq!(stage.sql("select count(*) from acme.ping").trim(), "3");

    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            stage.sql("set application_name = 'reader'; begin; select * from acme.telemetry_store; select pg_sleep(60);")
        });
        wait_for(
            &stage,
            "application_name = 'reader' and wait_event = 'PgSleep'",
        );
        let left = stage.sql("select outcome from acme.drop_expired()");
        assert_eq!(left.trim(), "in use: left for the next call");
        stage.sql(
            "select pg_cancel_backend(pid) from pg_stat_activity where application_name = 'reader'",
        );
        assert!(reader.join().is_err());
    });
    stage.sql("call acme.maintain()");
    assert_eq!(stage.sql("select count(*) from acme.expired()").trim(), "0");
    let analyzed =
        stage.sql("select count(*) from pg_stats where schemaname = 'acme' and tablename = 'ping'");
    assert_ne!(analyzed.trim(), "0");
}
