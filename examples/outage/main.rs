//! The outage, live: a service that reports its requests to PostgreSQL, while that breaks in the ways it broke then.
//!
//! ```text
//! cargo run --example outage -- [--postgres URL] [--seconds N]
//! ```
//!
//! The service runs twice, side by side, with the same requests and the same database. One writes each event itself before it
//! answers, as the one of the outage did; the other gives its events to an emitter. The database is a new one on the server at
//! URL, whose user may create databases and roles, or on a server that is started for this and is gone afterwards. Each way to
//! break lasts N seconds: 3. On a server of yours the roles stay that the tables need, `acme_writer` and `acme_reader`.
//!
//! It prints what that did to the requests of both, and fails if an event of the emitter was lost or is there twice.

mod coupled;
mod database;
mod emitted;
mod load;
mod report;

use std::error::Error;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use coupled::Coupled;
use database::Database;
use emitted::Emitted;
use eventc_testing::postgres::Server;
use load::Load;
use report::{Report, Words};

const USAGE: &str = "usage: cargo run --example outage -- [--postgres URL] [--seconds N]";

/// What is the matter for a while.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Healthy,
    /// The line that sets the partition field is where these events do not come by.
    Refactored,
    NoPartition,
    Locked,
    Stopped,
    Recovered,
}

const PHASES: [(Phase, &str); 6] = [
    (Phase::Healthy, "healthy"),
    (Phase::Refactored, "the partition field is null"),
    (Phase::NoPartition, "today's partition is missing"),
    (Phase::Locked, "the table is locked"),
    (Phase::Stopped, "the server is down"),
    (Phase::Recovered, "healthy again"),
];

struct Options {
    url: Option<String>,
    each: Duration,
}

fn main() -> ExitCode {
    match options().and_then(|options| options.map_or(Ok(true), |options| run(&options))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// What was asked for; none if that was how to ask.
fn options() -> Result<Option<Options>, Box<dyn Error>> {
    let mut options = Options {
        url: None,
        each: Duration::from_secs(3),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || {
            let missing = || format!("`{argument}` needs a value\n{USAGE}");
            arguments.next().ok_or_else(missing)
        };
        match argument.as_str() {
            "--postgres" => options.url = Some(value()?),
            "--seconds" => {
                let seconds = value()?;
                let number: Option<u64> = seconds.parse().ok().filter(|number| *number > 0);
                let wrong = || format!("{seconds:?} is no number of seconds, from 1\n{USAGE}");
                options.each = Duration::from_secs(number.ok_or_else(wrong)?);
            }
            "--help" | "-h" => {
                println!("{USAGE}");
                return Ok(None);
            }
            _ => return Err(format!("there is no option `{argument}`\n{USAGE}").into()),
        }
    }
    Ok(Some(options))
}

/// Whether every event of the emitter is there once.
fn run(options: &Options) -> Result<bool, Box<dyn Error>> {
    let server = match &options.url {
        Some(url) => Server::at(url),
        // what is committed is on disk, as in production
        None => Server::builder()
            .setting("fsync", "on")
            .setting("synchronous_commit", "on")
            .start()
            .ok_or(
                "nothing to break: install PostgreSQL, as it says above, or give `--postgres URL`",
            )?,
    };
    let database = Database::create(&server, options.url.is_none())?;
    let coupled = Coupled::new(database.url().parse()?);
    let emitted = Emitted::start(&database.url())?;

    let clock = Instant::now();
    let loads = (
        Load::start(clock, || coupled.writer()),
        Load::start(clock, || emitted.emitter()),
    );
    let mut report = Report::default();
    for (number, (phase, name)) in (1..).zip(PHASES) {
        println!("{number}  {name} …");
        let start = clock.elapsed();
        coupled.last_words(); // those of the phase before
        coupled.refactor(phase == Phase::Refactored);
        let mend = database.break_by(phase)?;
        thread::sleep(options.each);
        let words = Words {
            coupled: coupled.last_words(),
            emitted: match phase {
                Phase::Refactored => Some(emitted::refactored()),
                _ => emitted.last_words(clock.elapsed() - start),
            },
        };
        report.add(name, start..clock.elapsed(), words);
        mend()?;
    }
    let (coupled, emitted_requests) = (loads.0.stop(), loads.1.stop());
    let emitted = emitted.finish(Duration::from_secs(60));
    report.print(&coupled, &emitted_requests);
    database.compare(&coupled, emitted)
}
