//! Measures what generated crates cost to compile: ours, those that people write, and those of the peers.

mod cargo;
mod count;
mod goals;
mod layout;
mod options;
mod page;
mod parts;
mod profile;
mod results;
mod steps;
mod variant;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use options::Options;
use results::Results;

/// The folder of the benchmarks.
const BENCHES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn main() -> ExitCode {
    match count::wrap().and_then(|()| run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compile: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments = env::args().skip(1);
    if env::args().any(|argument| argument == "--help") {
        print!("{}", options::USAGE);
        return Ok(());
    }
    let options = Options::parse(arguments)?;
    let benches = Path::new(BENCHES).canonicalize()?;
    let all = benches.join("target/compile");
    fs::create_dir_all(&all)?;
    let mut results = Results::read(all.join(options.results))?;
    for part in &options.parts {
        match part.as_str() {
            "instructions" => parts::instructions(&all, &options, &mut results)?,
            "seconds" => parts::seconds(&all, &options, &mut results)?,
            "rebuild" => parts::rebuild(&all, &options, &mut results)?,
            "profile" => parts::profile(&all, &options, &mut results)?,
            _ => {}
        }
    }
    println!("{}\n{}", page::table(&results), goals::report(&results));
    println!("{}\n{}", profile::whole(&results), profile::edit(&results));
    if options.page {
        page::write(&benches, &results)
    } else {
        Ok(())
    }
}
