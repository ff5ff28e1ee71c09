//! Nothing that a sink does reaches the caller, or another sink.

use std::time::{Duration, Instant};

use eventc_delivery::{Files, Flushed};

use crate::event::{Folder, counted, read};
use crate::sinks::{Mood, Remote, wait_until};

const COUNT: u64 = 20_000;

/// Emits while a sink is in a bad mood, and says how long the slowest of the calls took.
fn with_a_sink_that(mood: Mood) {
    let folder = Folder::new("bad-sink");
    let bad = Remote::new(mood);
    let emitter = folder
        .emitter()
        .sink(bad.sink("bad"))
        .sink(Files::new(folder.join("events")))
        .backoff(Duration::from_millis(5), Duration::from_millis(50))
        .drain_for(Duration::from_millis(300))
        .start()
        .unwrap();

    let started = Instant::now();
    for number in 0..COUNT {
        emitter.emit(counted(0, number));
        if number % 2_000 == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{mood:?}: emit waited"
    );

    // the other sink has everything, though this one has nothing
    wait_until("the other sink has all", || {
        emitter.health().sinks[1].delivered == COUNT
    });
    let health = emitter.health();
    assert_eq!((health.accepted, health.dropped), (COUNT, 0));
    assert_eq!(health.events["test.counted"].accepted, COUNT);
    let sink = &health.sinks[0];
    assert_eq!((sink.name.as_str(), sink.delivered), ("bad", 0));
    assert!(sink.lag_bytes > COUNT * 100);
    assert!(sink.oldest_undelivered.unwrap() > Duration::from_millis(1));
    assert!(sink.last_success_at.is_none());
    match mood {
        Mood::Down => {
            wait_until("it is tried again", || {
                emitter.health().sinks[0].retries > 2
            });
            let error = emitter.health().sinks[0].last_error.clone().unwrap();
            assert_eq!(error, "the store is down");
        }
        Mood::Panics => {
            wait_until("it is tried again", || emitter.health().sinks[0].panics > 2);
            let error = emitter.health().sinks[0].last_error.clone().unwrap();
            assert_eq!(error, "it panicked: the sink has a mistake");
        }
        _ => assert_eq!(bad.calls(), 1),
    }
    let Flushed {
        on_disk, in_memory, ..
    } = emitter.flush(Duration::from_millis(50));
    assert_eq!((on_disk, in_memory), (COUNT, 0));

    // as soon as it is well again it gets everything, in order, once
    bad.set(Mood::Well);
    let flushed = emitter.flush(Duration::from_secs(10));
    assert!(flushed.is_complete(), "{flushed:?}");
    assert_eq!(bad.numbers(), (0..COUNT).collect::<Vec<_>>());
    let sink = &emitter.health().sinks[0];
    assert_eq!((sink.delivered, sink.lag_bytes), (COUNT, 0));
    wait_until("nothing is old", || {
        emitter.health().sinks[0].oldest_undelivered.is_none()
    });
    drop(emitter);
    assert_eq!(read(&folder.join("events")).len() as u64, COUNT);
}

#[test]
fn a_sink_that_fails_stops_nobody() {
    with_a_sink_that(Mood::Down);
}

#[test]
fn a_sink_that_panics_stops_nobody() {
    with_a_sink_that(Mood::Panics);
}

#[test]
fn a_sink_that_hangs_stops_nobody() {
    with_a_sink_that(Mood::Hangs);
}
