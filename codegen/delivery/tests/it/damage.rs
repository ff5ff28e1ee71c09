//! Logs that a disk has damaged.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use eventc_delivery::{Files, Health};

use crate::event::{Folder, counted, files, read};
use crate::sinks::{Mood, Remote};

const COUNT: u64 = 300;

/// A log with so many events that no sink has got.
fn log(folder: &Folder) -> PathBuf {
    let emitter = folder
        .emitter()
        .sink(Remote::new(Mood::Down).sink("memory"))
        .drain_for(Duration::from_millis(50))
        .start()
        .unwrap();
    for number in 0..COUNT {
        emitter.emit(counted(0, number));
    }
    drop(emitter);
    folder.wait_until_free();
    let segments = files(&folder.join("spool"), ".seg");
    assert_eq!(segments.len(), 1);
    segments[0].clone()
}

/// What is delivered of a log.
fn deliver(folder: &Folder) -> (Vec<u64>, Health) {
    let remote = Remote::new(Mood::Well);
    let emitter = folder
        .emitter()
        .sink(remote.sink("memory"))
        .start()
        .unwrap();
    // events behind the damage are no worse off for it
    emitter.emit(counted(0, COUNT));
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let health = emitter.health();
    drop(emitter);
    folder.wait_until_free();
    (remote.numbers(), health)
}

/// The bytes of each frame.
fn frames(path: &Path) -> Vec<std::ops::Range<usize>> {
    let bytes = fs::read(path).unwrap();
    let (mut frames, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let length = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        frames.push(at..at + 8 + length);
        at += 8 + length;
    }
    frames
}

#[test]
fn a_flipped_bit_costs_the_event_it_is_in() {
    // in the length, small and large; in the checksum; in the payload
    for (place, bit) in [(0, 1), (0, 128), (1, 1), (3, 128), (5, 4), (8, 2), (100, 1)] {
        let folder = Folder::new("flip");
        let path = log(&folder);
        let mut bytes = fs::read(&path).unwrap();
        let damaged = [17, 100, 222];
        for frame in damaged {
            bytes[frames(&path)[frame].start + place] ^= bit;
        }
        fs::write(&path, bytes).unwrap();
        let (numbers, health) = deliver(&folder);
        let expected = (0..=COUNT).filter(|number| !damaged.contains(&(*number as usize)));
        assert!(
            numbers.iter().copied().eq(expected),
            "byte {place}, bit {bit}: {numbers:?}"
        );
        assert_eq!((health.log.damaged, health.log.torn), (3, 0));
    }
}

#[test]
fn a_torn_tail_is_cut() {
    for cut in [1, 7, 8, 9, 60] {
        let folder = Folder::new("torn");
        let path = log(&folder);
        let last = frames(&path).pop().unwrap();
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..last.end - cut]).unwrap();
        let (numbers, health) = deliver(&folder);
        let expected = (0..=COUNT).filter(|number| *number != COUNT - 1);
        assert!(
            numbers.iter().copied().eq(expected),
            "{cut} bytes: {numbers:?}"
        );
        assert_eq!((health.log.damaged, health.log.torn), (0, 1));
    }
}

#[test]
fn what_is_gone_is_passed_over() {
    let folder = Folder::new("gone");
    let path = log(&folder);
    fs::remove_file(path).unwrap();
    let (numbers, health) = deliver(&folder);
    assert_eq!(numbers, [COUNT]);
    assert_eq!(health.log.errors, 0);

    // a cursor that makes no sense is none: what is still in the log comes again
    let cursor = files(&folder.join("spool"), ".cursor").pop().unwrap();
    fs::write(cursor, "nonsense").unwrap();
    let (numbers, _) = deliver(&folder);
    assert_eq!(numbers, [COUNT, COUNT]);
}

/// After a failure of power a store may know positions that the disk has forgotten. They must not be given out again, as the
/// store would take what is there for what it has.
#[test]
fn a_store_that_knows_more_than_the_disk_misses_nothing() {
    let folder = Folder::new("power");
    let start = || {
        folder
            .emitter()
            .sink(Files::new(folder.join("events")))
            .start()
            .unwrap()
    };
    let emitter = start();
    for number in 0..100 {
        emitter.emit(counted(0, number));
    }
    drop(emitter);
    folder.wait_until_free();
    for end in [".seg", ".cursor", "/clean"] {
        fs::remove_file(&files(&folder.join("spool"), end)[0]).unwrap();
    }
    let emitter = start();
    for number in 100..110 {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    drop(emitter);
    let mut numbers: Vec<u64> = read(&folder.join("events"))
        .iter()
        .map(|event| event.number)
        .collect();
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq(0..110), "{numbers:?}");
}
