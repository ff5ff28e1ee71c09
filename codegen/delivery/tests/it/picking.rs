//! Sinks that are given only some of the events.

use std::collections::BTreeSet;
use std::time::Duration;

use eventc::event;
use eventc_delivery::{Batch, Emitter, Fail, Files, Picked, Sink};

use crate::event::{Counted, Folder, Noted, counted, files, read};
use crate::sinks::{Mood, Remote, wait_until};

fn noted() -> Noted {
    event!(Noted { weight: 1.5 })
}

fn start(folder: &Folder, sink: impl Sink<Requires = eventc_delivery::Any>) -> Emitter {
    folder
        .emitter()
        .sink(sink)
        .backoff(Duration::from_millis(2), Duration::from_millis(10))
        .drain_for(Duration::from_millis(200))
        .start()
        .unwrap()
}

/// What a sink stores of a counted and a noted event, in events.
fn stored(names: &[&str]) -> Vec<String> {
    let folder = Folder::new("only");
    let remote = Remote::new(Mood::Well);
    let sink = remote.sink("memory").only(names.iter().copied());
    let emitter = start(&folder, sink);
    emitter.emit(counted(0, 0));
    emitter.emit(noted());
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let health = emitter.health().sinks[0].clone();
    assert_eq!(
        (health.delivered + health.skipped, health.lag_bytes),
        (2, 0)
    );
    assert_eq!(health.delivered, remote.stored().len() as u64);
    assert_eq!(health.last_success_at.is_some(), health.delivered > 0);
    let name = |json: &String| {
        let event: serde_json::Value = serde_json::from_str(json).unwrap();
        event["event"].as_str().unwrap().to_owned()
    };
    remote.stored().iter().map(name).collect()
}

#[test]
fn names_are_whole_or_begin_so() {
    let (counted, noted) = ("test.counted", "test.noted");
    assert_eq!(stored(&["test.counted"]), [counted]);
    assert_eq!(stored(&["test.*"]), [counted, noted]);
    assert_eq!(stored(&["*"]), [counted, noted]);
    assert_eq!(stored(&["test.n*"]), [noted]);
    assert_eq!(stored(&["test.noted*", "test.counted"]), [counted, noted]);
    assert!(
        stored(&[
            "test",
            "test.count",
            "est.counted",
            "test.counted.x",
            "other.*"
        ])
        .is_empty()
    );
}

/// The numbers that are stored of 4,000, and those of them at the second time, when the spool has lost how far the sink was.
fn sampled(
    pick: impl Fn(crate::sinks::Moody) -> Picked<crate::sinks::Moody>,
) -> (Vec<u64>, Vec<u64>) {
    let folder = Folder::new("sample");
    let remote = Remote::new(Mood::Down);
    let emitter = start(&folder, pick(remote.sink("memory")));
    for number in 0..4_000 {
        emitter.emit(counted(0, number));
    }
    // what it does not want is counted once, however often it is looked at
    wait_until("it is tried, if it wants any", || {
        let sink = emitter.health().sinks[0].clone();
        sink.retries > 3 || sink.skipped == 4_000
    });
    remote.set(Mood::Well);
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let health = emitter.health().sinks[0].clone();
    let first = remote.numbers();
    assert_eq!(
        (health.delivered, health.skipped),
        (first.len() as u64, 4_000 - first.len() as u64)
    );
    drop(emitter);
    folder.wait_until_free();

    let cursor = files(&folder.join("spool"), "memory.cursor").pop().unwrap();
    std::fs::remove_file(cursor).unwrap();
    let emitter = start(&folder, pick(remote.sink("memory")));
    // so that there is something to wait for
    emitter.emit(noted());
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let stored = remote.stored();
    let again = stored[first.len()..].iter();
    let again = again.filter_map(|json| eventc::decode::<Counted>(json.as_bytes()).ok());
    (first, again.map(|event| event.number).collect())
}

#[test]
fn a_sample_is_a_share_and_the_same_again() {
    let (first, again) = sampled(|sink| sink.sample("test.counted", 0.25));
    assert!((850..1_150).contains(&first.len()), "{}", first.len());
    assert_eq!(first, again);
    let (all, _) = sampled(|sink| sink.sample("*", 1.0));
    assert!(all.into_iter().eq(0..4_000));
    let (none, _) = sampled(|sink| sink.sample("test.*", 0.0));
    assert!(none.is_empty());
    let (others, _) = sampled(|sink| sink.sample("test.noted", 0.0));
    assert!(others.into_iter().eq(0..4_000));
}

#[test]
fn the_smallest_share_counts_and_holds_what_a_larger_one_holds() {
    let folder = Folder::new("shares");
    let (small, large) = (Remote::new(Mood::Well), Remote::new(Mood::Well));
    let emitter = folder
        .emitter()
        .sink(
            small
                .sink("small")
                .sample("*", 0.5)
                .sample("test.counted", 0.1),
        )
        .sink(large.sink("large").sample("test.*", 0.3))
        .start()
        .unwrap();
    for number in 0..4_000 {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let (small, large): (BTreeSet<_>, BTreeSet<_>) = (
        small.numbers().into_iter().collect(),
        large.numbers().into_iter().collect(),
    );
    assert!((300..500).contains(&small.len()), "{}", small.len());
    assert!((1_050..1_350).contains(&large.len()), "{}", large.len());
    assert!(small.is_subset(&large));
}

/// A sink that keeps its own position does not know of what it was not given.
#[test]
fn files_go_on_where_they_were_though_the_last_events_are_skipped() {
    let folder = Folder::new("only-files");
    let files = || Files::new(folder.join("events")).only(["test.counted"]);
    for round in 0..3 {
        let emitter = start(&folder, files());
        emitter.emit(counted(0, round));
        for _ in 0..50 {
            emitter.emit(noted());
        }
        assert!(emitter.flush(Duration::from_secs(5)).is_complete());
        let health = emitter.health();
        assert_eq!((health.log.damaged, health.log.torn), (0, 0));
        assert_eq!((health.sinks[0].delivered, health.sinks[0].missed), (1, 0));
        drop(emitter);
        folder.wait_until_free();
    }
    let numbers: Vec<_> = read(&folder.join("events"))
        .iter()
        .map(|e| e.number)
        .collect();
    assert_eq!(numbers, [0, 1, 2]);
}

/// Has something to warn of.
struct Worried;

impl Sink for Worried {
    type Requires = eventc_delivery::Any;

    fn name(&self) -> &str {
        "worried"
    }

    fn write(&mut self, _: &Batch<'_>) -> Result<(), Fail> {
        Ok(())
    }

    fn warning(&self) -> Option<String> {
        Some("a column is not known".to_owned())
    }
}

#[test]
fn what_a_sink_warns_of_is_seen_through_its_picks() {
    let folder = Folder::new("worried");
    let emitter = start(&folder, Worried.only(["*"]).sample("test.*", 1.0));
    emitter.emit(noted());
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let warning = emitter.health().sinks[0].warning.clone();
    assert_eq!(warning.as_deref(), Some("a column is not known"));
}

/// Stores everything, keeps how far it is, and fails to say so once.
struct Forgetful {
    stored_to: Option<u64>,
}

impl Sink for Forgetful {
    type Requires = eventc_delivery::Any;

    fn name(&self) -> &str {
        "forgetful"
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        match self.stored_to.replace(batch.to()) {
            None => Err(Fail::Retry("the connection was cut".to_owned())),
            Some(_) => Ok(()),
        }
    }

    fn position(&mut self, _: eventc::Uuid) -> Result<Option<u64>, String> {
        Ok(self.stored_to)
    }
}

#[test]
fn what_was_stored_without_a_word_is_counted_as_it_would_have_been() {
    let folder = Folder::new("forgetful");
    let sink = Forgetful { stored_to: None }.only(["test.counted"]);
    let emitter = start(&folder, sink);
    for number in 0..50 {
        emitter.emit(counted(0, number));
        emitter.emit(noted());
    }
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let health = emitter.health().sinks[0].clone();
    assert_eq!(
        (health.delivered, health.skipped, health.retries),
        (50, 50, 1)
    );
}
