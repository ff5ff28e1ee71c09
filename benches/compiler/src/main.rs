//! Measures what our compiler costs where it runs, as a build script, beside the generators of the peers; and what a new
//! crate of events costs to build from nothing.

mod goals;
mod krate;
mod lean;
mod options;
mod page;
mod parts;
mod results;
mod script;
mod subject;
mod targets;

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
    match script::write_for_parent().and_then(|done| if done { Ok(()) } else { run() }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compiler: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    if env::args().any(|argument| argument == "--help") {
        print!("{}", options::USAGE);
        return Ok(());
    }
    let options = Options::parse(env::args().skip(1))?;
    let benches = Path::new(BENCHES).canonicalize()?;
    let all = benches.join("target/compiler");
    fs::create_dir_all(&all)?;
    let mut results = Results::read(all.join(options.results))?;
    for part in &options.parts {
        match part.as_str() {
            "lean" => lean::lean(&all, &mut results)?,
            "instructions" => parts::instructions(&all, &options, &mut results)?,
            "seconds" => parts::seconds(&all, &options, &mut results)?,
            "targets" => targets::targets(&all, &mut results)?,
            _ => {}
        }
    }
    println!("{}", page::all(&results));
    if options.page {
        page::write(&benches, &results)?;
    }
    Ok(())
}
