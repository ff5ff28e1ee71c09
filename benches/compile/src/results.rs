//! Raw results, kept on disk so that parts can be measured at different times.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use report::Sample;

use crate::cargo::Action;
use crate::variant::Variant;

/// What is measured about a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Instructions of its rustc.
    Instructions,
    /// Seconds of processors for the crate alone.
    Cpu,
    /// Bytes of memory of its rustc.
    Peak,
    /// Seconds of processors after an edit.
    EditCpu,
    /// Seconds on the clock after an edit.
    EditWall,
}

/// Runs of each measure of each action of each variant of each size.
pub(crate) struct Results {
    path: PathBuf,
    runs: BTreeMap<String, Vec<f64>>,
}

impl Results {
    /// Those that there are.
    pub(crate) fn read(all: &Path) -> Result<Self, Box<dyn Error>> {
        let path = all.join("results.json");
        let runs = if path.exists() {
            serde_json::from_str(&fs::read_to_string(&path)?)?
        } else {
            BTreeMap::new()
        };
        Ok(Self { path, runs })
    }

    /// Takes in new runs in place of the old ones, and keeps them on disk at once.
    pub(crate) fn put(
        &mut self,
        events: usize,
        variant: Variant,
        action: Action,
        measure: Measure,
        runs: Vec<f64>,
    ) -> Result<(), Box<dyn Error>> {
        self.runs
            .insert(key(events, variant, action, measure), runs);
        Ok(fs::write(
            &self.path,
            serde_json::to_string_pretty(&self.runs)?,
        )?)
    }

    /// The runs of one measure.
    pub(crate) fn sample(
        &self,
        events: usize,
        variant: Variant,
        action: Action,
        measure: Measure,
    ) -> Option<Sample> {
        Sample::new(
            self.runs
                .get(&key(events, variant, action, measure))?
                .clone(),
        )
    }

    /// The best run of one measure.
    pub(crate) fn best(
        &self,
        events: usize,
        variant: Variant,
        action: Action,
        measure: Measure,
    ) -> Option<f64> {
        self.sample(events, variant, action, measure)
            .map(|sample| sample.min())
    }

    /// The sizes for which a measure is known of anything, from small to large.
    pub(crate) fn sizes(&self, measure: Measure) -> Vec<usize> {
        let ending = format!("/{measure:?}");
        let keys = self.runs.keys().filter(|key| key.ends_with(&ending));
        let mut sizes: Vec<usize> = keys
            .filter_map(|key| key.split('/').next()?.parse().ok())
            .collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// The noise of all repeated runs of a measure, each as a share of its best run.
    pub(crate) fn spreads(&self, measure: Measure) -> Option<Sample> {
        let ending = format!("/{measure:?}");
        let runs = self.runs.iter().filter(|(key, _)| key.ends_with(&ending));
        Sample::new(
            runs.filter_map(|(_, runs)| Sample::new(runs.clone())?.spread())
                .collect(),
        )
    }
}

fn key(events: usize, variant: Variant, action: Action, measure: Measure) -> String {
    format!("{events}/{}/{}/{measure:?}", variant.slug(), action.slug())
}
