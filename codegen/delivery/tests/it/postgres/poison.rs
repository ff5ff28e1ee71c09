//! Records that no table takes, and those that are there already.

use std::time::{Duration, Instant};

use eventc::{Key, Timestamp, Uuid};

use super::stage::{LeftLog, Stage, flushed, shop, sink};

/// An event of a log, with its number and its thread as they are given.
fn line(thread: &str, number: &str) -> String {
    let at = Timestamp::now();
    format!(
        r#"{{"event":"counted","version":1,"at":"{at}","thread":{thread},"number":{number},"note":""}}"#
    )
}

#[test]
fn poison_rows_are_found_among_the_others() {
    let Some(stage) = Stage::shop("poison") else {
        return;
    };
    let mut log = LeftLog::new();
    let now = Timestamp::now().to_string();
    let mut add = |event: &str, json: &str| log.add(event, 1, &now, json);
    let (mut good, mut bad) = (0, 0);
    for number in 0..2_000 {
        if number % 100 == 50 {
            // A check of the table, a number that is too large for its column, a row without a place, one for nobody.
            add("counted", &line("-1", &number.to_string()));
            add("counted", &line("1", &"9".repeat(25)));
            add("counted", &line("1", "\"many\""));
            add(
                "counted",
                r#"{"event":"counted","version":1,"thread":1,"number":1,"note":""}"#,
            );
            add("sold", r#"{"event":"sold","version":1}"#);
            add("counted", "[]");
            bad += 6;
        }
        add("counted", &line("1", &number.to_string()));
        good += 1;
    }
    log.leave(&stage);
    let emitter = stage.emitter();
    emitter.shutdown(Duration::from_secs(30));
    let health = sink(&emitter);
    assert_eq!(
        (health.delivered, health.dead, health.lag_bytes),
        (good, bad, 0),
        "{health:?}"
    );
    assert_eq!(
        (health.retries, health.dead_unwritten),
        (0, 0),
        "{health:?}"
    );
    assert_eq!(stage.counted(), (good, good));
    let dead = "select count(*), event, sqlstate, regexp_replace(reason, '_\\d+', '_DAY') from shop._dead_letter group by 2, 3, 4 order by 2, 3, 4";
    insta::assert_snapshot!(stage.sql(dead), @r#"
    20|counted|22003|numeric field overflow
    20|counted|23514|new row for relation "counted_DAY" violates check constraint "thread_range"
    20|counted||it has no `at`
    20|counted||it is no event as JSON: invalid type: sequence, expected an object at line 1 column 0
    20|counted||its `number` is a text, and no `numeric(20,0)`
    20|sold||no table of `shop` is for the event `sold`: was it emitted by another catalog?
    "#);
    let records = "select count(*) from shop._dead_letter where record like '%\"thread\":-1,\"number\":1950,%'";
    assert_eq!(stage.number(records), 1);
}

#[test]
fn nothing_but_poison_comes_to_an_end() {
    let Some(stage) = Stage::shop("all_poison") else {
        return;
    };
    let mut log = LeftLog::new();
    let now = Timestamp::now().to_string();
    for number in 0..1_500 {
        log.add("counted", 1, &now, &line("-1", &number.to_string()));
    }
    log.add("counted", 1, &now, &line("1", "1"));
    log.leave(&stage);
    let emitter = stage.emitter();
    let started = Instant::now();
    emitter.shutdown(Duration::from_secs(60));
    let health = sink(&emitter);
    assert_eq!((health.delivered, health.dead), (1, 1_500), "{health:?}");
    println!("1,500 poison rows took {:?}", started.elapsed());
}

#[test]
fn a_nul_becomes_what_postgres_can_keep() {
    let Some(stage) = Stage::shop("nul") else {
        return;
    };
    let emitter = stage.emitter();
    emitter.emit(shop::Noted {
        at: Key::new(Timestamp::now()).unwrap(),
        note: Key::new(Uuid::from_u128(1)).unwrap(),
        text: "a\0b\\u0000".into(),
        about: serde_json::from_str(r#"{"a\u0000\\u0000":["\u0000","\\\u0000"]}"#).ok(),
    });
    assert_eq!(flushed(&emitter).delivered, 1);
    assert_eq!(
        stage.rows("select text, about from shop.noted"),
        ["a\u{fffd}b\\u0000|{\"a\u{fffd}\\\\u0000\": [\"\u{fffd}\", \"\\\\\u{fffd}\"]}"]
    );
}

#[test]
fn an_event_that_comes_twice_is_there_once() {
    let Some(stage) = Stage::shop("twice") else {
        return;
    };
    let note = |id: u128, at: &str, text: &str| {
        let id = Uuid::from_u128(id);
        format!(r#"{{"event":"noted","version":1,"at":"{at}","note":"{id}","text":"{text}"}}"#)
    };
    let now = Timestamp::now().to_string();
    let emitter = stage.emitter();
    for round in 0..3 {
        for id in 1..=50 {
            let at = now.parse().unwrap();
            emitter.emit(shop::Noted {
                at: Key::new(at).unwrap(),
                note: Key::new(Uuid::from_u128(id)).unwrap(),
                text: format!("round {round}"),
                about: None,
            });
        }
        if round == 1 {
            flushed(&emitter);
        }
    }
    let health = flushed(&emitter);
    assert_eq!(
        (health.delivered, health.dead, health.retries),
        (150, 0, 0),
        "{health:?}"
    );
    assert_eq!(
        stage.rows("select count(*), min(text), max(text) from shop.noted"),
        ["50|round 0|round 0"]
    );
    drop(emitter);
    stage.folder.wait_until_free();

    // Among others that are poison, and of days that have no partition yet.
    let mut log = LeftLog::new();
    let early = Timestamp::now().saturating_sub(Duration::from_secs(20 * 86_400));
    let early = early.to_string();
    for id in 40..=60 {
        log.add("noted", 1, &now, &note(id, &now, "again"));
        log.add("noted", 1, &now, &note(id, &early, "early"));
        if id % 5 == 0 {
            log.add("noted", 1, &now, &note(0, &now, "poison"));
        }
    }
    let other = stage.folder.join("spool");
    std::fs::remove_dir_all(other).unwrap();
    log.leave(&stage);
    let emitter = stage.emitter();
    emitter.shutdown(Duration::from_secs(30));
    let health = sink(&emitter);
    assert_eq!(
        (health.delivered, health.dead, health.retries),
        (42, 5, 0),
        "{health:?}"
    );
    assert_eq!(
        stage.rows("select text, count(*) from shop.noted group by 1 order by 1"),
        ["again|10", "early|21", "round 0|50"]
    );
}
