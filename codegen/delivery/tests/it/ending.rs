//! The end of an emitter.

use std::time::{Duration, Instant};

use eventc_delivery::{Dropped, Files};

use crate::event::{Folder, counted, files, read};
use crate::sinks::{Mood, Remote};

#[test]
fn the_last_clone_delivers_what_is_left() {
    let folder = Folder::new("drop");
    let remote = Remote::new(Mood::Well);
    let emitter = folder
        .emitter()
        .sink(remote.sink("memory"))
        .append_every(Duration::from_secs(60))
        .start()
        .unwrap();
    let clone = emitter.clone();
    // it looks once when it starts, and then not before a minute has passed
    std::thread::sleep(Duration::from_millis(50));
    for number in 0..1_000 {
        emitter.emit(counted(0, number));
    }
    drop(emitter);
    assert_eq!(remote.stored().len(), 0, "the other clone is still there");
    drop(clone);
    assert_eq!(remote.numbers(), (0..1_000).collect::<Vec<_>>());
    assert!(remote.is_closed());
}

#[test]
fn what_no_sink_takes_is_there_at_the_next_start() {
    for mood in [Mood::Down, Mood::Hangs, Mood::Panics] {
        let folder = Folder::new("next");
        let bad = Remote::new(mood);
        let emitter = folder
            .emitter()
            .sink(bad.sink("files"))
            .drain_for(Duration::from_millis(200))
            .start()
            .unwrap();
        for number in 0..1_000 {
            emitter.emit(counted(0, number));
        }
        let started = Instant::now();
        drop(emitter);
        assert!(started.elapsed() < Duration::from_secs(2), "{mood:?}");
        bad.set(Mood::Down);
        folder.wait_until_free();

        let emitter = folder
            .emitter()
            .sink(Files::new(folder.join("events")))
            .start()
            .unwrap();
        emitter.emit(counted(0, 1_000));
        crate::sinks::wait_until("all is delivered", || {
            emitter.health().sinks[0].delivered == 1_001
        });
        drop(emitter);
        let mut numbers: Vec<u64> = read(&folder.join("events"))
            .iter()
            .map(|e| e.number)
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..=1_000).collect::<Vec<_>>(), "{mood:?}");
    }
}

#[test]
fn after_the_end_events_are_dropped_and_counted() {
    let folder = Folder::new("after");
    let emitter = folder
        .emitter()
        .sink(Files::new(folder.join("events")))
        .start()
        .unwrap();
    emitter.emit(counted(0, 0));
    let flushed = emitter.shutdown(Duration::from_secs(5));
    assert_eq!(
        (flushed.delivered, flushed.on_disk, flushed.in_memory),
        (1, 0, 0)
    );
    assert_eq!(emitter.try_emit(counted(0, 1)), Err(Dropped::Closed));
    let health = emitter.health();
    assert_eq!((health.accepted, health.dropped), (1, 1));
    assert_eq!(health.events["test.counted"].closed, 1);
    assert!(emitter.flush(Duration::from_secs(1)).is_complete());
    assert!(files(&folder.join("spool"), "/clean").len() == 1);
}

/// The race that others lose: what is accepted while the emitter ends is delivered, what is not accepted is counted.
#[test]
fn no_event_falls_between_accepted_and_dropped() {
    for round in 0..30 {
        let folder = Folder::new("race");
        let remote = Remote::new(Mood::Well);
        let emitter = folder
            .emitter()
            .sink(remote.sink("memory"))
            .append_every(Duration::from_millis(1))
            .start()
            .unwrap();
        let accepted: u64 = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3)
                .map(|thread| {
                    let emitter = &emitter;
                    scope.spawn(move || {
                        (0..2_000)
                            .filter(|number| emitter.try_emit(counted(thread, *number)).is_ok())
                            .count() as u64
                    })
                })
                .collect();
            std::thread::sleep(Duration::from_micros(300 * round));
            let flushed = emitter.shutdown(Duration::from_secs(5));
            assert!(flushed.is_complete(), "{flushed:?}");
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!(remote.stored().len() as u64, accepted);
        let health = emitter.health();
        assert_eq!(
            (health.accepted, health.dropped),
            (accepted, 6_000 - accepted)
        );
    }
}
