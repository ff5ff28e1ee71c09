//! What an emitter reports about itself.

use std::time::Duration;

use eventc::{Day, Hour, Timestamp};
use eventc_delivery::{
    Batch, By, Emitter, Fail, Heartbeat, HeartbeatState, Sink, StartError, Stdout,
};

use crate::event::{Folder, counted};
use crate::sinks::{Mood, Remote, wait_until};

const LONG: Duration = Duration::from_secs(5);

/// The heartbeats among what a sink has.
fn heartbeats(remote: &Remote) -> Vec<Heartbeat> {
    let stored = remote.stored();
    let own = stored
        .iter()
        .filter(|json| json.contains("eventc.heartbeat"));
    own.map(|json| eventc::decode(json.as_bytes()).unwrap())
        .collect()
}

fn states(remote: &Remote) -> Vec<HeartbeatState> {
    let heartbeats = heartbeats(remote);
    heartbeats
        .into_iter()
        .map(|heartbeat| heartbeat.state)
        .collect()
}

#[test]
fn it_says_when_it_starts_and_when_it_ends() {
    let folder = Folder::new("heartbeat");
    let remote = Remote::new(Mood::Well);
    let start = || {
        let builder = Emitter::builder().spool(folder.join("spool"));
        let named = builder.service("checkout").host("web-3");
        named.sink(remote.sink("memory")).start().unwrap()
    };
    let emitter = start();
    for number in 0..5 {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(LONG).is_complete());
    let health = emitter.health();
    assert_eq!(health.events["eventc.heartbeat"].accepted, 1);
    assert_eq!(health.events["test.counted"].accepted, 5);
    assert_eq!((health.accepted, health.sinks[0].delivered), (6, 6));
    let flushed = emitter.shutdown(LONG);
    assert!(flushed.is_complete());
    assert_eq!(flushed.delivered, 7);
    // To end it twice is to end it once.
    emitter.shutdown(LONG);
    drop(emitter);
    folder.wait_until_free();
    drop(start());

    let all = heartbeats(&remote);
    let [first, last, again, end] = all.as_slice() else {
        panic!("{all:#?}");
    };
    let place = |it: &Heartbeat| (it.sequence, it.accepted, it.sinks[0].delivered);
    assert_eq!(
        (first.state, place(first)),
        (HeartbeatState::Started, (0, 0, 0))
    );
    assert_eq!(
        (last.state, place(last)),
        (HeartbeatState::Stopped, (1, 6, 6))
    );
    assert_eq!(
        (again.state, place(again)),
        (HeartbeatState::Started, (0, 0, 0))
    );
    assert_eq!(end.state, HeartbeatState::Stopped);
    assert_eq!((last.every, last.pid), (60_000, std::process::id()));
    assert_eq!(last.service.as_deref(), Some("checkout"));
    assert_eq!(last.host.as_deref(), Some("web-3"));
    assert_eq!(last.started_at, first.started_at);
    // The same log, and another run.
    assert_eq!(again.producer, first.producer);
    assert!(again.started_at > first.started_at);
}

#[test]
fn it_comes_as_often_as_is_said_and_counts_what_went_wrong() {
    let folder = Folder::new("heartbeat-often");
    let (remote, other) = (Remote::new(Mood::Well), Remote::new(Mood::Down));
    let emitter = Emitter::builder()
        .spool(folder.join("spool"))
        .sink(remote.sink("memory"))
        .sink(other.sink("other"))
        .backoff(Duration::from_millis(1), Duration::from_millis(5))
        .heartbeat(Duration::from_millis(20))
        .start()
        .unwrap();
    let is_seen = || {
        let last = heartbeats(&remote).pop();
        last.is_some_and(|last| {
            let sink = &last.sinks[1];
            sink.retries > 3 && sink.lag_bytes > 0 && sink.oldest_undelivered.is_some()
        })
    };
    wait_until("a heartbeat says that a sink is behind", is_seen);
    let last = heartbeats(&remote).pop().unwrap();
    assert_eq!(last.state, HeartbeatState::Running);
    assert_eq!(last.every, 20);
    assert!(last.sinks[1].last_error.is_some());
    assert_eq!(last.sinks[0].last_error, None);
    emitter.shutdown(Duration::from_millis(200));
    let sequences: Vec<_> = heartbeats(&remote).iter().map(|it| it.sequence).collect();
    assert_eq!(sequences, (0..sequences.len() as u64).collect::<Vec<_>>());
    assert_eq!(states(&remote).last(), Some(&HeartbeatState::Stopped));
}

/// A sink that is partitioned by something that a heartbeat has not.
struct Partitioned<R>(Remote, std::marker::PhantomData<fn() -> R>);

impl<R: 'static> Sink for Partitioned<R> {
    type Requires = By<R>;

    fn name(&self) -> &str {
        "partitioned"
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        self.0.sink("partitioned").write(batch)
    }
}

fn of_two_sinks<R: 'static>() -> (Vec<HeartbeatState>, Vec<HeartbeatState>) {
    let folder = Folder::new("heartbeat-requires");
    let (any, asks) = (Remote::new(Mood::Well), Remote::new(Mood::Well));
    let emitter = Emitter::builder()
        .spool(folder.join("spool"))
        .sink(any.sink("any"))
        .sink(Partitioned::<R>(asks.clone(), std::marker::PhantomData))
        .start()
        .unwrap();
    assert!(emitter.flush(LONG).is_complete());
    assert!(emitter.shutdown(LONG).is_complete());
    (states(&any), states(&asks))
}

#[test]
fn a_sink_is_given_only_what_has_a_place_there() {
    let both = vec![HeartbeatState::Started, HeartbeatState::Stopped];
    assert_eq!(of_two_sinks::<Day>(), (both.clone(), both.clone()));
    assert_eq!(of_two_sinks::<Hour>(), (both, Vec::new()));
}

#[test]
fn there_is_none_where_nobody_wants_one() {
    let folder = Folder::new("heartbeat-none");
    let remote = Remote::new(Mood::Well);
    let with = || {
        Emitter::builder()
            .spool(folder.join("spool"))
            .sink(remote.sink("memory"))
    };
    let emitter = with().without_heartbeat().start().unwrap();
    assert!(emitter.shutdown(LONG).is_complete());
    drop(emitter);
    folder.wait_until_free();
    let epoch = || Timestamp::from_micros(0).unwrap();
    let emitter = with().clock(epoch).start().unwrap();
    assert!(emitter.shutdown(LONG).is_complete());
    assert!(heartbeats(&remote).is_empty());

    let (emitter, captured) = Emitter::capture();
    emitter.shutdown(LONG);
    assert_eq!(captured.json(), [""; 0]);

    let often = Emitter::builder()
        .spool(folder.join("spool"))
        .sink(Stdout::new());
    let refused = often.heartbeat(Duration::ZERO).start().unwrap_err();
    assert!(matches!(refused, StartError::HeartbeatTooOften(_)));
    assert_eq!(
        refused.to_string(),
        "the emitter can't start: a heartbeat every 0ns would be most of what is emitted; say at least 10 ms, or `.without_heartbeat()`"
    );
}
