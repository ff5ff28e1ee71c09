//! Measures rows on their way into a table of PostgreSQL, in some ways on one connection.

mod cpu;
pub(crate) mod page;
mod peers;
mod stage;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use eventc_delivery::{Emitter, Postgres};

use crate::event::order;
use crate::store::{State, Store};
use cpu::Cpu;
use stage::{Stage, shop};

/// Rows of those that copy.
const ROWS: u64 = 200_000;

/// The best of so many rounds counts, in which all take turns.
const ROUNDS: usize = 5;

/// The names of the ways, ours first, and what it is held against second.
pub(crate) const NAMES: [&str; 4] = [
    "**eventc-delivery**, `Postgres`, from its log",
    "`psql`, `\\copy` of a binary file",
    "INSERT, prepared, 500 rows at once",
    "INSERT, prepared, one by one",
];

/// What it takes to store rows in one way.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) way: &'static str,
    pub(crate) rows_a_second: f64,
    /// Microseconds for each row: of the client, and of the server.
    pub(crate) client: f64,
    pub(crate) server: f64,
}

impl Measured {
    fn of(way: &'static str, rows: u64, took: Duration, cpu: Cpu) -> Self {
        let rows = rows as f64;
        Measured {
            way,
            rows_a_second: rows / took.as_secs_f64(),
            client: cpu.client * 1e6 / rows,
            server: cpu.server * 1e6 / rows,
        }
    }

    /// The better of each.
    fn best(self, other: Self) -> Self {
        Measured {
            rows_a_second: self.rows_a_second.max(other.rows_a_second),
            client: self.client.min(other.client),
            server: self.server.min(other.server),
            ..self
        }
    }
}

/// Everything, in turns.
pub(crate) fn all(folder: &Path) -> Result<Vec<Measured>, Box<dyn Error>> {
    let stage = Stage::new()?;
    let mut best: Vec<Measured> = Vec::new();
    for _ in 0..ROUNDS {
        let round = [
            ours(&stage, folder)?,
            peers::copy(&stage, NAMES[1], folder)?,
            peers::insert(&stage, NAMES[2], 500, 100_000)?,
            peers::insert(&stage, NAMES[3], 1, 5_000)?,
        ];
        best = match best.is_empty() {
            true => round.to_vec(),
            false => best
                .into_iter()
                .zip(round)
                .map(|(a, b)| a.best(b))
                .collect(),
        };
    }
    Ok(best)
}

/// The sink, with all events in the log before it starts. The time to connect and to read the log is within it.
fn ours(stage: &Stage, folder: &Path) -> Result<Measured, Box<dyn Error>> {
    stage.empty()?;
    let _ = fs::remove_dir_all(folder);
    let before = Emitter::builder()
        .spool(folder.join("spool"))
        .sink(Store::new(State::Down))
        .drain_for(Duration::from_secs(60))
        .start()?;
    for number in 0..ROWS {
        while before.try_emit(order(number)).is_err() {
            thread::sleep(Duration::from_millis(1));
        }
    }
    while before.health().memory_bytes > 0 {
        thread::sleep(Duration::from_millis(1));
    }
    before.shutdown(Duration::from_millis(10));
    drop(before);

    let (started, cpu) = (Instant::now(), Cpu::of_this_process());
    let emitter = Emitter::builder()
        .spool(folder.join("spool"))
        .sink(Postgres::new(stage.url(), shop::POSTGRES))
        .start()?;
    while emitter
        .health()
        .sinks
        .iter()
        .map(|sink| sink.delivered)
        .sum::<u64>()
        < ROWS
    {
        thread::sleep(Duration::from_millis(1));
    }
    let took = started.elapsed();
    let cpu = Cpu {
        client: Cpu::of_this_process() - cpu,
        server: Cpu::of(stage.backend("eventc-delivery")?),
    };
    emitter.shutdown(Duration::from_secs(1));
    stage.has(ROWS)?;
    Ok(Measured::of(NAMES[0], ROWS, took, cpu))
}
