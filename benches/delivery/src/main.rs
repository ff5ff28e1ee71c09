//! Measures what a caller pays for giving an event away, with a store that is well, slow or down.

mod allocations;
mod event;
mod page;
mod run;
mod store;
mod tables;
mod ways;

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// The folder of the benchmarks.
const BENCHES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const USAGE: &str = "\
delivery [--no-page]           measures what a caller pays, and writes benches/README.md or shows the table here
delivery tables [--no-page]    the same of rows on their way into PostgreSQL
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("delivery: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let benches = Path::new(BENCHES).canonicalize()?;
    match arguments[..] {
        [] | ["--no-page"] => {
            let measured = run::all(&benches.join("target/delivery"))?;
            if arguments.is_empty() {
                page::write(&benches, &measured)?;
            }
            print!("{}", page::all(&measured));
            Ok(())
        }
        ["tables"] | ["tables", "--no-page"] => {
            let measured = tables::all(&benches.join("target/delivery-tables"))?;
            if arguments.len() == 1 {
                tables::page::write(&benches, &measured)?;
            }
            print!("{}", tables::page::all(&measured));
            Ok(())
        }
        _ => Err(format!("it is used like this:\n\n{USAGE}").into()),
    }
}
