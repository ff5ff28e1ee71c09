//! The parts of the measuring, each of which can be run by itself.

use std::error::Error;
use std::path::Path;

use crate::cargo::{Action, Cargo};
use crate::count::count;
use crate::layout::Workspace;
use crate::options::Options;
use crate::results::{Figure, Measure, Results};

type Outcome = Result<(), Box<dyn Error>>;

/// The instructions of the rustc of each crate.
pub(crate) fn instructions(all: &Path, options: &Options, results: &mut Results) -> Outcome {
    let events = options.count_at;
    let workspace = Workspace::write(all, events)?;
    for &variant in &options.variants {
        let krate = workspace.krate(variant)?;
        for &action in &options.actions {
            let counted = count(all, &krate, action)?;
            let (name, slug) = (&krate.name, action.slug());
            println!("{name} {slug}: {:.0} M instructions", counted / 1e6);
            let measure = Measure::Instructions;
            let figure = Figure {
                events,
                action,
                measure,
            };
            results.put(figure, variant, vec![counted])?;
        }
    }
    Ok(())
}

/// What cargo takes to build each crate from nothing.
pub(crate) fn seconds(all: &Path, options: &Options, results: &mut Results) -> Outcome {
    let cargo = Cargo::new(all);
    for &events in &options.sizes {
        let workspace = Workspace::write(all, events)?;
        for &variant in &options.variants {
            let krate = workspace.krate(variant)?;
            for &action in &options.actions {
                let mut runs = Vec::from_iter(cargo.prepare(&krate, action)?);
                while runs.len() < options.runs(events, action) {
                    runs.push(cargo.rebuild(&krate, action)?);
                }
                let cpu: Vec<_> = runs.iter().map(|usage| usage.cpu).collect();
                println!("{} {}: {cpu:.2?} s", krate.name, action.slug());
                let figure = |measure| Figure {
                    events,
                    action,
                    measure,
                };
                let peak = runs.iter().map(|usage| usage.peak as f64).collect();
                results.put(figure(Measure::Cpu), variant, cpu)?;
                results.put(figure(Measure::Peak), variant, peak)?;
            }
        }
    }
    Ok(())
}

/// What cargo takes after one event was edited.
pub(crate) fn rebuild(all: &Path, options: &Options, results: &mut Results) -> Outcome {
    let (cargo, events) = (Cargo::new(all), options.edit_at);
    let workspace = Workspace::write(all, events)?;
    // Nobody waits for a release build after an edit.
    let actions = || {
        options
            .actions
            .iter()
            .filter(|action| **action != Action::Release)
    };
    for &variant in &options.variants {
        let krate = workspace.krate_scripted(variant)?;
        for &action in actions() {
            cargo.prepare(&krate, action)?;
            let mut runs = Vec::new();
            for _ in 0..options.runs(events, action) {
                for edited in [true, false] {
                    workspace.write_sources(&krate, edited)?;
                    runs.push(cargo.run(&krate, action)?);
                }
            }
            let wall: Vec<_> = runs.iter().map(|usage| usage.wall).collect();
            println!(
                "{} {} after an edit: {wall:.2?} s",
                krate.name,
                action.slug()
            );
            let figure = |measure| Figure {
                events,
                action,
                measure,
            };
            let cpu = runs.iter().map(|usage| usage.cpu).collect();
            results.put(figure(Measure::EditCpu), variant, cpu)?;
            results.put(figure(Measure::EditWall), variant, wall)?;
        }
    }
    Ok(())
}
