//! Disks that are full: the system is told that no file of the process may grow, which every write then says.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use eventc_delivery::{Dropped, Emitter};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::event::{Folder, counted};
use crate::sinks::{Mood, Remote, wait_until};

#[test]
fn a_full_disk_stops_nobody() {
    let folder = Folder::new("full-disk");
    let child = crate::child::command("full disk", folder.path(), 0);
    // the signal that comes with it is ignored, as a service would have it
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(child.get_program())
        .args(child.get_args())
        .envs(
            child
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdout(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let lines: Vec<String> = BufReader::new(process.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap)
        .collect();
    assert!(process.wait().unwrap().success(), "{lines:#?}");
    assert!(
        lines.iter().any(|line| line == "all of it went well"),
        "{lines:#?}"
    );
}

/// What is there can be written again, as on a disk that is full, and some bytes of a new file find a place.
fn fill_disk(is_full: bool) {
    let maximum = getrlimit(Resource::Fsize).maximum;
    let current = if is_full { Some(50) } else { maximum };
    setrlimit(Resource::Fsize, Rlimit { current, maximum }).unwrap();
}

pub(crate) fn process(folder: &Path) {
    let (here, away) = (Remote::new(Mood::Well), Remote::new(Mood::Well));
    let emitter = Emitter::builder()
        .spool(folder.join("spool"))
        .sink(here.sink("here"))
        .sink(away.sink("away"))
        .memory_bytes(256 * 1024)
        .backoff(Duration::from_millis(5), Duration::from_millis(20))
        .append_every(Duration::from_millis(2))
        .start()
        .unwrap();
    let mut number = 0;
    let mut emit = |count: u64| {
        let started = Instant::now();
        let mut accepted = Vec::new();
        for _ in 0..count {
            match emitter.try_emit(counted(0, number)) {
                Ok(()) => accepted.push(number),
                Err(dropped) => assert_eq!(dropped, Dropped::Full),
            }
            number += 1;
        }
        assert!(started.elapsed() < Duration::from_secs(2), "emit waited");
        accepted
    };

    let mut expected = emit(100);
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());

    // full, and both sinks well: nothing is lost, though nothing can be written
    fill_disk(true);
    for _ in 0..5 {
        expected.extend(emit(100));
        assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    }
    let health = emitter.health();
    assert!(health.log.errors > 0);
    assert_eq!((health.log.passed, health.dropped), (500, 0));
    assert!(
        health
            .log
            .last_error
            .unwrap()
            .contains("can't write the log")
    );
    assert_eq!(here.numbers(), expected);
    assert_eq!(away.numbers(), expected);

    // full, and one sink away: the other goes on, and what it misses is counted
    away.set(Mood::Down);
    let only_here = emit(100);
    expected.extend(&only_here);
    wait_until("one sink has them", || here.numbers() == expected);
    wait_until("the other missed them", || {
        emitter.health().sinks[1].missed == only_here.len() as u64
    });

    // full, and no sink there: memory fills up, what is newest is dropped, and a flush knows that all of it is in memory
    here.set(Mood::Down);
    let kept = emit(5_000);
    expected.extend(&kept);
    assert!(kept.len() < 5_000);
    let health = emitter.health();
    assert!(health.memory_bytes <= 256 * 1024);
    assert_eq!(health.dropped, 5_000 - kept.len() as u64);
    assert_eq!(health.events["test.counted"].full, health.dropped);
    let flushed = emitter.flush(Duration::from_millis(50));
    assert_eq!(flushed.in_memory, kept.len() as u64);

    // room again: what was kept goes its usual way, in order
    fill_disk(false);
    wait_until("memory is empty", || emitter.health().memory_bytes == 0);
    here.set(Mood::Well);
    away.set(Mood::Well);
    let flushed = emitter.flush(Duration::from_secs(5));
    assert!(flushed.is_complete(), "{flushed:?}");
    assert_eq!(here.numbers(), expected);
    expected.retain(|number| !only_here.contains(number));
    assert_eq!(away.numbers(), expected);

    // and a full disk in the end, with nobody there: what is lost is counted
    fill_disk(true);
    here.set(Mood::Down);
    away.set(Mood::Down);
    let lost = emit(10);
    let flushed = emitter.shutdown(Duration::from_millis(200));
    wait_until("the loss is counted", || {
        emitter.health().log.lost == lost.len() as u64
    });
    assert_eq!(flushed.delivered, emitter.health().accepted - 10);
    println!("all of it went well");
}
