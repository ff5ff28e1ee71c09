//! What a server refuses, for now and for good.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use async_nats::jetstream::stream::{Config, DiscardPolicy};
use eventc_delivery::{Emitter, Nats};
use eventc_testing::nats::Server;

use super::store::Store;
use super::{emitter, last_error, sink, sold, sold_with};
use crate::event::{Folder, files};
use crate::sinks::wait_until;

/// The reasons of the dead letters, sorted: in which order they come depends on which of them are in one batch.
fn reasons(folder: &Folder) -> Vec<String> {
    let path = files(&folder.join("spool"), "nats.dead.jsonl").remove(0);
    let text = fs::read_to_string(path).unwrap();
    let reason = |line: &str| {
        let letter: serde_json::Value = serde_json::from_str(line).unwrap();
        letter["reason"].as_str().unwrap().to_owned()
    };
    let mut reasons: Vec<String> = text.lines().map(reason).collect();
    reasons.sort();
    reasons
}

fn failed(emitter: &Emitter) -> String {
    wait_until("it has failed", || sink(emitter).retries > 0);
    last_error(emitter)
}

#[test]
fn a_message_that_is_too_large_is_a_dead_letter() {
    let Some(server) = Server::start_with("max_payload: 4096") else {
        return;
    };
    Store::of(&server).create(Config {
        name: "events".to_owned(),
        subjects: vec!["events.>".to_owned()],
        max_message_size: 2_000,
        ..Config::default()
    });
    let folder = Folder::new("nats-large");
    let emitter = emitter(&folder, Nats::new(server.url()));
    for number in 0..100 {
        let note = match number {
            20 => "x".repeat(3_000),
            40 => "x".repeat(5_000),
            _ => String::new(),
        };
        emitter.emit(sold_with("a", number, &note));
    }
    emitter.emit(sold(&"k".repeat(5_000), 100));
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());
    let health = sink(&emitter);
    assert_eq!((health.delivered, health.dead, health.retries), (98, 3, 0));
    let good = (0..100).filter(|number| ![20, 40].contains(number));
    assert!(
        Store::of(&server)
            .numbers("events", ">")
            .into_iter()
            .eq(good)
    );
    let reasons = reasons(&folder).join("\n");
    // the size depends on how many digits its position has
    let (before, rest) = reasons.split_once("message size of ").unwrap();
    let (_, after) = rest.split_once(';').unwrap();
    insta::assert_snapshot!(format!("{before}message size of N;{after}"));
}

/// A key that is nearly too long: the server must not close the connection over it.
#[test]
fn the_longest_subject_is_taken() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new("nats-long");
    let emitter = emitter(&folder, Nats::new(server.url()));
    let longest = 3_900 - "events..shop.order.sold".len();
    emitter.emit(sold(&"k".repeat(longest), 0));
    emitter.emit(sold(&"k".repeat(longest + 1), 1));
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());
    let health = sink(&emitter);
    assert_eq!((health.delivered, health.dead, health.retries), (1, 1, 0));
    assert_eq!(Store::of(&server).numbers("events", ">"), [0]);
}

#[test]
fn a_stream_that_is_not_there_is_waited_for() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new("nats-absent");
    let emitter = emitter(&folder, Nats::new(server.url()).existing_stream());
    emitter.emit(sold("a", 0));
    let says = failed(&emitter).replace(&server.url()[7..], "HOST");
    insta::assert_snapshot!(says);

    Store::of(&server).create(Config {
        name: "anything".to_owned(),
        subjects: vec!["events.>".to_owned()],
        ..Config::default()
    });
    wait_until("it is delivered", || sink(&emitter).delivered == 1);
    assert_eq!(Store::of(&server).numbers("anything", ">"), [0]);
}

#[test]
fn a_stream_that_was_deleted_is_made_again() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new("nats-deleted");
    let emitter = emitter(&folder, Nats::new(server.url()));
    emitter.emit(sold("a", 0));
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());
    Store::of(&server).delete("events");
    emitter.emit(sold("a", 1));
    wait_until("both are delivered", || sink(&emitter).delivered == 2);
    assert!(
        last_error(&emitter).contains("no JetStream stream takes the subject of `shop.order.sold`")
    );
    assert_eq!(Store::of(&server).numbers("events", ">"), [1]);
}

#[test]
fn a_stream_that_has_other_subjects_or_whose_subjects_another_has_is_told() {
    let Some(server) = Server::start() else {
        return;
    };
    let other = |name: &str, subject: &str| Config {
        name: name.to_owned(),
        subjects: vec![subject.to_owned()],
        ..Config::default()
    };
    let store = Store::of(&server);
    store.create(other("events", "something.>"));
    store.create(other("other", "taken.*.shop.>"));
    let mut said = Vec::new();
    for nats in [
        Nats::new(server.url()),
        Nats::new(server.url()).stream("new").prefix("taken"),
    ] {
        let folder = Folder::new("nats-subjects");
        let emitter = emitter(&folder, nats);
        emitter.emit(sold("a", 0));
        said.push(failed(&emitter).replace(&server.url()[7..], "HOST"));
    }
    insta::assert_snapshot!(said.join("\n"));
}

/// Fills a stream, and gives it room after a while; what the sink said, and what is there in the end, sorted: room that is made
/// in the middle of a batch is taken by the rest of it.
fn full(folder: &str, server: &Server, nats: Nats) -> (String, Vec<u64>) {
    let folder = Folder::new(folder);
    let emitter = emitter(&folder, nats);
    for number in 0..1_000 {
        emitter.emit(sold("a", number));
    }
    let says = failed(&emitter);
    assert!(!emitter.flush(Duration::from_millis(200)).is_complete());
    let health = sink(&emitter);
    assert!(health.dead == 0 && health.lag_bytes > 0 && health.oldest_undelivered.is_some());
    let store = Store::of(server);
    store.edit("events", |config| {
        (config.max_bytes, config.max_messages) = (-1, -1);
    });
    wait_until("all is delivered", || sink(&emitter).delivered == 1_000);
    let mut numbers = store.numbers("events", ">");
    numbers.sort_unstable();
    (says, numbers)
}

#[test]
fn a_stream_that_is_full_is_waited_for() {
    let Some(server) = Server::start() else {
        return;
    };
    Store::of(&server).create(Config {
        name: "events".to_owned(),
        subjects: vec!["events.>".to_owned()],
        max_messages: 100,
        discard: DiscardPolicy::New,
        ..Config::default()
    });
    let (says, numbers) = full("nats-full", &server, Nats::new(server.url()));
    insta::assert_snapshot!(says);
    assert!(numbers.into_iter().eq(0..1_000));
}

/// Not that the oldest are still there: a server without nats-server#4772 drops some at the edge.
#[test]
fn a_stream_without_bytes_is_waited_for() {
    let Some(server) = Server::start() else {
        return;
    };
    let nats = Nats::new(server.url()).max_bytes(50_000);
    let (says, numbers) = full("nats-bytes", &server, nats);
    insta::assert_snapshot!(says);
    let once: BTreeSet<&u64> = numbers.iter().collect();
    assert_eq!(once.len(), numbers.len());
    assert!(numbers.ends_with(&(900..1_000).collect::<Vec<_>>()));
}

#[test]
fn a_server_without_jetstream_is_told() {
    let Some(server) = Server::start_with("jetstream: disabled") else {
        return;
    };
    let folder = Folder::new("nats-no-jetstream");
    let emitter = emitter(&folder, Nats::new(server.url()));
    emitter.emit(sold("a", 0));
    insta::assert_snapshot!(failed(&emitter).replace(&server.url()[7..], "HOST"));
}
