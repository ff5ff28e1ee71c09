//! Servers that are away, slow, confused or forgetful: nobody waits for them, nothing is lost, and health says why.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use eventc_delivery::{Emitter, Files, Framing, Http, SinkHealth};

use super::server::{Reply, Request, Server, accepted, answer};
use crate::event::{Folder, counted, read};
use crate::sinks::{Mood, Remote, wait_until};

const COUNT: u64 = 500;

/// How often a server is in its mood before it is well.
const BAD: usize = 3;

fn sink(server: &Server) -> Http {
    Http::new(server.url())
        .batch_records(100)
        .every(Duration::from_millis(5))
        .timeout(Duration::from_millis(300))
}

fn emitter(folder: &Folder, sink: Http) -> Emitter {
    folder
        .emitter()
        .sink(sink)
        .sink(Files::new(folder.join("events")))
        .backoff(Duration::from_millis(5), Duration::from_millis(50))
        .start()
        .unwrap()
}

/// Emits while the server is in its mood for its first requests, and says how the sink then is. The numbers are those that came
/// in, each time that they did.
fn through(mood: impl Fn() -> Reply + Send + Sync + 'static) -> (SinkHealth, Vec<u64>) {
    let server = Server::start(move |count, _| match count < BAD {
        true => mood(),
        false => accepted(),
    });
    let folder = Folder::new("weather");
    let emitter = emitter(&folder, sink(&server));
    let started = Instant::now();
    for number in 0..COUNT {
        emitter.emit(counted(0, number));
    }
    assert!(started.elapsed() < Duration::from_secs(5), "emit waited");

    wait_until("the other sink has all", || {
        emitter.health().sinks[1].delivered == COUNT
    });
    wait_until("the server has all", || {
        emitter.health().sinks[0].delivered == COUNT
    });
    let health = emitter.health();
    assert_eq!((health.accepted, health.dropped), (COUNT, 0));
    drop(emitter);
    assert_eq!(read(&folder.join("events")).len() as u64, COUNT);

    let requests = server.requests();
    let numbers: Vec<u64> = requests.iter().flat_map(Request::numbers).collect();
    let stored: BTreeSet<u64> = requests[BAD..].iter().flat_map(Request::numbers).collect();
    assert!(stored.into_iter().eq(0..COUNT), "something is lost");
    let sink = health.sinks[0].clone();
    assert_eq!((sink.dead, sink.panics, sink.lag_bytes), (0, 0, 0));
    (sink, numbers)
}

/// What is said after the server was in such a mood.
fn said(mood: impl Fn() -> Reply + Send + Sync + 'static) -> String {
    let (sink, _) = through(mood);
    assert_eq!(sink.retries, BAD as u64);
    let error = sink.last_error.unwrap();
    let host = "127.0.0.1:";
    let start = error.find(host).unwrap() + host.len();
    let port = error[start..].chars().take_while(char::is_ascii_digit);
    let port: String = port.collect();
    error.replace(&port, "PORT")
}

#[test]
fn a_server_that_fails_is_asked_again() {
    insta::assert_snapshot!(said(|| answer(
        "500 Internal Server Error",
        "",
        "oops\n\n  at line 7"
    )));
}

#[test]
fn a_server_that_wants_fewer_requests_is_asked_again() {
    insta::assert_snapshot!(said(|| answer("429 Too Many Requests", "", "")));
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    insta::assert_snapshot!(said(|| Reply::Silence));
}

#[test]
fn a_server_that_trickles_is_given_up() {
    insta::assert_snapshot!(said(|| Reply::Trickle(
        "HTTP/1.1 202 Accepted\r\nx: y".to_owned()
    )));
}

#[test]
fn a_server_that_trickles_its_reasons_is_given_up() {
    let head = "HTTP/1.1 500 Oops\r\ncontent-length: 9999\r\n\r\n";
    let (sink, _) = through(move || Reply::Trickle(head.to_owned()));
    assert_eq!(sink.retries, BAD as u64);
}

#[test]
fn an_answer_that_is_cut_is_none() {
    insta::assert_snapshot!(said(|| Reply::Last("HTTP/1.1 202 Acc".to_owned())));
}

#[test]
fn an_answer_that_is_no_http_is_none() {
    insta::assert_snapshot!(said(|| Reply::Last(
        "220 smtp.example.com ESMTP\r\n\r\n".to_owned()
    )));
}

#[test]
fn a_redirect_is_not_followed() {
    let login = "location: https://login.example.com/?next=%2Fevents\r\n";
    insta::assert_snapshot!(said(move || answer("302 Found", login, "")));
    let elsewhere = "location: https://eu.example.com/events\r\n";
    insta::assert_snapshot!(said(move || answer(
        "307 Temporary Redirect",
        elsewhere,
        ""
    )));
}

#[test]
fn wrong_rights_and_addresses_are_no_fault_of_an_event() {
    insta::assert_snapshot!(said(|| answer(
        "401 Unauthorized",
        "",
        r#"{"error":"who?"}"#
    )));
    insta::assert_snapshot!(said(|| answer("403 Forbidden", "", "")));
    insta::assert_snapshot!(said(|| answer(
        "404 Not Found",
        "",
        "<html>\r\n<h1>Nothing</h1>"
    )));
    insta::assert_snapshot!(said(|| answer("415 Unsupported Media Type", "", "")));
}

#[test]
fn what_is_behind_a_good_status_does_not_matter() {
    for rest in [
        "content-length: 9999\r\n\r\n{}",
        "content-length: 1\r\n\r\n{\u{1}garbage",
        "\r\n",
    ] {
        let rest = rest.to_owned();
        let server =
            Server::start(move |_, _| Reply::Last(format!("HTTP/1.1 202 Accepted\r\n{rest}")));
        let folder = Folder::new("length");
        let emitter = emitter(&folder, sink(&server));
        for number in 0..COUNT {
            emitter.emit(counted(0, number));
        }
        assert!(emitter.flush(Duration::from_secs(5)).is_complete());
        let sink = &emitter.health().sinks[0];
        assert_eq!(
            (sink.delivered, sink.retries),
            (COUNT, 0),
            "{:?}",
            sink.last_error
        );
        let numbers = server.requests();
        let numbers = numbers.iter().flat_map(Request::numbers);
        assert!(numbers.eq(0..COUNT), "each comes once");
    }
}

#[test]
fn an_answer_that_is_lost_brings_the_same_ids_again() {
    let server = Server::start(|count, _| match count {
        0 | 2 => Reply::Last(String::new()),
        _ => accepted(),
    });
    let folder = Folder::new("lost");
    let sink = Http::mixpanel("1", "user", "password")
        .url(server.url())
        .batch_records(100)
        .every(Duration::ZERO);
    let emitter = folder
        .emitter()
        .sink(sink)
        .backoff(Duration::from_millis(5), Duration::from_millis(50))
        .start()
        .unwrap();
    for number in 0..COUNT {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let came = server.requests();
    let came = came.iter().flat_map(Request::events);
    let came: Vec<_> = came
        .map(|event| {
            let properties = &event["properties"];
            let id = properties["$insert_id"].as_str().unwrap().to_owned();
            (properties["number"].as_u64().unwrap(), id)
        })
        .collect();
    assert!(came.len() as u64 > COUNT, "some came twice");
    let distinct: BTreeSet<_> = came.iter().collect();
    assert_eq!(distinct.len() as u64, COUNT, "and with the same id");
    assert!(distinct.iter().all(|(_, id)| id.len() == 36));
}

#[test]
fn nobody_listens_until_somebody_does() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let folder = Folder::new("refused");
    let http = Http::new(format!("http://{address}/events")).every(Duration::ZERO);
    let emitter = emitter(&folder, http);
    for number in 0..COUNT {
        emitter.emit(counted(0, number));
    }
    wait_until("it is tried again", || {
        emitter.health().sinks[0].retries > 2
    });
    let error = emitter.health().sinks[0].last_error.clone().unwrap();
    let expected = format!("nothing listens at {address}: Connection refused");
    assert!(error.starts_with(&expected), "{error}");

    let server = Server::listen(TcpListener::bind(address).unwrap(), |_, _| accepted());
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    let requests = server.requests();
    assert!(requests.iter().flat_map(Request::numbers).eq(0..COUNT));
}

#[test]
fn a_server_without_tls_is_no_secure_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // what is not read before the end resets the connection
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let folder = Folder::new("tls");
    let http = Http::new(format!("https://{address}/events")).every(Duration::ZERO);
    let emitter = emitter(&folder, http.timeout(Duration::from_secs(1)));
    emitter.emit(counted(0, 0));
    wait_until("it is tried", || emitter.health().sinks[0].retries > 0);
    let error = emitter.health().sinks[0].last_error.clone().unwrap();
    insta::assert_snapshot!(error.replace(&address.to_string(), "HOST"));
    emitter.shutdown(Duration::ZERO);
}

#[test]
fn a_host_that_nobody_knows_is_named() {
    let folder = Folder::new("host");
    let http = Http::new("http://nowhere.invalid/events").every(Duration::ZERO);
    let emitter = emitter(&folder, http);
    emitter.emit(counted(0, 0));
    wait_until("it is tried", || emitter.health().sinks[0].retries > 0);
    let error = emitter.health().sinks[0].last_error.clone().unwrap();
    assert!(error.contains("nowhere.invalid"), "{error}");
    emitter.shutdown(Duration::ZERO);
}

#[test]
fn connections_are_kept_and_one_that_was_closed_is_no_failure() {
    let server = Server::start(|count, _| match count {
        2 => Reply::Last("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}".to_owned()),
        _ => accepted(),
    });
    let folder = Folder::new("kept");
    let emitter = emitter(&folder, sink(&server));
    for number in 0..6 {
        emitter.emit(counted(0, number));
        assert!(emitter.flush(Duration::from_secs(5)).is_complete());
        std::thread::sleep(Duration::from_millis(20));
    }
    let sink = &emitter.health().sinks[0];
    assert_eq!(
        (sink.delivered, sink.retries),
        (6, 0),
        "{:?}",
        sink.last_error
    );
    assert_eq!((server.requests().len(), server.connections()), (6, 2));
}

#[test]
fn a_server_is_left_alone_for_as_long_as_it_asks() {
    let server = Server::start(|count, _| match count {
        0 => answer(
            "503 Service Unavailable",
            "retry-after: 1\r\n",
            "closed for an inventory",
        ),
        _ => accepted(),
    });
    let folder = Folder::new("after");
    let emitter = emitter(&folder, sink(&server));
    let started = Instant::now();
    emitter.emit(counted(0, 0));
    wait_until("it was asked", || emitter.health().sinks[0].retries == 1);
    // nobody who waits changes it
    assert!(!emitter.flush(Duration::from_millis(200)).is_complete());
    assert_eq!(server.requests().len(), 1);
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_pause_that_is_over_or_none_is_as_usual() {
    for after in [
        "Fri, 31 Dec 1999 23:59:59 GMT",
        "0",
        "soon",
        "-1",
        "99999999999999999999999",
    ] {
        let (sink, _) = through(move || {
            answer(
                "429 Too Many Requests",
                &format!("retry-after: {after}\r\n"),
                "",
            )
        });
        assert_eq!(sink.retries, BAD as u64);
    }
}

/// The end comes in time, whatever the server does or asks for; the next start has the rest.
#[test]
fn a_server_does_not_keep_a_process_from_ending() {
    let long = || answer("429 Too Many Requests", "retry-after: 3000\r\n", "");
    let date = || {
        answer(
            "503 Closed",
            "retry-after: Fri, 31 Dec 2100 23:59:59 GMT\r\n",
            "",
        )
    };
    let moods: [fn() -> Reply; 4] = [
        || Reply::Silence,
        || Reply::Trickle("HTTP/1.1 202 Accepted\r\nx: y".to_owned()),
        long,
        date,
    ];
    for mood in moods {
        let bad = Server::start(move |_, _| mood());
        let folder = Folder::new("ends");
        let emitter_1 = emitter(&folder, sink(&bad).timeout(Duration::from_secs(3)));
        for number in 0..COUNT {
            emitter_1.emit(counted(0, number));
        }
        wait_until("the server is asked", || !bad.requests().is_empty());
        let started = Instant::now();
        emitter_1.shutdown(Duration::from_millis(100));
        drop(emitter_1);
        assert!(started.elapsed() < Duration::from_secs(2));
        folder.wait_until_free();

        let well = Server::start(|_, _| accepted());
        let emitter_2 = emitter(&folder, sink(&well));
        wait_until("it has all", || {
            emitter_2.health().sinks[0].delivered == COUNT
        });
        let requests = well.requests();
        assert!(requests.iter().flat_map(Request::numbers).eq(0..COUNT));
    }
}

/// A sink that takes its time must not keep those waiting whose events have nowhere else to go.
#[test]
fn a_log_that_is_full_does_not_wait_for_a_rest() {
    let folder = Folder::new("rest");
    let server = Server::start(|_, _| accepted());
    let emitter = folder
        .emitter()
        .sink(Http::new(server.url()).every(Duration::from_secs(1)))
        .sink(Remote::new(Mood::Down).sink("down"))
        .log_bytes(64 * 1024)
        .drain_for(Duration::ZERO)
        .start()
        .unwrap();
    for number in 0..4_000 {
        emitter.emit(counted(0, number));
    }
    wait_until("the server has all", || {
        emitter.health().sinks[0].delivered == 4_000
    });
    let health = emitter.health();
    assert_eq!(health.dropped, 0);
    assert!(health.log.passed > 1_000, "{:?}", health.log);
    let requests = server.requests();
    assert!(requests.iter().flat_map(Request::numbers).eq(0..4_000));
}

/// Events that are left when the time at the end is over are for the next start, though the sink could go on for long.
#[test]
fn nothing_is_sent_after_the_end() {
    let server = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(5));
        accepted()
    });
    let folder = Folder::new("end");
    let emitter = emitter(&folder, sink(&server).framing(Framing::Single));
    for number in 0..COUNT * 4 {
        emitter.emit(counted(0, number));
    }
    wait_until("it has begun", || !server.requests().is_empty());
    emitter.shutdown(Duration::from_millis(100));
    drop(emitter);
    folder.wait_until_free();
    let sent = server.requests().len();
    assert!(sent < 1_000, "{sent}");
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(server.requests().len(), sent);
}

#[test]
fn few_events_are_gathered_and_a_flush_does_not_wait_for_it() {
    let server = Server::start(|_, _| accepted());
    let folder = Folder::new("gathered");
    let emitter = emitter(
        &folder,
        Http::new(server.url()).every(Duration::from_secs(3)),
    );
    let started = Instant::now();
    for number in 0..40 {
        emitter.emit(counted(0, number));
        std::thread::sleep(Duration::from_millis(10));
    }
    let before = server.requests().len();
    assert!(
        before <= 2 || started.elapsed() > Duration::from_secs(2),
        "{before} requests"
    );
    let started = Instant::now();
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    assert!(
        started.elapsed() < Duration::from_secs(2),
        "{:?}",
        started.elapsed()
    );
    let requests = server.requests();
    assert!(requests.iter().flat_map(Request::numbers).eq(0..40));
}
