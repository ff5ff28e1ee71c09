//! Clocks that jump.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use eventc::Timestamp;

use crate::event::{Folder, counted};
use crate::sinks::{Mood, Remote, wait_until};

#[test]
fn a_clock_that_jumps_changes_what_is_said_and_not_what_is_done() {
    const DAY: i64 = 86_400_000_000;
    let folder = Folder::new("clock");
    let shift = Arc::new(AtomicI64::new(0));
    let clock = Arc::clone(&shift);
    let remote = Remote::new(Mood::Well);
    let emitter = folder
        .emitter()
        .sink(remote.sink("memory"))
        .backoff(Duration::from_millis(5), Duration::from_millis(20))
        .clock(move || {
            let micros = Timestamp::now().micros() + clock.load(Ordering::SeqCst);
            Timestamp::from_micros(micros).unwrap()
        })
        .start()
        .unwrap();
    let mut number = 0;
    for days in [0, -3_650, 3_650, -1, 0] {
        shift.store(days * DAY, Ordering::SeqCst);
        for _ in 0..100 {
            emitter.emit(counted(0, number));
            number += 1;
        }
        assert!(
            emitter.flush(Duration::from_secs(5)).is_complete(),
            "{days} days"
        );
    }
    assert_eq!(remote.numbers(), (0..500).collect::<Vec<_>>());

    // ages go by the clock, and are never below nothing
    remote.set(Mood::Down);
    emitter.emit(counted(0, 500));
    let age = || emitter.health().sinks[0].oldest_undelivered;
    wait_until("the sink has failed", || age().is_some());
    shift.store(DAY, Ordering::SeqCst);
    assert!(age().unwrap() >= Duration::from_secs(86_000));
    shift.store(-DAY, Ordering::SeqCst);
    assert_eq!(age().unwrap(), Duration::ZERO);
    let tries = emitter.health().sinks[0].retries;
    wait_until("it is tried again all the same", || {
        emitter.health().sinks[0].retries > tries + 2
    });
    remote.set(Mood::Well);
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
}
