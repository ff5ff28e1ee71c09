//! Processes that are killed in the middle of it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use eventc::Event;
use eventc_delivery::Files;

use crate::child;
use crate::event::{Counted, Folder, files, numbers, read};

/// What a log still holds, by reading it as its page says.
pub(crate) fn in_log<E: Event>(folder: &std::path::Path) -> Vec<E> {
    let mut found = Vec::new();
    for path in files(folder, ".seg") {
        let bytes = std::fs::read(path).unwrap();
        let mut rest = bytes.as_slice();
        while rest.len() > 8 {
            let length = u32::from_le_bytes(rest[..4].try_into().unwrap()) as usize;
            let Some(payload) = rest[8..].get(..length) else {
                break;
            };
            let json = payload.split(|byte| *byte == b'\n').nth(1).unwrap();
            found.push(eventc::decode(json).unwrap());
            rest = &rest[8 + length..];
        }
    }
    found
}

#[test]
fn whatever_was_appended_is_in_the_files_once() {
    let folder = Folder::new("killing");
    let mut appended = BTreeSet::new();
    let mut longest = Duration::ZERO;
    for run in 0..20 {
        let mut process = child::start("emit", folder.path(), run);
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let started = lines.any(|line| line.unwrap().contains("started"));
        assert!(started);
        // another moment in every run: between the steps of the appender, of the files, and of a start
        std::thread::sleep(Duration::from_millis(5 + u64::from(run) * 11));
        process.kill().unwrap();
        let killed_at = eventc::Timestamp::now();
        process.wait().unwrap();
        // what the log holds now must be there in the end; what it no longer holds, the files had before
        let left: Vec<Counted> = in_log(&folder.join("spool"));
        appended.extend(left.iter().map(|event| (event.thread, event.number)));
        if let Some(last) = last_accepted(&folder.join("spool"), run) {
            let lost = killed_at.micros() - last.micros();
            longest = longest.max(Duration::from_micros(u64::try_from(lost).unwrap_or(0)));
        }
    }
    folder.wait_until_free();
    let emitter = folder
        .emitter()
        .sink(Files::new(folder.join("events")))
        .start()
        .unwrap();
    let health = emitter.health();
    assert_eq!(health.log.damaged, 0, "{health:?}");
    emitter.shutdown(Duration::from_secs(10));
    let health = emitter.health();
    assert_eq!(health.sinks[0].lag_bytes, 0);
    drop(emitter);
    assert!(files(&folder.join("events"), ".open").is_empty());

    let events = read(&folder.join("events"));
    let delivered: BTreeSet<(u32, u64)> = events.iter().map(|e| (e.thread, e.number)).collect();
    assert_eq!(delivered.len(), events.len(), "events are there twice");
    let missing: Vec<_> = appended.difference(&delivered).collect();
    assert!(
        missing.is_empty(),
        "{} were appended and are not there",
        missing.len()
    );
    // and nothing is missing in between: what is lost is the end of a run
    for (thread, mut numbers) in numbers(&events) {
        numbers.sort_unstable();
        let last = *numbers.last().unwrap();
        assert_eq!(numbers.len() as u64, last + 1, "a gap in thread {thread}");
    }
    println!(
        "{} events of 20 killed processes, {} of them still in the log when it was killed; at most {longest:?} lost",
        events.len(),
        appended.len()
    );
    assert!(events.len() > 1_000, "{}", events.len());
    // 20 ms are between two appends, and a machine that is busy adds to that
    assert!(longest < Duration::from_millis(500), "{longest:?}");
}

/// When the last event of a run was accepted that is in the log.
fn last_accepted(folder: &std::path::Path, run: u32) -> Option<eventc::Timestamp> {
    let mut last = None;
    for path in files(folder, ".seg") {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let of_run = text
            .lines()
            .filter(|line| line.contains(&format!("\"thread\":{run}")));
        let events = of_run.filter_map(|line| eventc::decode::<Counted>(line.as_bytes()).ok());
        last = last.max(
            events
                .filter(|e| e.thread / 10 == run)
                .map(|e| e.at.get())
                .max(),
        );
    }
    last
}

#[test]
fn threads_keep_their_order() {
    let folder = Folder::new("order");
    let remote = crate::sinks::Remote::new(crate::sinks::Mood::Well);
    let emitter = folder
        .emitter()
        .sink(remote.sink("memory"))
        .append_every(Duration::from_millis(1))
        .memory_bytes(64 << 20)
        .start()
        .unwrap();
    std::thread::scope(|scope| {
        for thread in 0..12 {
            let emitter = &emitter;
            scope.spawn(move || {
                for number in 0..4_000 {
                    emitter.emit(crate::event::counted(thread, number));
                }
            });
        }
    });
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());
    assert_eq!(emitter.health().dropped, 0, "{:?}", emitter.health());
    let events: Vec<Counted> = (remote.stored().iter())
        .map(|json| eventc::decode(json.as_bytes()).unwrap())
        .collect();
    for (thread, numbers) in numbers(&events) {
        assert!(numbers.iter().copied().eq(0..4_000), "thread {thread}");
    }
}
