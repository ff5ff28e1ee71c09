//! What becomes of events that a server refuses.

use std::fs;
use std::time::Duration;

use eventc_delivery::{Framing, Http, Mapping, Record, SinkHealth};
use serde_json::Value;

use super::server::{Reply, Request, Server, accepted, answer};
use crate::event::{Folder, counted, files};
use crate::sinks::wait_until;

const COUNT: u64 = 1_000;

/// What came of a thousand events.
struct Came {
    health: SinkHealth,
    requests: Vec<Request>,
    dead: Vec<(u64, String)>,
}

fn run<M: Mapping>(
    sink: impl Fn(&Server) -> Http<M>,
    answers: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
) -> Came {
    let server = Server::start(answers);
    let folder = Folder::new("judging");
    let emitter = folder
        .emitter()
        .sink(sink(&server).named("http").every(Duration::ZERO))
        .backoff(Duration::from_millis(2), Duration::from_millis(10))
        .append_every(Duration::from_secs(60))
        .start()
        .unwrap();
    // it looks once when it starts, and then not before there is a flush
    std::thread::sleep(Duration::from_millis(20));
    for number in 0..COUNT {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());
    let health = emitter.health().sinks[0].clone();
    drop(emitter);
    folder.wait_until_free();
    let came = Came {
        health,
        requests: server.requests(),
        dead: dead_letters(&folder, &server),
    };
    assert_eq!(came.health.delivered + came.health.dead, COUNT);
    assert_eq!(came.health.dead, came.dead.len() as u64);
    came
}

/// The number of each, and the reason.
fn dead_letters(folder: &Folder, server: &Server) -> Vec<(u64, String)> {
    let path = files(&folder.join("spool"), "http.dead.jsonl").pop();
    let text = path.map_or(String::new(), |path| fs::read_to_string(path).unwrap());
    let letter = |line: &str| {
        let letter: Value = serde_json::from_str(line).unwrap();
        let reason = letter["reason"].as_str().unwrap();
        let reason = reason.replace(&server.address(), "HOST");
        (letter["record"]["number"].as_u64().unwrap(), reason)
    };
    text.lines().map(letter).collect()
}

fn has_any(request: &Request, bad: &[u64]) -> bool {
    request.numbers().iter().any(|number| bad.contains(number))
}

fn numbers(dead: &[(u64, String)]) -> Vec<u64> {
    dead.iter().map(|(number, _)| *number).collect()
}

#[test]
fn who_is_refused_is_found_where_the_server_does_not_say() {
    const BAD: [u64; 3] = [0, 497, 999];
    for status in ["400 Bad Request", "422 Unprocessable Entity"] {
        let came = run(
            |server| Http::new(server.url()),
            move |_, request| match has_any(request, &BAD) {
                true => answer(status, "", "a number is out of its range"),
                false => accepted(),
            },
        );
        assert_eq!(numbers(&came.dead), BAD);
        assert_eq!(
            came.dead[0].1,
            format!("HOST answered {status}: a number is out of its range")
        );
        assert_eq!(came.health.retries, 0);
        assert!(came.requests.len() < 80, "{}", came.requests.len());
        // each of the others is stored, once
        let stored = came
            .requests
            .iter()
            .filter(|request| !has_any(request, &BAD));
        let stored = stored.flat_map(Request::numbers);
        assert!(stored.eq((0..COUNT).filter(|number| !BAD.contains(number))));
    }
}

#[test]
fn whoever_is_refused_is_found() {
    for seed in 0..15 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bad: Vec<u64> = (0..seed).map(|_| random.u64(0..COUNT)).collect();
        bad.sort_unstable();
        bad.dedup();
        let expected = bad.clone();
        let most = random.usize(1..700);
        let came = run(
            |server| Http::new(server.url()).batch_records(most),
            move |_, request| match has_any(request, &bad) {
                true => answer("400 Bad Request", "", ""),
                false => accepted(),
            },
        );
        assert_eq!(
            numbers(&came.dead),
            expected,
            "seed {seed}, batches of {most}"
        );
    }
}

#[test]
fn a_body_that_is_too_large_is_split() {
    let came = run(
        |server| Http::new(server.url()),
        |_, request| match request.body.len() > 20_000 {
            true => answer("413 Content Too Large", "", ""),
            false => accepted(),
        },
    );
    assert!(came.dead.is_empty());
    let stored = came.requests.iter().filter(|r| r.body.len() <= 20_000);
    assert!(stored.flat_map(Request::numbers).eq(0..COUNT));
}

#[test]
fn limits_are_kept_without_asking() {
    let came = run(
        |server| {
            let http = Http::new(server.url())
                .batch_records(300)
                .batch_bytes(30_000);
            http.mapping(|record: &Record<'_>, out: &mut Vec<u8>| {
                let event: Value = serde_json::from_str(record.json()).unwrap();
                let number = event["number"].as_u64().unwrap();
                let filling = match number {
                    500 => "x".repeat(40_000),
                    501..700 => "x".repeat(1_000),
                    _ => String::new(),
                };
                out.extend_from_slice(
                    format!(r#"{{"number":{number},"x":"{filling}"}}"#).as_bytes(),
                );
                Ok(())
            })
        },
        |_, request| {
            assert!(request.body.len() <= 30_000 && request.numbers().len() <= 300);
            accepted()
        },
    );
    assert_eq!(
        came.dead,
        [(
            500,
            "it has 40023 bytes as it is sent, and a request may have 30000".to_owned()
        )]
    );
    assert_eq!((came.health.retries, came.health.dead), (0, 1));
    let stored = came.requests.iter().flat_map(Request::numbers);
    assert!(stored.eq((0..COUNT).filter(|number| *number != 500)));
    assert!(came.requests.len() < 20, "{}", came.requests.len());
}

#[test]
fn what_a_mapping_refuses_is_not_sent() {
    let came = run(
        |server| {
            Http::new(server.url()).mapping(|record: &Record<'_>, out: &mut Vec<u8>| {
                if record.json().contains("\"number\":7,") {
                    return Err("seven is not for strangers".to_owned());
                }
                out.extend_from_slice(record.json().as_bytes());
                Ok(())
            })
        },
        |_, _| accepted(),
    );
    assert_eq!(came.dead, [(7, "seven is not for strangers".to_owned())]);
}

#[test]
fn a_server_that_refuses_everything_is_not_believed() {
    let server = Server::start(|_, _| answer("400 Bad Request", "", "no such project"));
    let folder = Folder::new("everything");
    let emitter = folder
        .emitter()
        .sink(Http::new(server.url()).every(Duration::ZERO))
        .backoff(Duration::from_millis(2), Duration::from_millis(10))
        .drain_for(Duration::ZERO)
        .start()
        .unwrap();
    for number in 0..COUNT {
        emitter.emit(counted(0, number));
    }
    wait_until("it is asked again", || {
        emitter.health().sinks[0].retries > 3
    });
    let sink = emitter.health().sinks[0].clone();
    assert_eq!((sink.dead, sink.delivered), (16, 0));
    let error = sink.last_error.unwrap().replace(&server.address(), "HOST");
    insta::assert_snapshot!(error);
}

#[test]
fn mixpanel_names_who_is_refused_and_stores_the_others() {
    let came = run(
        |server| Http::mixpanel("1", "user", "password").url(server.url()),
        |_, request| {
            let events = request.events();
            let number = |event: &Value| event["properties"]["number"].as_u64().unwrap();
            let failed = events
                .iter()
                .enumerate()
                .filter(|(_, event)| number(event) % 300 == 299);
            let failed: Vec<_> = failed
                .map(|(index, event)| {
                    serde_json::json!({
                        "index": index,
                        "insert_id": event["properties"]["$insert_id"],
                        "field": "properties.time",
                        "message": "'properties.time' is invalid: must be specified as seconds since epoch",
                    })
                })
                .collect();
            let body = serde_json::json!({
                "code": 400,
                "error": "some data points in the request failed validation",
                "status": "Bad Request",
                "num_records_imported": events.len() - failed.len(),
                "failed_records": failed,
            });
            match failed.is_empty() {
                true => answer("200 OK", "", r#"{"code":200,"status":"OK"}"#),
                false => answer("400 Bad Request", "", &body.to_string()),
            }
        },
    );
    assert_eq!(numbers(&came.dead), [299, 599, 899]);
    assert_eq!(
        came.dead[0].1,
        "Mixpanel refuses properties.time: 'properties.time' is invalid: must be specified as seconds since epoch"
    );
    assert_eq!((came.health.delivered, came.health.retries), (997, 0));
    // nothing was sent twice, as what is not named is stored
    let sent: usize = came
        .requests
        .iter()
        .map(|request| request.events().len())
        .sum();
    assert_eq!(sent as u64, COUNT);
}

/// Answers of Mixpanel that name nobody of the request are judged as those of any server.
#[test]
fn mixpanel_may_talk_nonsense() {
    for body in [
        "",
        "no json",
        r#"{"failed_records":[]}"#,
        r#"{"failed_records":[{"index":999999,"field":"x","message":"y"}]}"#,
        r#"{"failed_records":[{"index":-1}]}"#,
        r#"{"failed_records":"all"}"#,
    ] {
        let came = run(
            |server| Http::mixpanel("1", "user", "password").url(server.url()),
            move |_, request| match request.body.contains("\"number\":42,") {
                true => answer("400 Bad Request", "", body),
                false => accepted(),
            },
        );
        assert_eq!(numbers(&came.dead), [42], "{body}");
    }
}

#[test]
fn each_framing_is_what_it_says() {
    let small = |server: &Server, framing| {
        let http = Http::new(server.url()).batch_records(2).framing(framing);
        http.mapping(|record: &Record<'_>, out: &mut Vec<u8>| {
            let event: Value = serde_json::from_str(record.json()).unwrap();
            out.extend_from_slice(format!("{{\"number\":{}}}", event["number"]).as_bytes());
            Ok(())
        })
    };
    let around = Framing::ArrayIn(r#"{"batch":"#.to_owned(), "}".to_owned());
    for (framing, content_type, body, last) in [
        (
            Framing::Array,
            "application/json",
            r#"[{"number":0},{"number":1}]"#,
            499,
        ),
        (
            around,
            "application/json",
            r#"{"batch":[{"number":0},{"number":1}]}"#,
            499,
        ),
        (
            Framing::Lines,
            "application/x-ndjson",
            "{\"number\":0}\n{\"number\":1}\n",
            499,
        ),
        (Framing::Single, "application/json", r#"{"number":0}"#, 999),
    ] {
        let came = run(|server| small(server, framing.clone()), |_, _| accepted());
        let first = &came.requests[0];
        assert_eq!(first.header("content-type"), Some(content_type));
        assert_eq!(first.header("content-encoding"), None);
        assert_eq!(first.body, body);
        assert!(came.requests.len() > last);
    }
}
