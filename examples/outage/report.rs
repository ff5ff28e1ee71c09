//! What clients saw, side by side: as a table, and as a small plot.

use std::ops::Range;
use std::time::Duration;

use crate::load::{PATIENCE, Request};

/// Columns of the plot for a phase.
const COLUMNS: usize = 11;

/// Latencies from 1 ms to [`PATIENCE`].
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

#[derive(Default)]
pub struct Report {
    phases: Vec<Measured>,
}

struct Measured {
    name: &'static str,
    during: Range<Duration>,
    words: Words,
}

/// The last that went wrong in a phase, as each of the two says it.
pub struct Words {
    pub coupled: Option<String>,
    pub emitted: Option<String>,
}

impl Report {
    pub fn add(&mut self, name: &'static str, during: Range<Duration>, words: Words) {
        self.phases.push(Measured {
            name,
            during,
            words,
        });
    }

    pub fn print(&self, coupled: &[Request], emitted: &[Request]) {
        println!("\n{:32}{:24}eventc", "", "coupled writer");
        let heads = format!("{:>6} {:>7} {:>7}", "failed", "p50", "p99");
        println!("{:32}{heads:24}{heads}", "");
        for (number, phase) in (1..).zip(&self.phases) {
            let summary = |requests| summary(&sent(requests, &phase.during));
            let (coupled, emitted) = (summary(coupled), summary(emitted));
            println!(
                "{:32}{coupled:24}{emitted}",
                format!("{number} {}", phase.name)
            );
        }

        let numbers: Vec<String> = (1..=self.phases.len())
            .map(|number| format!("{number:<COLUMNS$}"))
            .collect();
        println!("\n{:9}{}", "", numbers.join("│"));
        for (name, requests) in [("coupled", coupled), ("eventc", emitted)] {
            println!(
                "{name:9}{}",
                self.plot(requests, |sent| bar(percentile(sent, 95)))
            );
            println!(
                "{:9}{}",
                " failed",
                self.plot(requests, |sent| shade(share_failed(sent)))
            );
        }
        println!(
            "{:9}▁ 1 ms … █ {} s, when a client gives up (p95)     · none … █ all failed",
            "",
            PATIENCE.as_secs()
        );

        println!("\nwhat they said");
        for (number, phase) in (1..).zip(&self.phases) {
            let said = [
                ("coupled", &phase.words.coupled),
                ("eventc", &phase.words.emitted),
            ];
            for (name, words) in said {
                if let Some(words) = words {
                    println!("  {number} {name:8} {words}");
                }
            }
        }
    }

    fn plot(&self, requests: &[Request], cell: impl Fn(&[Request]) -> char) -> String {
        let row = |phase: &Measured| -> String {
            let width = (phase.during.end - phase.during.start) / COLUMNS as u32;
            (0..COLUMNS as u32)
                .map(|column| {
                    let start = phase.during.start + width * column;
                    cell(&sent(requests, &(start..start + width)))
                })
                .collect()
        };
        let rows: Vec<String> = self.phases.iter().map(row).collect();
        rows.join("│")
    }
}

/// Those that were sent within a time.
fn sent(requests: &[Request], during: &Range<Duration>) -> Vec<Request> {
    let is_within = |request: &&Request| during.contains(&request.at);
    requests.iter().filter(is_within).copied().collect()
}

fn summary(requests: &[Request]) -> String {
    let shown = |percent| match percentile(requests, percent) {
        latency if latency >= PATIENCE => format!("{} s", PATIENCE.as_secs()),
        latency => format!("{:.1} ms", latency.as_secs_f64() * 1e3),
    };
    let failed = format!("{:.0} %", share_failed(requests) * 100.0);
    format!("{failed:>6} {:>7} {:>7}", shown(50), shown(99))
}

fn percentile(requests: &[Request], percent: usize) -> Duration {
    let mut latencies: Vec<Duration> = requests.iter().map(|request| request.latency).collect();
    latencies.sort_unstable();
    let place = latencies.len() * percent / 100;
    latencies.get(place).copied().unwrap_or_default()
}

fn share_failed(requests: &[Request]) -> f64 {
    let failed = requests.iter().filter(|request| request.failed).count();
    failed as f64 / requests.len().max(1) as f64
}

/// By the logarithm: each bar is a bit less than three times the one before.
fn bar(latency: Duration) -> char {
    let share =
        (latency.as_secs_f64() * 1e3).max(1.0).log10() / (PATIENCE.as_secs_f64() * 1e3).log10();
    let place = (share * (BARS.len() - 1) as f64).round() as usize;
    BARS.get(place).copied().unwrap_or('█')
}

fn shade(share: f64) -> char {
    match share {
        0.0 => '·',
        ..0.34 => '░',
        ..0.67 => '▒',
        ..1.0 => '▓',
        _ => '█',
    }
}
