//! Measures what generated crates cost to compile: ours, those that people write, and those of the peers.

mod cargo;
mod count;
mod generate;
mod goals;
mod layout;
mod options;
mod page;
mod results;
mod variant;

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use cargo::Cargo;
use layout::Workspace;
use options::Options;
use results::{Measure, Results};

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
    // Also makes the folder.
    let cargo = Cargo::new(&all)?;
    let mut results = Results::read(&all)?;
    for part in &options.parts {
        match part.as_str() {
            "instructions" => instructions(&all, &options, &mut results)?,
            "seconds" => seconds(&all, &cargo, &options, &mut results)?,
            "rebuild" => rebuild(&all, &cargo, &options, &mut results)?,
            _ => {}
        }
    }
    println!("{}\n{}", page::table(&results), goals::report(&results));
    if options.page {
        page::write(&benches, &results)
    } else {
        Ok(())
    }
}

fn instructions(
    all: &Path,
    options: &Options,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::write(all, options.count_at)?;
    for &variant in &options.variants {
        let krate = workspace.krate(variant)?;
        for &action in &options.actions {
            let counted = count::count(all, &krate, action)?;
            println!(
                "{} {}: {:.0} M instructions",
                krate.name,
                action.slug(),
                counted / 1e6
            );
            results.put(
                options.count_at,
                variant,
                action,
                Measure::Instructions,
                vec![counted],
            )?;
        }
    }
    Ok(())
}

fn seconds(
    all: &Path,
    cargo: &Cargo,
    options: &Options,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    for &events in &options.sizes {
        let workspace = Workspace::write(all, events)?;
        for &variant in &options.variants {
            let krate = workspace.krate(variant)?;
            for &action in &options.actions {
                cargo.prepare(&krate, action)?;
                let (mut cpu, mut peak) = (Vec::new(), Vec::new());
                for _ in 0..options.runs(events, action) {
                    let usage = cargo.rebuild(&krate, action)?;
                    cpu.push(usage.cpu);
                    peak.push(usage.peak as f64);
                }
                println!("{} {}: {cpu:.2?} s", krate.name, action.slug());
                results.put(events, variant, action, Measure::Cpu, cpu)?;
                results.put(events, variant, action, Measure::Peak, peak)?;
            }
        }
    }
    Ok(())
}

fn rebuild(
    all: &Path,
    cargo: &Cargo,
    options: &Options,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let events = options.edit_at;
    let workspace = Workspace::write(all, events)?;
    for &variant in &options.variants {
        let krate = workspace.krate_scripted(variant)?;
        // Nobody waits for a release build after an edit.
        for &action in options
            .actions
            .iter()
            .filter(|action| **action != cargo::Action::Release)
        {
            workspace.write_sources(&krate, false)?;
            cargo.prepare(&krate, action)?;
            let (mut cpu, mut wall) = (Vec::new(), Vec::new());
            for _ in 0..options.runs(events, action) {
                for edited in [true, false] {
                    workspace.write_sources(&krate, edited)?;
                    let usage = cargo.run(&krate, action)?;
                    cpu.push(usage.cpu);
                    wall.push(usage.wall);
                }
            }
            println!(
                "{} {} after an edit: {wall:.2?} s",
                krate.name,
                action.slug()
            );
            results.put(events, variant, action, Measure::EditCpu, cpu)?;
            results.put(events, variant, action, Measure::EditWall, wall)?;
        }
    }
    Ok(())
}
