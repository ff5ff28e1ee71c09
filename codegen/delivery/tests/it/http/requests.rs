//! The requests, to the letter.

use std::time::Duration;

use eventc::{Event, Key, Timestamp, event};
use eventc_delivery::{Http, Mapping};
use serde_json::Value;

use super::server::{Request, Server, accepted};
use crate::event::Folder;

/// An order was paid.
#[derive(Event)]
#[event(name = "order.paid", version = 3, partition = day(occurred_at))]
struct Paid {
    occurred_at: Key<Timestamp>,
    event_id: String,
    user_id: u64,
    service: String,
    note: String,
    lines: Vec<f64>,
}

/// A job ended.
#[derive(Event)]
#[event(name = "job.ended", version = 1, partition = none)]
struct Ended {
    time: String,
    message: Option<String>,
}

fn requests<M: Mapping>(sink: impl Fn(&Server) -> Http<M>) -> String {
    let server = Server::start(|_, _| accepted());
    let folder = Folder::new("requests");
    let emitter = folder
        .emitter()
        .sink(sink(&server))
        .append_every(Duration::from_secs(60))
        .clock(|| "2026-11-23T05:00:00.25Z".parse().unwrap())
        .start()
        .unwrap();
    // it looks once when it starts
    std::thread::sleep(Duration::from_millis(50));
    for (event_id, note) in [("a-1", "two \"quoted\"\nlines, 3 €"), ("not/an id", "")] {
        emitter.emit(event!(Paid {
            occurred_at: "2026-11-22T23:59:59.999999Z".parse().unwrap(),
            event_id: event_id.to_owned(),
            user_id: 17,
            service: "till".to_owned(),
            note: note.to_owned(),
            lines: vec![9.5, 1e21],
        }));
    }
    emitter.emit(event!(Ended {
        time: "quickly".to_owned(),
        message: None,
    }));
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    drop(emitter);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    shown(&requests[0])
}

/// As it was sent, but for the port, the length of what is compressed, and ids that are made of a random one.
fn shown(request: &Request) -> String {
    let mut shown = request.line.clone();
    for (name, value) in &request.headers {
        let value = match name.as_str() {
            "host" => "127.0.0.1:PORT",
            "content-length" if request.header("content-encoding").is_some() => "LENGTH",
            _ => value,
        };
        shown.push_str(&format!("\n{name}: {value}"));
    }
    shown.push_str("\n\n");
    for event in request.body.split_inclusive("},{") {
        shown.push_str(&without_ids(event));
        shown.push('\n');
    }
    let events: Vec<Value> = serde_json::from_str(&request.body).unwrap();
    assert_eq!(events.len(), 3);
    shown
}

fn without_ids(text: &str) -> String {
    let mut text = text.to_owned();
    for name in ["\"record_id\":\"", "\"$insert_id\":\""] {
        let Some(start) = text.find(name).map(|at| at + name.len()) else {
            continue;
        };
        let id = text[start..].split('"').next().unwrap().to_owned();
        if let Ok(id) = id.parse::<eventc_delivery::Uuid>() {
            assert_eq!(id.get_version_num(), 5);
            text.replace_range(start..start + 36, "ID");
        }
    }
    text
}

#[test]
fn datadog_is_sent_logs() {
    insta::assert_snapshot!(requests(
        |server| Http::datadog("0123456789abcdef").url(server.url())
    ));
    insta::assert_snapshot!(requests(|server| {
        Http::datadog("0123456789abcdef")
            .site("datadoghq.eu")
            .service("shop")
            .hostname("shop-7")
            .source("rust")
            .tag("env:prod")
            .tag("team:checkout")
            .time(["at", "occurred_at"])
            .gzip(false)
            .url(server.url())
    }));
}

#[test]
fn mixpanel_is_sent_events() {
    insta::assert_snapshot!(requests(|server| {
        Http::mixpanel("2195193", "shop.8f1b.mp-service-account", "the secret").url(server.url())
    }));
    insta::assert_snapshot!(requests(|server| {
        Http::mixpanel("2195193", "user", "the secret")
            .eu()
            .distinct_id(["visitor_id", "service"])
            .insert_id("note")
            .time(["time"])
            .gzip(false)
            .url(server.url())
    }));
}
