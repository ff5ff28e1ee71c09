//! The parts of the measuring, each of which can be run by itself.

use std::error::Error;
use std::path::Path;

use crate::cargo::{Action, Cargo};
use crate::count::{self, Profile, count};
use crate::layout::Workspace;
use crate::options::Options;
use crate::results::{Figure, Measure, Results};
use crate::steps::Step;
use crate::variant::Variant;

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

/// Where rustc spends its instructions in `check`, from nothing and after an edit.
pub(crate) fn profile(all: &Path, options: &Options, results: &mut Results) -> Outcome {
    let (whole, edits) = (options.count_at, options.edit_at);
    let (workspace, edited) = (Workspace::write(all, whole)?, Workspace::write(all, edits)?);
    let profiled = |variant: &&Variant| Variant::PROFILED.contains(variant);
    for &variant in options.variants.iter().filter(profiled) {
        let profile = count::profile(all, &workspace.krate(variant)?)?;
        let measures = |step| (Measure::Step(step), Measure::Calls(step));
        put_profile(&profile, whole, measures, variant, results)?;
        let krate = edited.krate_scripted(variant)?;
        let profile = count::profile_edit(all, &edited, &krate)?;
        if variant == Variant::Ours {
            profile.has_all_steps()?;
        }
        let measures = |step| (Measure::EditStep(step), Measure::EditCalls(step));
        put_profile(&profile, edits, measures, variant, results)?;
    }
    Ok(())
}

fn put_profile(
    profile: &Profile,
    events: usize,
    measures: fn(Step) -> (Measure, Measure),
    variant: Variant,
    results: &mut Results,
) -> Outcome {
    let figure = |measure| Figure {
        events,
        action: Action::Check,
        measure,
    };
    for step in Step::ALL {
        let (calls, (instructions, number)) = (profile.of(step), measures(step));
        results.put(figure(instructions), variant, vec![calls.instructions])?;
        results.put(figure(number), variant, vec![calls.number])?;
    }
    let millions = profile.of(Step::Whole).instructions / 1e6;
    println!(
        "{} profiled at {events}: {millions:.0} M instructions",
        variant.slug()
    );
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
