//! What is in memory is bounded, and dropping is counted by the reason.

use std::time::Duration;

use eventc_delivery::Dropped;

use crate::event::{Folder, counted};
use crate::sinks::{Mood, Remote};

#[test]
fn memory_is_bounded_and_the_newest_are_dropped() {
    let folder = Folder::new("memory");
    let remote = Remote::new(Mood::Down);
    let emitter = folder
        .emitter()
        .sink(remote.sink("memory"))
        .memory_bytes(64 * 1024)
        .log_bytes(64 * 1024)
        .backoff(Duration::from_millis(5), Duration::from_millis(10))
        .start()
        .unwrap();
    let mut accepted = Vec::new();
    let mut dropped = 0;
    for number in 0..3_000 {
        match emitter.try_emit(counted(0, number)) {
            Ok(()) => accepted.push(number),
            Err(why) => {
                assert_eq!(why, Dropped::Full);
                dropped += 1;
            }
        }
        assert!(emitter.health().memory_bytes <= 64 * 1024);
    }
    assert!(dropped > 0);
    let mut large = counted(0, 9_999);
    large.filling = "x".repeat(9_000);
    assert_eq!(emitter.try_emit(large), Err(Dropped::TooLarge));
    let health = emitter.health();
    let counts = health.events["test.counted"];
    assert_eq!(
        (counts.accepted, counts.full, counts.too_large),
        (accepted.len() as u64, dropped, 1)
    );
    assert_eq!(health.dropped, dropped + 1);
    assert_eq!(health.accepted, accepted.len() as u64);
    remote.set(Mood::Well);
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    assert_eq!(remote.numbers(), accepted);
    assert_eq!(emitter.health().memory_bytes, 0);
}

#[test]
fn a_log_that_is_full_goes_on_with_the_sinks_that_are_there() {
    let folder = Folder::new("log-full");
    let (here, away) = (Remote::new(Mood::Well), Remote::new(Mood::Down));
    let emitter = folder
        .emitter()
        .sink(here.sink("here"))
        .sink(away.sink("away"))
        .log_bytes(512 * 1024)
        .append_every(Duration::from_millis(1))
        .backoff(Duration::from_millis(5), Duration::from_millis(10))
        .start()
        .unwrap();
    let count = 20_000;
    for number in 0..count {
        emitter.emit(counted(0, number));
        if number % 500 == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    crate::sinks::wait_until("one sink has all", || here.stored().len() as u64 == count);
    assert_eq!(here.numbers(), (0..count).collect::<Vec<_>>());
    crate::sinks::wait_until("memory is empty", || emitter.health().memory_bytes == 0);
    let health = emitter.health();
    assert_eq!(health.dropped, 0);
    assert!(health.log.bytes <= 512 * 1024);
    assert!(health.log.full > 0);
    assert!(
        health
            .log
            .last_error
            .unwrap()
            .ends_with("a sink is far behind")
    );
    let missed = health.sinks[1].missed;
    assert!(missed > 0 && health.sinks[0].missed == 0);
    // the other one gets what is in the log, then what comes after it
    away.set(Mood::Well);
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    emitter.emit(counted(0, count));
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let numbers = away.numbers();
    assert_eq!(numbers.len() as u64, count - missed + 1);
    assert!(numbers.is_sorted_by(|one, next| one < next));
    assert_eq!(numbers.last(), Some(&count));
}
