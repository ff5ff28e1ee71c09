//! What to measure.

use std::error::Error;

use crate::cargo::Action;
use crate::variant::Variant;

/// How to use the program.
pub(crate) const USAGE: &str = "\
compile [OPTIONS]

Measures what generated crates cost to compile, and writes it to benches/README.md and benches/compile.svg.
Results are kept in benches/target/compile/results.json; what is measured again replaces what is there.

  --only a,b           these of: empty, floor, ours, serde, serde_std, bon, typed_builder, prost, typify
  --parts a,b          these of: instructions, profile, seconds, rebuild; `--parts page` measures nothing and writes the page
  --actions a,b        these of: check, debug, release
  --sizes 100,300,1000 events of the catalogs for seconds
  --count-at 100       events of the catalog for instructions and profiles
  --edit-at 300        events of the catalog for rebuilds and their profiles
  --runs 3             how often to repeat; without it, more often for small catalogs
  --no-page            leave the page and the plot as they are, and show the table here
  --quick              20 and 40 events, once, without the page: whether everything works
";

/// What the options say.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) variants: Vec<Variant>,
    pub(crate) actions: Vec<Action>,
    pub(crate) parts: Vec<String>,
    pub(crate) sizes: Vec<usize>,
    pub(crate) count_at: usize,
    pub(crate) edit_at: usize,
    pub(crate) page: bool,
    /// The file of the results.
    pub(crate) results: &'static str,
    runs: Option<usize>,
}

impl Options {
    pub(crate) fn parse(
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut options = Self {
            variants: Variant::ALL.to_vec(),
            actions: Action::ALL.to_vec(),
            parts: ["instructions", "profile", "seconds", "rebuild"]
                .map(str::to_owned)
                .to_vec(),
            sizes: vec![100, 300, 1000],
            count_at: 100,
            edit_at: 300,
            page: true,
            results: "results.json",
            runs: None,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| format!("`{argument}` needs a value"))
            };
            match argument.as_str() {
                "--only" => options.variants = list(&value()?, Variant::from_slug)?,
                "--actions" => options.actions = list(&value()?, Action::from_slug)?,
                "--parts" => options.parts = list(&value()?, part)?,
                "--sizes" => options.sizes = list(&value()?, |size| size.parse().ok())?,
                "--count-at" => options.count_at = value()?.parse()?,
                "--edit-at" => options.edit_at = value()?.parse()?,
                "--runs" => options.runs = Some(value()?.parse()?),
                "--no-page" => options.page = false,
                "--quick" => {
                    options.sizes = vec![20, 40];
                    (options.count_at, options.edit_at) = (20, 20);
                    (options.runs, options.page) = (Some(1), false);
                    // The page shows the largest catalogs of all that were measured.
                    options.results = "quick.json";
                }
                _ => return Err(format!("`{argument}` is no option\n\n{USAGE}").into()),
            }
        }
        Ok(options)
    }

    /// How often something is repeated.
    pub(crate) fn runs(&self, events: usize, action: Action) -> usize {
        let runs = match events {
            0..=150 => 5,
            151..=500 => 3,
            _ => 2,
        };
        // The optimiser takes minutes where `check` takes seconds, and the noise is the smaller for it.
        let runs = if action == Action::Release {
            runs - 1
        } else {
            runs
        };
        self.runs.unwrap_or(runs).max(1)
    }
}

fn part(name: &str) -> Option<String> {
    ["instructions", "profile", "seconds", "rebuild", "page"]
        .contains(&name)
        .then(|| name.to_owned())
}

fn list<T>(text: &str, item: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    text.split(',')
        .map(|name| item(name).ok_or_else(|| format!("`{name}` is unknown\n\n{USAGE}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, Box<dyn Error>> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn says_what_it_does_not_know() {
        for line in [
            "--only serd",
            "--sizes many",
            "--sizes",
            "--parts all",
            "--fast",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn repeats_less_what_takes_longer_and_what_it_is_told() {
        let options = parse("--only ours,serde_std").unwrap();
        assert_eq!(options.variants, [Variant::Ours, Variant::SerdeStd]);
        assert!(options.runs(100, Action::Check) > options.runs(1000, Action::Check));
        assert!(options.runs(1000, Action::Release) > 0);
        assert_eq!(parse("--runs 9").unwrap().runs(1000, Action::Release), 9);
    }
}
