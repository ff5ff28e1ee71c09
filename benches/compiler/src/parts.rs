//! The parts of the measuring that run build scripts.

use std::error::Error;
use std::path::Path;

use crate::krate::Crate;
use crate::options::Options;
use crate::results::{Measure, Results};
use crate::script::{Site, Written};
use crate::subject::Subject;

type Outcome = Result<(), Box<dyn Error>>;

/// What reading is: from the disk to the spanned trees of all files.
const READING: [&str; 2] = [
    "eventc_compiler::source::Sources::read",
    "eventc_compiler::syntax::yaml::parse",
];

/// How often seconds are measured.
const RUNS: usize = 3;

/// Instructions: of reading and of whole runs.
pub(crate) fn instructions(all: &Path, options: &Options, results: &mut Results) -> Outcome {
    for &subject in &options.subjects {
        let script = Crate::write(all, subject)?.script()?;
        for &events in &options.sizes {
            if subject != Subject::Ours {
                if events <= options.count_peers_to {
                    let cold = Site::new(all, subject, events, &script)?.count()?;
                    println!(
                        "{} {events}: {:.0} M instructions",
                        subject.slug(),
                        cold / 1e6
                    );
                    results.put(events, subject, Measure::Cold, vec![cold])?;
                }
                continue;
            }
            let site = Site::new(all, subject, events, &script)?;
            let (cold, reading) = site.count_functions(&READING)?;
            let unchanged = site.count()?;
            let before = site.written()?;
            site.write(true)?;
            let edited = site.count()?;
            let (written, elsewhere) = files_of_the_edit(&before, &site.written()?, events);
            println!(
                "ours {events}: {:.0} M instructions, of which reading {:.0}; unchanged {:.0}, edited {:.0}: {written} files, {elsewhere} of others",
                cold / 1e6,
                reading / 1e6,
                unchanged / 1e6,
                edited / 1e6
            );
            let found = [
                (Measure::Cold, cold),
                (Measure::Reading, reading),
                (Measure::Unchanged, unchanged),
                (Measure::Edited, edited),
                (Measure::Written, written as f64),
                (Measure::WrittenElsewhere, elsewhere as f64),
            ];
            for (measure, value) in found {
                results.put(events, subject, measure, vec![value])?;
            }
        }
    }
    Ok(())
}

/// How many files were written or removed, and how many of them are not the file of the edited event's module.
fn files_of_the_edit(before: &Written, after: &Written, events: usize) -> (usize, usize) {
    let catalog = catalogs::Catalog::new(events);
    let module = catalog
        .areas
        .get(catalog.areas.len() / 2)
        .map(|area| area.name.clone());
    let paths = before
        .keys()
        .chain(after.keys())
        .collect::<std::collections::BTreeSet<_>>();
    let changed: Vec<_> = paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .collect();
    let elsewhere = changed.iter().filter(|path| {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            != module
    });
    (changed.len(), elsewhere.count())
}

/// CPU seconds and memory.
pub(crate) fn seconds(all: &Path, options: &Options, results: &mut Results) -> Outcome {
    for &subject in &options.subjects {
        let script = Crate::write(all, subject)?.script()?;
        let one = Site::new(all, subject, 1, &script)?.run()?.peak;
        // The kernel counts the peak of the process that starts another one as its own.
        let own = report::own_peak()?;
        if own >= one {
            return Err(
                format!("this program takes {own} bytes, and hides the {one} of a script").into(),
            );
        }
        results.put(1, subject, Measure::PeakOfOne, vec![one as f64])?;
        for &events in &options.sizes {
            let site = Site::new(all, subject, events, &script)?;
            let [mut cold, mut unchanged, mut edited] = [(); 3].map(|()| Vec::new());
            let mut peaks = Vec::new();
            for _ in 0..RUNS {
                site.write(false)?;
                site.forget()?;
                let usage = site.run()?;
                peaks.push(usage.peak as f64);
                cold.push(usage.cpu);
                if subject == Subject::Ours {
                    unchanged.push(site.run()?.cpu);
                    site.write(true)?;
                    edited.push(site.run()?.cpu);
                }
            }
            site.write(false)?;
            println!(
                "{} {events}: cold {cold:.2?} s, unchanged {unchanged:.2?} s, edited {edited:.2?} s",
                subject.slug()
            );
            results.put(events, subject, Measure::Input, vec![site.input()?])?;
            // Not the best: a goal for memory holds in every run or not at all.
            let most = peaks.iter().copied().fold(0.0, f64::max);
            results.put(events, subject, Measure::Peak, vec![most])?;
            results.put(events, subject, Measure::ColdCpu, cold)?;
            if subject == Subject::Ours {
                results.put(events, subject, Measure::UnchangedCpu, unchanged)?;
                results.put(events, subject, Measure::EditedCpu, edited)?;
            }
        }
    }
    Ok(())
}
