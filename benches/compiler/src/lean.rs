//! What a new crate of events costs to build from nothing: its dependencies, its build script, and itself.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use report::measure;

use crate::krate::Crate;
use crate::results::{Measure, Results};
use crate::subject::Subject;

/// How often each is built.
const RUNS: usize = 2;

/// Builds a new crate of each subject.
pub(crate) fn lean(all: &Path, results: &mut Results) -> Result<(), Box<dyn Error>> {
    for subject in Subject::ALL {
        let krate = Crate::write(all, subject)?;
        let (mut cpu, mut wall, mut crates) = (Vec::new(), Vec::new(), 0);
        for _ in 0..RUNS {
            if krate.target().exists() {
                fs::remove_dir_all(krate.target())?;
            }
            let log = all.join("cargo.log");
            let (status, usage) = measure(&mut krate.cargo(&["build"]), &log)?;
            let said = fs::read_to_string(&log)?;
            if !status.success() || said.contains("warning:") {
                return Err(
                    format!("`{}` does not build as it should:\n{said}", subject.slug()).into(),
                );
            }
            let compiling = said
                .lines()
                .filter(|line| line.trim_start().starts_with("Compiling "));
            crates = compiling.count();
            cpu.push(usage.cpu);
            wall.push(usage.wall);
        }
        println!(
            "new {}: {cpu:.1?} CPU s, {wall:.1?} s, {crates} crates",
            subject.slug()
        );
        results.put(0, subject, Measure::NewCpu, cpu)?;
        results.put(0, subject, Measure::NewWall, wall)?;
        results.put(0, subject, Measure::NewCrates, vec![crates as f64])?;
        let tree = krate.said(&["tree", "-e", "normal,build", "--prefix", "none"])?;
        // A star stands where cargo has shown what is below before.
        let packages: BTreeSet<_> = tree
            .lines()
            .map(|line| line.trim_end_matches(" (*)"))
            .collect();
        results.put(0, subject, Measure::NewTree, vec![packages.len() as f64])?;
    }
    Ok(())
}
