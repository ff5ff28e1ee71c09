//! Records that a sink refuses for good.

use std::fs;
use std::time::Duration;

use crate::event::{Folder, counted, files};
use crate::sinks::{Mood, Remote};

#[test]
fn a_rejected_record_is_kept_for_people_and_never_comes_again() {
    let folder = Folder::new("rejects");
    let remote = Remote::new(Mood::Well);
    for number in [7, 8, 9, 500, 999] {
        remote.reject(&format!("\"number\":{number},"));
    }
    let start = || {
        folder
            .emitter()
            .sink(remote.sink("memory"))
            .start()
            .unwrap()
    };
    let emitter = start();
    for number in 0..1_000 {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let good = (0..1_000).filter(|number| ![7, 8, 9, 500, 999].contains(number));
    assert!(remote.numbers().into_iter().eq(good.clone()));
    let sink = &emitter.health().sinks[0];
    assert_eq!(
        (sink.delivered, sink.dead, sink.dead_unwritten, sink.retries),
        (995, 5, 0, 0)
    );
    assert_eq!(
        sink.last_error.as_deref(),
        Some("it has \"number\":999, in it")
    );
    // each costs a batch, but not one that grows with the batch
    assert!(remote.calls() < 40, "{}", remote.calls());
    drop(emitter);
    folder.wait_until_free();

    let path = files(&folder.join("spool"), "memory.dead.jsonl")
        .pop()
        .unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let letters: Vec<serde_json::Value> = (text.lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(letters.len(), 5);
    assert_eq!(letters[3]["event"], "test.counted");
    assert_eq!(letters[3]["reason"], "it has \"number\":500, in it");
    assert_eq!(letters[3]["record"]["number"], 500);

    // a crash before the cursor moved: the sink gets the records again, but not those
    let cursor = files(&folder.join("spool"), "memory.cursor").pop().unwrap();
    fs::remove_file(cursor).unwrap();
    let emitter = start();
    emitter.emit(counted(0, 1_000));
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let all = good.clone().chain(good).chain([1_000]);
    assert!(remote.numbers().into_iter().eq(all));
    assert_eq!(emitter.health().sinks[0].dead, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn dead_letters_are_bounded_and_counted() {
    let folder = Folder::new("dead");
    let remote = Remote::new(Mood::Well);
    remote.reject("no importance");
    let emitter = folder
        .emitter()
        .sink(remote.sink("memory"))
        .dead_letter_bytes(2_000)
        .start()
        .unwrap();
    for number in 0..50 {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let sink = &emitter.health().sinks[0];
    assert_eq!((sink.delivered, sink.dead), (0, 50));
    assert!(sink.dead_unwritten > 30);
    assert!(
        sink.last_error
            .clone()
            .unwrap()
            .contains("has reached its 2000 bytes; move it away")
    );
    let path = files(&folder.join("spool"), "memory.dead.jsonl")
        .pop()
        .unwrap();
    assert!(fs::metadata(path).unwrap().len() <= 2_000);
}
