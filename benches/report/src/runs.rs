//! Raw runs, kept on disk so that parts can be measured at different times.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use crate::sample::Sample;

/// The runs of each figure, by a key that begins with the number of events and a slash.
#[derive(Default)]
pub struct Runs {
    /// Where they are kept; nowhere if that is empty.
    path: PathBuf,
    runs: BTreeMap<String, Vec<f64>>,
}

impl Runs {
    /// Those that there are in a file; none if there is no such file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or holds anything else.
    pub fn read(path: PathBuf) -> Result<Self, Box<dyn Error>> {
        let runs = if path.exists() {
            serde_json::from_str(&fs::read_to_string(&path)?)?
        } else {
            BTreeMap::new()
        };
        Ok(Self { path, runs })
    }

    /// Takes in new runs in place of the old ones, and keeps them on disk at once.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn put(&mut self, key: String, runs: Vec<f64>) -> Result<(), Box<dyn Error>> {
        self.runs.insert(key, runs);
        Ok(fs::write(
            &self.path,
            serde_json::to_string_pretty(&self.runs)?,
        )?)
    }

    /// The best run of a figure.
    pub fn best(&self, key: &str) -> Option<f64> {
        let runs = self.runs.get(key)?;
        Sample::new(runs.clone()).map(|sample| sample.min())
    }

    /// All runs, by their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[f64])> {
        self.runs
            .iter()
            .map(|(key, runs)| (key.as_str(), runs.as_slice()))
    }
}

/// The numbers of events that keys begin with, from small to large, each once.
pub fn sizes<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<usize> {
    let mut sizes: Vec<usize> = keys
        .filter_map(|key| key.split('/').next()?.parse().ok())
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

impl<const N: usize> From<[(String, Vec<f64>); N]> for Runs {
    /// Runs that are kept nowhere.
    fn from(runs: [(String, Vec<f64>); N]) -> Self {
        Self {
            path: PathBuf::new(),
            runs: BTreeMap::from(runs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_there_again() {
        let path = std::env::temp_dir().join(format!("report-runs-{}.json", std::process::id()));
        let mut runs = Runs::read(path.clone()).unwrap();
        assert_eq!(runs.best("100/a"), None);
        runs.put("100/a".to_owned(), vec![3.0, 2.0]).unwrap();
        runs.put("20/b".to_owned(), vec![1.0]).unwrap();
        runs.put("100/a".to_owned(), vec![5.0, 4.0]).unwrap();
        let again = Runs::read(path.clone()).unwrap();
        assert_eq!(again.best("100/a"), Some(4.0));
        assert_eq!(sizes(again.iter().map(|(key, _)| key)), [20, 100]);
        fs::remove_file(path).unwrap();
    }
}
