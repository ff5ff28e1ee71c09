//! Servers that go away, connections that break, processes that are killed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use eventc_delivery::{Emitter, Postgres};
use eventc_testing::postgres::Server;

use super::stage::{Stage, counted, fails_with, flushed, shop, sink};
use crate::child;
use crate::event::emitter_in;
use crate::killing::in_log;
use crate::sinks::wait_until;

/// Emits this often for that long, and says how many that were, and how long one took at most.
fn emit_for(emitter: &Emitter, every: Duration, longest: Duration) -> (u64, Duration) {
    let (started, mut slowest, mut number) = (Instant::now(), Duration::ZERO, 0);
    while started.elapsed() < longest {
        for _ in 0..10 {
            let event = counted(0, number);
            let before = Instant::now();
            emitter.emit(event);
            slowest = slowest.max(before.elapsed());
            number += 1;
        }
        thread::sleep(every);
    }
    (number, slowest)
}

#[test]
fn a_server_that_is_away_for_half_a_minute_has_every_event_once() {
    // What is committed is to be there after the crash.
    let settings = Server::builder().setting("synchronous_commit", "on");
    let Some(server) = settings.start() else {
        return;
    };
    let stage = Stage::empty(&server, "crash");
    stage.load();
    let emitter = stage.emitter();
    let (emitted, slowest) = thread::scope(|scope| {
        let emitting =
            scope.spawn(|| emit_for(&emitter, Duration::from_millis(2), Duration::from_secs(33)));
        thread::sleep(Duration::from_millis(700));
        server.stop_immediate();
        fails_with(&emitter, "cannot connect");
        thread::sleep(Duration::from_secs(30));
        let health = emitter.health();
        assert!(health.sinks[0].oldest_undelivered > Some(Duration::from_secs(29)));
        assert!(
            health.sinks[0].lag_bytes > 1 << 20 && health.memory_bytes < 1 << 20,
            "{health:?}"
        );
        server.start_again();
        emitting.join().unwrap()
    });
    let health = flushed(&emitter);
    assert_eq!((health.delivered, health.dead), (emitted, 0), "{health:?}");
    assert!(health.retries > 0, "{health:?}");
    wait_until("nothing is undelivered", || {
        sink(&emitter).oldest_undelivered.is_none()
    });
    assert_eq!(stage.counted(), (emitted, emitted));
    assert_eq!(emitter.health().dropped, 0);
    println!(
        "{emitted} events, {} retries, the slowest emit took {slowest:?}",
        health.retries
    );
    // A second of an outage would show in it.
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

#[test]
fn connections_that_are_cut_again_and_again_double_nothing() {
    let Some(stage) = Stage::shop("cut") else {
        return;
    };
    let emitter = stage.emitter();
    let is_over = AtomicBool::new(false);
    let emitted = thread::scope(|scope| {
        let cutting = scope.spawn(|| {
            let mut cut = 0;
            while !is_over.load(Ordering::Relaxed) {
                cut += stage.database.terminate_backends();
                thread::sleep(Duration::from_millis(30));
            }
            cut
        });
        let mut emitted = 0;
        for _ in 0..40 {
            emitted += 1_000;
            (emitted - 1_000..emitted).for_each(|number| emitter.emit(counted(1, number)));
            thread::sleep(Duration::from_millis(50));
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(cutting.join().unwrap() > 5);
        emitted
    });
    let health = flushed(&emitter);
    assert!(health.retries > 3, "{health:?}");
    assert!(health.last_error.is_some());
    assert_eq!((health.delivered, health.dead), (emitted, 0), "{health:?}");
    assert_eq!(stage.counted(), (emitted, emitted));
}

#[test]
fn a_killed_process_has_delivered_each_event_of_its_log_once() {
    let Some(stage) = Stage::shop("killed") else {
        return;
    };
    let mut appended = BTreeSet::new();
    for run in 0..6 {
        let mut command = child::command("postgres", stage.folder.path(), run);
        command.env("EVENTC_TEST_URL", stage.url());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains("started")));
        thread::sleep(Duration::from_millis(150 + u64::from(run) * 67));
        process.kill().unwrap();
        process.wait().unwrap();
        let left: Vec<shop::Counted> = in_log(&stage.folder.join("spool"));
        appended.extend(left.iter().map(|event| (event.thread, event.number)));
    }
    stage.folder.wait_until_free();
    let emitter = stage.emitter();
    emitter.shutdown(Duration::from_secs(30));
    let health = sink(&emitter);
    assert_eq!((health.lag_bytes, health.dead), (0, 0), "{health:?}");
    let (events, distinct) = stage.counted();
    assert_eq!(events, distinct, "events are there twice");
    let stored = stage.rows("select thread, number from shop.counted");
    let stored: BTreeSet<(u32, u64)> = stored
        .iter()
        .map(|row| {
            let (thread, number) = row.split_once('|').unwrap();
            (thread.parse().unwrap(), number.parse().unwrap())
        })
        .collect();
    let missing = appended.difference(&stored).count();
    assert_eq!(missing, 0, "of {} that were in the log", appended.len());
    assert!(events > 1_000, "{events}");
    // What is lost is the end of a run.
    let gaps = "select count(*) from (select thread, max(number) + 1 - count(*) as missing from shop.counted group by 1) as t where missing > 0";
    assert_eq!(stage.number(gaps), 0);
}

/// What the processes of the test above do until they are killed.
pub(crate) fn process(folder: &Path, thread: u32) {
    let url = std::env::var("EVENTC_TEST_URL").unwrap();
    let emitter = emitter_in(folder)
        .sink(Postgres::new(url, shop::POSTGRES))
        .start()
        .unwrap();
    println!("started");
    for number in 0.. {
        emitter.emit(counted(thread, number));
        if number % 20 == 0 {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

#[test]
fn a_database_may_come_later() {
    let Some(server) = Server::shared() else {
        return;
    };
    let stage = Stage::empty(server, "later");
    let later = format!("{}_later", stage.database.name());
    // The database of the stage stays empty; what is delivered to comes later.
    stage.sql(&format!(
        "create role {} login password 'secret'",
        stage.user
    ));
    let url = stage.url().replace(stage.database.name(), &later);
    let url = url.replace(&format!("{later}_service"), &stage.user);
    let emitter = Emitter::builder()
        .without_heartbeat()
        .spool(stage.folder.join("spool"))
        .sink(Postgres::new(url, shop::POSTGRES))
        .backoff(Duration::from_millis(20), Duration::from_millis(200))
        .start()
        .unwrap();
    (0..100).for_each(|number| emitter.emit(counted(1, number)));
    let said = fails_with(&emitter, "does not exist");
    assert!(said.contains("create the database"), "{said}");
    stage.sql(&format!("create database {later}"));
    let said = fails_with(&emitter, "there are no tables in the schema `shop`");
    assert!(said.contains("eventc postgres migrate"), "{said}");
    stage.sql(&format!(
        "\\connect {later}\n{}\ngrant shop_writer to {}",
        stage.scripts, stage.user
    ));
    let health = flushed(&emitter);
    assert_eq!((health.delivered, health.dead), (100, 0), "{health:?}");
    emitter.shutdown(Duration::from_secs(5));
    stage.sql(&format!("drop database {later} with (force)"));
}

/// Whether somebody keeps all others from the table.
fn is_locked(stage: &Stage) -> bool {
    let locks = "select count(*) from pg_locks where relation = 'shop.counted'::regclass
        and database = (select oid from pg_database where datname = current_database()) and mode = 'AccessExclusiveLock'";
    stage.number(locks) > 0
}

#[test]
fn a_lock_on_a_table_holds_nobody_up_but_its_events() {
    let Some(stage) = Stage::shop("lock") else {
        return;
    };
    let emitter = stage.emitter();
    emitter.emit(counted(1, 0));
    flushed(&emitter);
    thread::scope(|scope| {
        scope.spawn(|| {
            stage.sql("begin; lock table shop.counted; select pg_sleep(7); commit");
        });
        wait_until("it is locked", || is_locked(&stage));
        let (emitted, slowest) =
            emit_for(&emitter, Duration::from_millis(10), Duration::from_secs(1));
        assert!(slowest < Duration::from_millis(500), "{slowest:?}");
        assert_eq!(emitter.health().dropped, 0);
        assert!(sink(&emitter).oldest_undelivered.is_some());
        let said = fails_with(&emitter, "(55P03)");
        assert!(said.contains("somebody holds a lock"), "{said}");
        let health = flushed(&emitter);
        assert_eq!((health.delivered, health.dead), (emitted + 1, 0));
    });
    // An end waits as long as it may, and not for the lock.
    thread::scope(|scope| {
        scope.spawn(|| {
            stage.sql("begin; lock table shop.counted; select pg_sleep(3); commit");
        });
        wait_until("it is locked", || is_locked(&stage));
        emitter.emit(counted(2, 0));
        let before = Instant::now();
        let flushed = emitter.shutdown(Duration::from_millis(300));
        assert!(before.elapsed() < Duration::from_secs(2));
        assert_eq!((flushed.on_disk, flushed.in_memory), (1, 0));
    });
}
