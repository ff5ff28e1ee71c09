//! What a flush says.

use std::time::{Duration, Instant};

use eventc_delivery::Files;

use crate::event::{Folder, counted};
use crate::sinks::{Mood, Remote};

#[test]
fn a_flush_counts_what_is_where() {
    let folder = Folder::new("flush");
    let remote = Remote::new(Mood::Well);
    let emitter = folder
        .emitter()
        .sink(Files::new(folder.join("events")))
        .sink(remote.sink("memory"))
        // without the flush nothing would happen for a minute
        .append_every(Duration::from_secs(60))
        .backoff(Duration::from_secs(60), Duration::from_secs(60))
        .start()
        .unwrap();
    assert!(emitter.flush(Duration::ZERO).is_complete());
    for number in 0..10 {
        emitter.emit(counted(0, number));
    }
    let flushed = emitter.flush(Duration::from_secs(5));
    assert_eq!(
        (flushed.delivered, flushed.on_disk, flushed.in_memory),
        (10, 0, 0)
    );

    remote.set(Mood::Down);
    for number in 10..15 {
        emitter.emit(counted(0, number));
    }
    let started = Instant::now();
    let flushed = emitter.flush(Duration::from_millis(100));
    assert!(started.elapsed() >= Duration::from_millis(100));
    assert_eq!(
        (flushed.delivered, flushed.on_disk, flushed.in_memory),
        (10, 5, 0)
    );

    // a flush does not wait for the end of a pause of a minute
    remote.set(Mood::Well);
    let flushed = emitter.flush(Duration::from_secs(5));
    assert_eq!(
        (flushed.delivered, flushed.on_disk, flushed.in_memory),
        (15, 0, 0)
    );
}

#[test]
fn a_flush_sees_what_another_thread_has_just_emitted() {
    let folder = Folder::new("flush-threads");
    let remote = Remote::new(Mood::Well);
    let emitter = folder
        .emitter()
        .sink(remote.sink("memory"))
        .start()
        .unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (emitter, remote) = (&emitter, &remote);
            scope.spawn(move || {
                for number in 0..20 {
                    let event = counted(thread, number);
                    let json = String::from_utf8(eventc::encode(&event).unwrap()).unwrap();
                    emitter.emit(event);
                    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
                    assert!(remote.stored().contains(&json));
                }
            });
        }
    });
}
