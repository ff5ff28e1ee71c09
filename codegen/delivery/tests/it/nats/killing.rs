//! Processes that are killed while they deliver.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use eventc_delivery::Nats;
use eventc_testing::nats::Server;

use super::store::Store;
use super::{Sold, emitter, sink, sold};
use crate::child;
use crate::event::{Folder, emitter_in};
use crate::sinks::wait_until;

const URL: &str = "EVENTC_TEST_URL";

/// Emits until it is killed; the customer is the run.
pub(crate) fn process(folder: &Path, run: u32) {
    let emitter = emitter_in(folder)
        .sink(Nats::new(std::env::var(URL).unwrap()))
        .start()
        .unwrap();
    println!("started");
    for number in 0.. {
        emitter.emit(sold(&run.to_string(), number));
        if number % 50 == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

#[test]
fn what_a_killed_process_has_logged_is_there_once() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = Folder::new("nats-killing");
    for run in 0..12 {
        let mut process = child::command("nats", folder.path(), run)
            .env(URL, server.url())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains("started")));
        // another moment in every run: before it connects, while acknowledgements are on their way, before the cursor moves
        std::thread::sleep(Duration::from_millis(20 + u64::from(run) * 23));
        process.kill().unwrap();
        process.wait().unwrap();
    }
    folder.wait_until_free();
    let emitter = emitter(&folder, Nats::new(server.url()));
    wait_until("all is delivered", || sink(&emitter).lag_bytes == 0);
    assert_eq!(
        (sink(&emitter).retries, sink(&emitter).last_error),
        (0, None)
    );

    let mut numbers: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for message in Store::of(&server).read("events", ">") {
        let sold: Sold = eventc::decode(message.json.as_bytes()).unwrap();
        numbers
            .entry(sold.customer.to_string())
            .or_default()
            .push(sold.number);
    }
    let all: usize = numbers.values().map(Vec::len).sum();
    assert!(
        all > 5_000 && numbers.len() > 6,
        "{all} of {}",
        numbers.len()
    );
    for (run, numbers) in numbers {
        let count = numbers.len() as u64;
        assert!(
            numbers.into_iter().eq(0..count),
            "run {run}: not once each, in order"
        );
    }
}
