//! Measures what the generated types cost at run time, beside those of the peers.

mod allocations;
mod clock;
mod events;
mod goals;
mod instructions;
mod page;
mod results;
mod same;
mod work;

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use results::Results;

/// The folder of the benchmarks.
const BENCHES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const USAGE: &str = "\
runtime [--no-page]                 measures, and writes benches/README.md or shows the tables here
runtime --work NAME/N --times TIMES does one thing and says nothing, to be looked at by a profiler: the Nth row of a table
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("runtime: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--work", work, "--times", times] => {
            let mut run = work::find(work)
                .ok_or_else(|| format!("there is no `{work}`"))
                .map(|work| (work.prepare)())??;
            run(times.parse()?);
            Ok(())
        }
        [] | ["--no-page"] => {
            same::check()?;
            let benches = Path::new(BENCHES).canonicalize()?;
            let results = Results::measure(&benches.join("target/runtime"))?;
            if arguments.is_empty() {
                page::write(&benches, &results)?;
            }
            print!("{}", page::all(&results));
            Ok(())
        }
        _ => Err(format!("it is used like this:\n\n{USAGE}").into()),
    }
}
