//! Raw results, kept on disk so that parts can be measured at different times.

use std::error::Error;
use std::path::PathBuf;

use report::{Runs, Sample, sizes};

use crate::cargo::Action;
use crate::steps::Step;
use crate::variant::Variant;

/// What is measured about a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Instructions of its rustc.
    Instructions,
    /// Instructions of one step of it.
    Step(Step),
    /// How often it did that step.
    Calls(Step),
    /// Instructions of one step of it after an edit.
    EditStep(Step),
    /// How often it did that step after an edit.
    EditCalls(Step),
    /// Seconds of processors for the crate alone.
    Cpu,
    /// Bytes of memory of its rustc.
    Peak,
    /// Seconds of processors after an edit.
    EditCpu,
    /// Seconds on the clock after an edit.
    EditWall,
}

/// What is compared from variant to variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The number of events of the catalog.
    pub(crate) events: usize,
    pub(crate) action: Action,
    pub(crate) measure: Measure,
}

/// Runs by figure and variant.
pub(crate) struct Results(Runs);

impl Results {
    /// Those that there are in a file.
    pub(crate) fn read(path: PathBuf) -> Result<Self, Box<dyn Error>> {
        Runs::read(path).map(Self)
    }

    /// Takes in new runs in place of the old ones, and keeps them on disk at once.
    pub(crate) fn put(
        &mut self,
        figure: Figure,
        variant: Variant,
        runs: Vec<f64>,
    ) -> Result<(), Box<dyn Error>> {
        self.0.put(key(figure, variant), runs)
    }

    /// The best run.
    pub(crate) fn best(&self, figure: Figure, variant: Variant) -> Option<f64> {
        self.0.best(&key(figure, variant))
    }

    /// How many times more the first takes than the second, without what the empty crate takes.
    ///
    /// None where a figure is missing, and for what cannot be told from the empty crate.
    pub(crate) fn ratio(&self, figure: Figure, more: Variant, less: Variant) -> Option<f64> {
        let empty = self.best(figure, Variant::Empty)?;
        let (more, less) = (self.best(figure, more)?, self.best(figure, less)?);
        let (more, less) = (more - empty, less - empty);
        (more.min(less) > empty * 0.01).then_some(more / less)
    }

    /// The sizes for which a measure is known of anything, from small to large.
    pub(crate) fn sizes(&self, measure: Measure) -> Vec<usize> {
        sizes(self.of(measure).map(|(key, _)| key))
    }

    /// A figure at the largest size that its measure is known for.
    pub(crate) fn at_largest(&self, action: Action, measure: Measure) -> Figure {
        let events = self.sizes(measure).last().copied().unwrap_or_default();
        Figure {
            events,
            action,
            measure,
        }
    }

    /// The noise of all repeated runs of a measure, each as a share of its best run.
    pub(crate) fn spreads(&self, measure: Measure) -> Option<Sample> {
        let runs = self.of(measure).map(|(_, runs)| runs.to_vec());
        Sample::new(
            runs.filter_map(|runs| Sample::new(runs)?.spread())
                .collect(),
        )
    }

    fn of(&self, measure: Measure) -> impl Iterator<Item = (&str, &[f64])> {
        let ending = format!("/{measure:?}");
        self.0.iter().filter(move |(key, _)| key.ends_with(&ending))
    }
}

fn key(figure: Figure, variant: Variant) -> String {
    let Figure {
        events,
        action,
        measure,
    } = figure;
    format!("{events}/{}/{}/{measure:?}", variant.slug(), action.slug())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_without_the_empty_crate() {
        let figure = Figure {
            events: 100,
            action: Action::Check,
            measure: Measure::Instructions,
        };
        let runs = [
            (Variant::Empty, vec![1.0]),
            (Variant::Floor, vec![1.0]),
            (Variant::Ours, vec![4.0, 3.0]),
            (Variant::Serde, vec![21.0]),
        ];
        let runs = runs.map(|(variant, runs)| (key(figure, variant), runs));
        let results = Results(Runs::from(runs));
        assert_eq!(
            results.ratio(figure, Variant::Serde, Variant::Ours),
            Some(10.0)
        );
        assert_eq!(
            results.ratio(figure, Variant::Serde, Variant::Floor),
            None,
            "there is nothing to divide by"
        );
        assert_eq!(results.ratio(figure, Variant::Bon, Variant::Ours), None);
        assert_eq!(
            results.at_largest(Action::Check, Measure::Instructions),
            figure
        );
    }
}
