//! A NATS server that starts, stops, hangs, and is gone.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::Duration;

use eventc_testing::nats::Server;

use crate::servers::{eventually, is_gone_with_its_process, is_listening};

/// Whether it answers a ping within a while.
fn answers(server: &Server) -> bool {
    let url = server.url();
    let mut stream = TcpStream::connect(url.trim_start_matches("nats://")).unwrap();
    let patience = Some(Duration::from_millis(500));
    stream.set_read_timeout(patience).unwrap();
    stream.write_all(b"PING\r\n").unwrap();
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    while !answer.ends_with(b"PONG\r\n") {
        match stream.read(&mut part) {
            Ok(length) if length > 0 => answer.extend_from_slice(&part[..length]),
            _ => return false,
        }
    }
    let info = String::from_utf8_lossy(&answer);
    assert!(info.contains("\"jetstream\":true"), "{info}");
    assert!(info.contains("\"max_payload\":2048"), "{info}");
    true
}

#[test]
fn a_server_stops_crashes_hangs_and_comes_back() {
    let Some(server) = Server::start_with("max_payload: 2048") else {
        return;
    };
    assert!(answers(&server));
    server.kill();
    assert!(!is_listening(&server.url()));
    server.start_again();
    assert!(answers(&server));
    server.stop();
    assert!(!is_listening(&server.url()));
    server.start_again();
    server.hang();
    assert!(!answers(&server));
    server.go_on();
    eventually("it answers again", || answers(&server));
    let url = server.url();
    drop(server);
    assert!(!is_listening(&url));
}

#[test]
fn a_server_is_gone_when_its_process_was_killed() {
    let killed = is_gone_with_its_process("nats::a_process_that_is_killed");
    assert!(killed || Server::start().is_none());
}

/// Started by the test above; by itself it only waits.
#[test]
#[ignore = "waits to be killed"]
fn a_process_that_is_killed() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = std::env::temp_dir().join(format!("eventc-nats-{}-0", std::process::id()));
    println!("started {} {}", server.url(), folder.display());
    sleep(Duration::from_secs(60));
}
