//! Raw results, kept on disk so that parts can be measured at different times.

use std::error::Error;
use std::path::PathBuf;

use report::{Runs, sizes};

use crate::subject::Subject;
use crate::targets;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Bytes of the definitions.
    Input,
    /// Instructions of reading the files into spanned trees, as a part of a cold run.
    Reading,
    /// Instructions of whole runs.
    Cold,
    Unchanged,
    Edited,
    /// Files written after the edit of one event, and those among them that are not of its module.
    Written,
    WrittenElsewhere,
    /// CPU seconds of a cold run.
    ColdCpu,
    UnchangedCpu,
    EditedCpu,
    /// The most memory of a cold run, in bytes, and that of one over a catalog of a single event.
    Peak,
    PeakOfOne,
    /// A new crate: CPU seconds, seconds, crates compiled, packages in the tree.
    NewCpu,
    NewWall,
    NewCrates,
    NewTree,
}

/// Runs by size, subject and measure.
pub(crate) struct Results(Runs);

impl Results {
    /// Those that there are in a file.
    pub(crate) fn read(path: PathBuf) -> Result<Self, Box<dyn Error>> {
        Runs::read(path).map(Self)
    }

    /// Takes in new runs in place of the old ones, and keeps them on disk at once.
    pub(crate) fn put(
        &mut self,
        events: usize,
        subject: Subject,
        measure: Measure,
        runs: Vec<f64>,
    ) -> Result<(), Box<dyn Error>> {
        self.0.put(key(events, subject, measure), runs)
    }

    /// The best run.
    pub(crate) fn best(&self, events: usize, subject: Subject, measure: Measure) -> Option<f64> {
        self.0.best(&key(events, subject, measure))
    }

    /// Takes in what is known of a target.
    pub(crate) fn put_target(
        &mut self,
        target: &str,
        measure: targets::Measure,
        value: f64,
    ) -> Result<(), Box<dyn Error>> {
        self.0.put(target_key(target, measure), vec![value])
    }

    /// What is known of a target.
    pub(crate) fn of_target(&self, target: &str, measure: targets::Measure) -> Option<f64> {
        self.0.best(&target_key(target, measure))
    }

    /// How many times more one is than the other.
    pub(crate) fn ratio(
        &self,
        events: usize,
        subject: Subject,
        more: Measure,
        less: Measure,
    ) -> Option<f64> {
        Some(self.best(events, subject, more)? / self.best(events, subject, less)?)
    }

    /// How many bytes of memory a cold run takes for each byte of its input.
    pub(crate) fn memory(&self, events: usize, subject: Subject) -> Option<f64> {
        let peak = self.best(events, subject, Measure::Peak)?;
        let of_one = self.best(1, subject, Measure::PeakOfOne)?;
        Some((peak - of_one) / self.best(events, subject, Measure::Input)?)
    }

    /// The sizes for which anything is known, from small to large.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        let mut sizes = sizes(self.0.iter().map(|(key, _)| key));
        sizes.retain(|&events| events > 1);
        sizes
    }
}

fn key(events: usize, subject: Subject, measure: Measure) -> String {
    format!("{events}/{}/{measure:?}", subject.slug())
}

fn target_key(target: &str, measure: targets::Measure) -> String {
    format!("targets/{target}/{measure:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_what_a_schema_adds_for_each_of_its_bytes() {
        let runs = [
            (key(1, Subject::Ours, Measure::PeakOfOne), vec![7.0, 6.0]),
            (key(100, Subject::Ours, Measure::Peak), vec![26.0]),
            (key(100, Subject::Ours, Measure::Input), vec![2.0]),
        ];
        let results = Results(Runs::from(runs));
        assert_eq!(results.memory(100, Subject::Ours), Some(10.0));
        assert_eq!(results.memory(100, Subject::Prost), None);
        assert_eq!(results.sizes(), [100]);
    }
}
