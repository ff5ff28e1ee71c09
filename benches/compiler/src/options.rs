//! What to measure.

use std::error::Error;

use crate::subject::Subject;

/// How to use the program.
pub(crate) const USAGE: &str = "\
compiler [OPTIONS]

Measures our compiler as a build script, the generators of the peers likewise, and new crates of events, and writes it to benches/README.md.
Results are kept in benches/target/compiler/results.json; what is measured again replaces what is there.

  --only a,b             these of: ours, prost, typify; for instructions and seconds
  --parts a,b            these of: lean, instructions, seconds, targets; `--parts page` measures nothing and writes the page
  --sizes 100,1000,10000 events of the catalogs
  --count-peers-to 1000  the largest catalog for which the instructions of the peers are counted
  --no-page              leave the page as it is, and show the tables here
  --quick                10 and 20 events, without the page: whether everything works
";

/// What the options say.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) parts: Vec<String>,
    pub(crate) sizes: Vec<usize>,
    pub(crate) count_peers_to: usize,
    pub(crate) page: bool,
    /// The file of the results.
    pub(crate) results: &'static str,
}

impl Options {
    pub(crate) fn parse(
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut options = Self {
            subjects: Subject::ALL.to_vec(),
            parts: PARTS.map(str::to_owned).to_vec(),
            sizes: vec![100, 1000, 10_000],
            count_peers_to: 1000,
            page: true,
            results: "results.json",
        };
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| format!("`{argument}` needs a value"))
            };
            match argument.as_str() {
                "--only" => options.subjects = list(&value()?, Subject::from_slug)?,
                "--parts" => options.parts = list(&value()?, part)?,
                "--sizes" => options.sizes = list(&value()?, |size| size.parse().ok())?,
                "--count-peers-to" => options.count_peers_to = value()?.parse()?,
                "--no-page" => options.page = false,
                "--quick" => {
                    options.sizes = vec![10, 20];
                    options.page = false;
                    // Its catalog has one size.
                    options.parts.retain(|part| part != "targets");
                    // The page shows the largest catalogs of all that were measured.
                    options.results = "quick.json";
                }
                _ => return Err(format!("`{argument}` is no option\n\n{USAGE}").into()),
            }
        }
        Ok(options)
    }
}

const PARTS: [&str; 4] = ["lean", "instructions", "seconds", "targets"];

fn part(name: &str) -> Option<String> {
    (PARTS.contains(&name) || name == "page").then(|| name.to_owned())
}

fn list<T>(text: &str, item: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    text.split(',')
        .map(|name| item(name).ok_or_else(|| format!("`{name}` is unknown\n\n{USAGE}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_it_does_not_know() {
        let parse = |line: &str| Options::parse(line.split_whitespace().map(str::to_owned));
        for line in [
            "--only serde",
            "--sizes many",
            "--sizes",
            "--parts all",
            "--fast",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        let options = parse("--only ours --parts page");
        assert_eq!(
            options.map(|options| options.subjects).ok(),
            Some(vec![Subject::Ours])
        );
    }
}
