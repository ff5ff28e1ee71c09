//! What each target adds to a run, and how much it writes.

use std::error::Error;
use std::path::Path;

use crate::krate::Crate;
use crate::results::Results;
use crate::script::Site;
use crate::subject::Subject;

/// How many events the catalog has.
pub(crate) const EVENTS: usize = 1000;

/// What a run has that asks for no target.
pub(crate) const ALONE: &str = "rust";

/// What is known of a target.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Measure {
    /// Instructions of a cold run that writes it beside Rust; for Rust, of one that writes nothing else.
    Instructions,
    /// Files in its folder, and their bytes.
    Files,
    Bytes,
}

/// Runs with each target alone.
pub(crate) fn targets(all: &Path, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let script = Crate::write(all, Subject::Ours)?.script()?;
    for target in std::iter::once(ALONE).chain(eventc_compiler::targets()) {
        let site = Site::new(all, Subject::Ours, EVENTS, &script)?;
        if target != ALONE {
            site.ask_for(target)?;
        }
        let instructions = site.count()?;
        let (files, bytes) = site.output(target)?;
        println!(
            "{target}: {:.0} M instructions, {files} files, {bytes} bytes",
            instructions / 1e6
        );
        results.put_target(target, Measure::Instructions, instructions)?;
        results.put_target(target, Measure::Files, files)?;
        results.put_target(target, Measure::Bytes, bytes)?;
        site.write(false)?;
    }
    Ok(())
}
