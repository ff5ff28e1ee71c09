//! Partitions: made ahead, made when something comes late, and not made for clocks that are wrong.

use std::time::Duration;

use eventc::{Key, Timestamp};

use super::stage::{Stage, counted, flushed, shop};

fn days_ago(days: u64) -> Key<Timestamp> {
    let at = Timestamp::now().saturating_sub(Duration::from_secs(days * 86_400));
    Key::new(at).unwrap()
}

#[test]
fn partitions_are_made_when_they_are_needed() {
    let Some(stage) = Stage::shop("late") else {
        return;
    };
    stage.sql("drop table shop.counted cascade; delete from shop._partitioning where table_name = 'counted'");
    stage.sql(&stage.scripts.replace("call \"shop\".prepare", "-- "));
    let partitions = "select count(*) from pg_inherits where inhparent = 'shop.counted'::regclass";
    assert_eq!(stage.number(partitions), 0);
    let emitter = stage.emitter();
    for days in [0, 1, 100, 100, 300] {
        emitter.emit(shop::Counted {
            at: days_ago(days),
            ..counted(1, days)
        });
    }
    assert_eq!(flushed(&emitter).delivered, 5);
    // Today and a week more at the start, and three that came late.
    assert_eq!(stage.number(partitions), 11);

    // One that the sink knows to be there is dropped.
    let today = "to_char(now() at time zone 'UTC', 'YYYYMMDD')";
    stage.sql(&format!(
        "select format('drop table shop.%I', 'counted_' || {today}) \\gexec"
    ));
    (0..10).for_each(|number| emitter.emit(counted(2, number)));
    let health = flushed(&emitter);
    assert_eq!(
        (health.delivered, health.dead, health.retries),
        (15, 0, 0),
        "{health:?}"
    );
    assert_eq!(
        stage.number("select count(*) from shop.counted where thread = 2"),
        10
    );
}

#[test]
fn a_clock_that_is_wrong_has_dead_letters() {
    let Some(stage) = Stage::shop("clock") else {
        return;
    };
    let emitter = stage.emitter();
    for number in 0..200 {
        let days = if number % 4 == 0 { 500 + number } else { 0 };
        emitter.emit(shop::Counted {
            at: days_ago(days),
            ..counted(1, number)
        });
    }
    let health = flushed(&emitter);
    assert_eq!(
        (health.delivered, health.dead, health.retries),
        (150, 50, 0),
        "{health:?}"
    );
    assert_eq!(stage.counted(), (150, 150));
    assert_eq!(
        stage.rows("select distinct sqlstate, reason from shop._dead_letter"),
        ["23514|no partition of relation \"counted\" found for row"]
    );
}

#[test]
fn a_value_that_the_schema_does_not_list_has_its_partition_made() {
    let Some(stage) = Stage::shop("values") else {
        return;
    };
    let emitter = stage.emitter();
    for round in 0..40 {
        emitter.emit(shop::Opened {
            at: days_ago(round % 2 * 30),
            branch: format!("it's nr. {}", round % 5).parse().unwrap(),
        });
    }
    let health = flushed(&emitter);
    assert_eq!((health.delivered, health.dead), (40, 0), "{health:?}");
    assert_eq!(
        stage.rows("select count(*), count(distinct branch) from shop.opened"),
        ["40|5"]
    );
    assert_eq!(health.warning, None);
}
