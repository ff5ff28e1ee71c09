//! Disks that are full: the system is told that no file of the process may grow, which every write then says.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use eventc_delivery::{Dropped, Files};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::event::{Folder, counted, emitter_in, read};
use crate::sinks::{Mood, Remote, wait_until};

#[test]
fn a_full_disk_stops_nobody() {
    run("full disk");
}

#[test]
fn files_are_exact_on_a_disk_that_is_full_now_and_then() {
    run("full files");
}

/// Runs a process whose signal for files that grow too far is ignored, as a service would have it.
fn run(role: &str) {
    let folder = Folder::new("full-disk");
    let child = crate::child::command(role, folder.path(), 0);
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
    limit_files(is_full.then_some(50));
}

/// No file grows beyond so many bytes.
fn limit_files(bytes: Option<u64>) {
    let maximum = getrlimit(Resource::Fsize).maximum;
    let current = bytes.or(maximum);
    setrlimit(Resource::Fsize, Rlimit { current, maximum }).unwrap();
}

pub(crate) fn process(folder: &Path) {
    let (here, away) = (Remote::new(Mood::Well), Remote::new(Mood::Well));
    let emitter = emitter_in(folder)
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

    // full in the middle of a write: what was written of it is cut, and it comes again
    here.set(Mood::Down);
    away.set(Mood::Down);
    expected.extend(emit(100));
    wait_until("the log has them", || emitter.health().memory_bytes == 0);
    limit_files(Some(emitter.health().log.bytes + 100));
    expected.extend(emit(100));
    wait_until("the disk is full", || emitter.health().log.errors > 0);
    fill_disk(false);
    wait_until("the log has them as well", || {
        emitter.health().memory_bytes == 0
    });
    here.set(Mood::Well);
    away.set(Mood::Well);
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    assert_eq!(here.numbers(), expected);
    assert_eq!(
        (emitter.health().log.damaged, emitter.health().log.passed),
        (0, 0)
    );

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

/// The log and the files are on a disk that takes so many bytes of each file at one time, and any at another.
pub(crate) fn files(folder: &Path) {
    let emitter = emitter_in(folder)
        .sink(Files::new(folder.join("events")))
        .backoff(Duration::from_millis(1), Duration::from_millis(4))
        .append_every(Duration::from_millis(1))
        .start()
        .unwrap();
    let mut random = fastrand::Rng::with_seed(7);
    let mut number = 0;
    for _ in 0..60 {
        limit_files(
            random
                .choice([None, Some(50), Some(1_000), Some(7_000), Some(60_000)])
                .flatten(),
        );
        for _ in 0..random.u64(1..150) {
            emitter.emit(counted(0, number));
            number += 1;
        }
        std::thread::sleep(Duration::from_millis(random.u64(1..25)));
    }
    limit_files(None);
    let flushed = emitter.flush(Duration::from_secs(10));
    assert!(flushed.is_complete(), "{flushed:?}");
    let health = emitter.health();
    assert_eq!((health.dropped, health.sinks[0].missed), (0, 0));
    assert!(
        health.log.errors > 0 && health.sinks[0].retries > 0,
        "{health:?}"
    );
    assert_eq!(health.sinks[0].delivered, number);
    drop(emitter);
    let mut numbers: Vec<u64> = read(&folder.join("events"))
        .iter()
        .map(|e| e.number)
        .collect();
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq(0..number));
    println!("all of it went well");
}
