//! Nanoseconds: what is compared takes turns, so that whatever else the machine does strikes all alike.

use std::error::Error;
use std::time::{Duration, Instant};

use report::Sample;

use crate::work::{Run, Work};

/// How often each takes its turn.
const ROUNDS: usize = 300;

/// How long a turn takes, about: long beside reading the clock, short beside a slice of the scheduler.
const TURN: Duration = Duration::from_micros(300);

/// Nanoseconds of each, a figure for every round.
pub(crate) fn measure(works: &[Work]) -> Result<Vec<Sample>, Box<dyn Error>> {
    let mut runs = Vec::new();
    for work in works {
        let mut run = (work.prepare)()?;
        let times = calibrated(&mut run);
        runs.push((run, times, Vec::with_capacity(ROUNDS)));
    }
    for _ in 0..ROUNDS {
        for (run, times, rounds) in &mut runs {
            let nanos = timed(run, *times).as_nanos() as f64;
            rounds.push(nanos / *times as f64);
        }
    }
    runs.into_iter()
        .map(|(_, _, rounds)| Sample::new(rounds).ok_or_else(|| "no rounds".into()))
        .collect()
}

/// How many repetitions fill a turn. It warms up on the way.
fn calibrated(run: &mut Run) -> usize {
    // A multiple of the number of messages that take turns.
    let mut times = 10;
    while timed(run, times) < TURN {
        times *= 2;
    }
    times
}

fn timed(run: &mut Run, times: usize) -> Duration {
    let start = Instant::now();
    run(times);
    start.elapsed()
}
