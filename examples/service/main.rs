//! A small service: it answers requests, runs jobs and takes orders, and reports all of it.
//!
//! ```text
//! cargo run --example service [FOLDER] [REQUESTS]
//! ```
//!
//! Its events go into local files, one JSON object a line, in folders that query engines know as
//! partitions: `event=backend.request.success/day=2026-11-23/`. On their way they are in a log on disk,
//! so the service never waits for the files, and a kill loses no more than the last moment.

mod shop;
mod written;

use std::error::Error;
use std::path::PathBuf;

use std::time::Duration;

use eventc_delivery::{Emitter, Files};
use events::eventc::Event;
use shop::Shop;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = match arguments.next() {
        Some(folder) => PathBuf::from(folder),
        None => std::env::temp_dir().join(format!("events-{}", std::process::id())),
    };
    let requests = arguments
        .next()
        .map_or(Ok(4000), |count| count.parse::<u32>())?;

    let events = Emitter::builder()
        .spool(folder.join("_spool"))
        .service("shop")
        .sink(Files::new(&folder))
        .start()?;
    let mut shop = Shop::open(events.clone())?;
    for number in 0..requests {
        shop.serve(number);
    }
    events.shutdown(Duration::from_secs(30));
    let dropped = events.health().dropped;
    let written = written::partitions(&folder)?;

    let total: u64 = written.iter().map(|partition| partition.events).sum();
    println!(
        "{requests} requests served, {total} events written to {}, {dropped} dropped\n",
        folder.display()
    );
    for partition in &written {
        println!(
            "  {:>6} events  {:>9} bytes  {}",
            partition.events,
            partition.bytes,
            partition.path.display()
        );
    }
    let name = events::backend::request::Success::NAME;
    let lost: u64 = written
        .iter()
        .filter(|partition| partition.path.starts_with(format!("event={name}")))
        .map(|p| p.events)
        .sum();
    println!(
        "\nWhat it would have cost to forget a field: had a refactor moved the one line that sets `occurred_at`,\n\
         {lost} `{name}` events would have reached the store without a day, and the store would have refused\n\
         each; with that store in the way of the answer, so would {requests} of {requests} requests have failed.\n\n\
         Here that line is a field of a struct: without it, `missing field `occurred_at` in initializer of `Telemetry``\n\
         is what the compiler says, and nothing runs."
    );
    Ok(())
}
