//! Gives events away at a steady pace, and looks at how long each takes.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::allocations;
use crate::event::order;
use crate::store::{State, Store};
use crate::ways::{self, NAMES};

/// 20,000 events a second for two seconds: twenty of them every millisecond.
const EVERY: Duration = Duration::from_millis(1);
const AT_ONCE: usize = 20;
const TIMES: usize = 2_000;

/// The best of so many runs counts, as others on the machine only ever add.
const ROUNDS: usize = 5;

/// What giving an event away in one way, to a store in one state, costs.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) way: &'static str,
    pub(crate) state: State,
    /// Nanoseconds that 50%, 99% and 99.9% of all calls stay below.
    pub(crate) percentiles: [f64; 3],
    /// For each event.
    pub(crate) allocations: f64,
    /// The share of events that was taken.
    pub(crate) taken: f64,
}

/// Everything, state by state.
pub(crate) fn all(folder: &Path) -> Result<Vec<Measured>, String> {
    let mut measured = Vec::new();
    for state in [State::Well, State::Slow, State::Down] {
        for way in NAMES {
            let rounds = (0..ROUNDS).map(|_| one(way, state, folder));
            let rounds: Vec<Measured> = rounds.collect::<Result<_, _>>()?;
            measured.extend(rounds.into_iter().reduce(best));
        }
    }
    Ok(measured)
}

fn one(name: &'static str, state: State, folder: &Path) -> Result<Measured, String> {
    let store = Store::new(state);
    let mut way = ways::open(name, store.clone(), folder)?;
    let mut nanos: Vec<u64> = Vec::with_capacity(AT_ONCE * TIMES);
    let (mut taken, mut allocated, mut number) = (0_u64, 0, 0);
    let started = Instant::now();
    for time in 0..TIMES {
        let orders: Vec<_> = (0..AT_ONCE).map(|_| order(number)).collect();
        number += 1;
        for order in orders {
            let before = allocations::so_far();
            let at = Instant::now();
            let is_taken = (way.give)(order);
            let took = at.elapsed();
            allocated += allocations::so_far() - before;
            taken += u64::from(is_taken);
            nanos.push(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX));
        }
        let next = EVERY * u32::try_from(time + 1).unwrap_or(u32::MAX);
        thread::sleep(next.saturating_sub(started.elapsed()));
    }
    store.end();
    drop(way.give);
    (way.end)();
    nanos.sort_unstable();
    let count = nanos.len();
    let percentile = |share: f64| nanos[((count as f64 * share) as usize).min(count - 1)] as f64;
    Ok(Measured {
        way: name,
        state,
        percentiles: [percentile(0.5), percentile(0.99), percentile(0.999)],
        allocations: allocated as f64 / count as f64,
        taken: taken as f64 / count as f64,
    })
}

/// The lower of each.
fn best(one: Measured, other: Measured) -> Measured {
    let [a, b, c] = one.percentiles;
    let [x, y, z] = other.percentiles;
    Measured {
        percentiles: [a.min(x), b.min(y), c.min(z)],
        allocations: one.allocations.min(other.allocations),
        ..one
    }
}
