//! What processes have used of a processor, as Linux says it.

use std::fs;

/// Ticks of the clock in a second, the same on every Linux that people use.
const TICKS: f64 = 100.0;

/// Seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cpu {
    pub(crate) client: f64,
    pub(crate) server: f64,
}

impl Cpu {
    /// What a process has used so far.
    pub(crate) fn of(process: u32) -> f64 {
        Self::read(&fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default())
    }

    /// What this one has.
    pub(crate) fn of_this_process() -> f64 {
        Self::of(std::process::id())
    }

    /// The sum of what a process used for itself and in the kernel, from its line in `/proc`.
    pub(crate) fn read(stat: &str) -> f64 {
        let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        let ticks = after_name.split(' ').skip(11).take(2);
        ticks
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum::<f64>()
            / TICKS
    }
}
