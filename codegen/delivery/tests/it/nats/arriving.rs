//! What is stored in good weather.

use std::collections::BTreeSet;
use std::time::Duration;

use async_nats::jetstream::stream::{DiscardPolicy, StorageType};
use eventc::event;
use eventc_delivery::Nats;
use eventc_testing::nats::Server;

use super::store::{Store, Stored};
use super::{Sold, emitter, sink, sold};
use crate::event::{Folder, Noted};

#[test]
fn events_arrive_in_order_under_their_subjects() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new("nats");
    let emitter = emitter(&folder, Nats::new(server.url()).in_flight(64));
    let customers = ["acme", "a.b c*", "Ærø>\t"];
    for number in 0..3_000 {
        let customer = customers[usize::try_from(number % 3).unwrap()];
        emitter.emit(sold(customer, number));
    }
    emitter.emit(event!(Noted { weight: 1.5 }));
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());
    let sink = sink(&emitter);
    assert_eq!((sink.delivered, sink.retries, sink.dead), (3_001, 0, 0));
    assert_eq!((sink.last_error, sink.lag_bytes), (None, 0));

    let store = Store::of(&server);
    let all = store.read("events", ">");
    assert_eq!(all.len(), 3_001);
    let (noted, all_sold) = all.split_last().unwrap();
    assert!(all_sold.iter().map(Stored::number).eq(0..3_000));
    assert_eq!(noted.subject, "events.~.test.noted");
    assert_eq!(
        noted.json,
        r#"{"event":"test.noted","version":2,"weight":1.5}"#
    );
    let first = &all[0];
    assert_eq!(first.subject, "events.acme.shop.order.sold");
    let order = eventc::decode::<Sold>(first.json.as_bytes()).unwrap().order;
    let (headers, id) = first.headers.split_at(3);
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        headers,
        [
            header("Eventc-Event", "shop.order.sold"),
            header("Eventc-Id", &order.to_string()),
            header("Eventc-Version", "2")
        ]
    );
    assert_eq!(id[0].0, "Nats-Msg-Id");
    let msg_id = |message: &Stored| message.headers.last().unwrap().1.clone();
    let ids: BTreeSet<String> = all.iter().map(msg_id).collect();
    assert_eq!(ids.len(), 3_001);

    // one key, each as one token; and a family of events of all keys
    for (place, token) in (0..).zip(["acme", "a%2Eb%20c%2A", "%C3%86r%C3%B8%3E%09"]) {
        let of_one = store.numbers("events", &format!("events.{token}.>"));
        assert!(of_one.into_iter().eq((place..3_000).step_by(3)), "{token}");
    }
    assert_eq!(store.read("events", "events.*.shop.order.>").len(), 3_000);
    assert_eq!(store.read("events", "events.*.test.>").len(), 1);
}

#[test]
fn a_stream_is_made_as_it_was_told() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new("nats-made");
    let nats = Nats::new(server.url())
        .stream("SHOP")
        .prefix("acme.shop")
        .without_keys()
        .max_bytes(10 << 20)
        .max_age(Duration::from_secs(3_600))
        .duplicate_window(Duration::from_secs(600));
    let emitter = emitter(&folder, nats);
    emitter.emit(sold("a customer", 1));
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());

    let store = Store::of(&server);
    let subjects = store.read("SHOP", ">");
    assert_eq!(subjects[0].subject, "acme.shop.shop.order.sold");
    let config = store.info("SHOP").config;
    assert_eq!(config.subjects, ["acme.shop.>"]);
    assert_eq!(config.storage, StorageType::File);
    assert_eq!(config.discard, DiscardPolicy::New);
    assert_eq!((config.max_bytes, config.num_replicas), (10 << 20, 1));
    assert_eq!(config.max_age, Duration::from_secs(3_600));
    assert_eq!(config.duplicate_window, Duration::from_secs(600));
}

/// A server closes a connection that does not answer its pings.
#[test]
fn a_sink_that_has_nothing_to_do_stays_connected() {
    let Some(server) = Server::start_with("ping_interval: \"1s\"\nping_max: 2") else {
        return;
    };
    let folder = Folder::new("nats-idle");
    let emitter = emitter(&folder, Nats::new(server.url()));
    let store = Store::of(&server);
    for number in 0..2 {
        emitter.emit(sold("a", number));
        assert!(emitter.flush(Duration::from_secs(10)).is_complete());
        store.wait(Duration::from_secs(5));
    }
    let sink = sink(&emitter);
    assert_eq!(
        (sink.delivered, sink.retries, sink.last_error),
        (2, 0, None)
    );
    assert_eq!(store.numbers("events", ">"), [0, 1]);
}
