//! Servers that are killed, stopped and deaf.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use eventc_delivery::{Emitter, Nats};
use eventc_testing::nats::Server;

use super::store::Store;
use super::{emitter, last_error, sink, sold};
use crate::event::Folder;
use crate::sinks::wait_until;

/// Emits from a thread for as long as something is done; how many events it were.
fn under_load(emitter: &Emitter, work: impl FnOnce()) -> u64 {
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let emitting = scope.spawn(|| {
            let mut number = 0;
            while !is_over.load(Ordering::Relaxed) {
                for _ in 0..20 {
                    emitter.emit(sold("a", number));
                    number += 1;
                }
                sleep(Duration::from_millis(2));
            }
            number
        });
        work();
        is_over.store(true, Ordering::Relaxed);
        emitting.join().unwrap()
    })
}

/// A server that ends in some way, three times, and comes back.
fn comes_back(name: &str, end: impl Fn(&Server)) {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new(name);
    let nats = Nats::new(server.url()).timeout(Duration::from_millis(500));
    let emitter = emitter(&folder, nats);
    let emitted = under_load(&emitter, || {
        for round in 1..=3 {
            let before = sink(&emitter);
            wait_until("something is delivered", || {
                sink(&emitter).delivered > before.delivered + 500
            });
            end(&server);
            wait_until("it is noticed", || sink(&emitter).retries > before.retries);
            let says = last_error(&emitter);
            let at = server.url().replace("nats://", "");
            assert!(says.contains(&at), "{round}: {says}");
            server.start_again();
        }
    });
    wait_until("all is delivered", || sink(&emitter).delivered == emitted);
    let health = emitter.health();
    assert_eq!((health.accepted, health.dropped), (emitted, 0));
    assert_eq!((health.sinks[0].dead, health.sinks[0].missed), (0, 0));
    let numbers = Store::of(&server).numbers("events", ">");
    assert!(numbers.iter().copied().eq(0..emitted), "{}", numbers.len());
}

#[test]
fn a_server_that_was_killed_has_everything_once_and_in_order() {
    comes_back("nats-killed", Server::kill);
}

#[test]
fn a_server_that_was_stopped_has_everything_once_and_in_order() {
    comes_back("nats-stopped", Server::stop);
}

#[test]
fn a_service_starts_before_its_server() {
    let Some(server) = Server::start() else {
        return;
    };
    server.stop();
    let folder = Folder::new("nats-before");
    let emitter = emitter(&folder, Nats::new(server.url()));
    emitter.emit(sold("a", 0));
    wait_until("it has failed", || sink(&emitter).retries > 0);
    let says = last_error(&emitter);
    assert!(says.contains("Connection refused"), "{says}");
    server.start_again();
    wait_until("it is delivered", || sink(&emitter).delivered == 1);
    // what it said stays, for who comes later
    assert_eq!(last_error(&emitter), says);
}

#[test]
fn a_server_that_hangs_holds_up_neither_callers_nor_the_end() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new("nats-hangs");
    let nats = || Nats::new(server.url()).timeout(Duration::from_millis(400));
    let first = emitter(&folder, nats());
    first.emit(sold("a", 0));
    assert!(first.flush(Duration::from_secs(10)).is_complete());
    server.hang();
    for number in 1..2_000 {
        first.emit(sold("a", number));
    }
    wait_until("it is noticed", || sink(&first).retries > 0);
    let says = last_error(&first);
    assert!(says.ends_with("has not answered for 400ms"), "{says}");
    let flushed = first.shutdown(Duration::from_millis(100));
    assert_eq!(
        (flushed.delivered, flushed.on_disk, flushed.in_memory),
        (1, 1_999, 0)
    );
    drop(first);
    folder.wait_until_free();

    // the next process, while it still hangs and when it does not
    let second = emitter(&folder, nats());
    wait_until("it hangs", || sink(&second).retries > 0);
    server.go_on();
    wait_until("all is delivered", || sink(&second).delivered == 1_999);
    let numbers = Store::of(&server).numbers("events", ">");
    assert!(numbers.into_iter().eq(0..2_000));
}
