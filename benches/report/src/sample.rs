//! Repeated runs of the same thing.

/// The results of repeated runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample(Vec<f64>);

impl Sample {
    /// Of so many runs, in any order; none if there was no run.
    pub fn new(mut runs: Vec<f64>) -> Option<Self> {
        runs.sort_by(f64::total_cmp);
        (!runs.is_empty()).then_some(Self(runs))
    }

    /// The best run: what a machine with nothing else to do takes. Others add to it, and never take away.
    pub fn min(&self) -> f64 {
        self.0[0]
    }

    /// The worst run.
    pub fn max(&self) -> f64 {
        self.0[self.0.len() - 1]
    }

    /// The run in the middle.
    pub fn median(&self) -> f64 {
        let (low, high) = ((self.0.len() - 1) / 2, self.0.len() / 2);
        f64::midpoint(self.0[low], self.0[high])
    }

    /// How far the worst run was from the best, as a share of the best: the noise. None for a single run.
    pub fn spread(&self) -> Option<f64> {
        (self.0.len() > 1 && self.min() > 0.0).then(|| self.max() / self.min() - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_best_the_middle_and_the_noise() {
        let sample = Sample::new(vec![3.0, 2.0, 4.0, 2.5]).unwrap();
        assert_eq!(
            (sample.min(), sample.median(), sample.spread()),
            (2.0, 2.75, Some(1.0))
        );
        assert_eq!(Sample::new(vec![1.0]).unwrap().spread(), None);
        assert_eq!(Sample::new(Vec::new()), None);
    }
}
