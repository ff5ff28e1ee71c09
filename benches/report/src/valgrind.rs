//! What valgrind's tools have counted.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// All instructions, out of what cachegrind or callgrind has written.
///
/// # Errors
/// If the file cannot be read, or says nothing of it.
pub fn instructions(file: &Path) -> Result<f64, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let summary = text.lines().find_map(|line| {
        line.strip_prefix("summary:")
            .or_else(|| line.strip_prefix("totals:"))
    });
    Ok(summary.ok_or("valgrind gave no summary")?.trim().parse()?)
}

/// The functions that were called in a run under callgrind.
#[derive(Debug, Clone, Default)]
pub struct Functions(HashMap<String, Calls>);

/// The calls of a function.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Calls {
    /// How many there were.
    pub number: f64,
    /// The instructions of all of them, with what they call in turn.
    pub instructions: f64,
}

impl Functions {
    /// Those of what callgrind has written.
    ///
    /// # Errors
    /// If the file cannot be read, or is none of callgrind's.
    pub fn read(file: &Path) -> Result<Self, Box<dyn Error>> {
        // Names of functions are not always UTF-8 where they were cut.
        let text = fs::read(file)?;
        Self::parse(&String::from_utf8_lossy(&text))
            .ok_or_else(|| format!("{} is not callgrind's", file.display()).into())
    }

    /// A call is three lines: `cfn=(7) path::of::function`, `calls=2 0`, and `12 3456`, which are a place and instructions.
    ///
    /// The name of a function stands only where it comes for the first time, be it called or calling.
    fn parse(text: &str) -> Option<Self> {
        let mut names = HashMap::new();
        let (mut functions, mut called, mut lines) = (Self::default(), "", text.lines());
        while let Some(line) = lines.next() {
            if let Some(name) = line
                .strip_prefix("fn=")
                .or_else(|| line.strip_prefix("cfn="))
            {
                let (id, name) = name.split_once(' ').unwrap_or((name, ""));
                let name = *names.entry(id).or_insert(name);
                if line.starts_with('c') {
                    called = name;
                }
            } else if let Some(calls) = line.strip_prefix("calls=") {
                let instructions = lines.next()?.split(' ').nth(1)?;
                let sum = functions.0.entry(called.to_owned()).or_default();
                sum.number += calls.split(' ').next()?.parse::<f64>().ok()?;
                sum.instructions += instructions.parse::<f64>().ok()?;
            }
        }
        Some(functions)
    }

    /// The calls of a function, told by its path. None if there were none.
    pub fn calls(&self, function: &str) -> Option<Calls> {
        self.0.get(function).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_calls_of_a_function() {
        let text = "\
            positions: line\nevents: Ir\n\n\
            fn=(1) main\n3 10\n\
            cfn=(2) a::yaml::parse\ncalls=2 0\n4 1200\n\
            cfn=(3) a::yaml::parse_all\ncalls=1 0\n4 5\n\n\
            fn=(3)\n9 1\ncfi=(8) b.rs\ncfn=(2)\ncalls=1 0\n+1 22\n\n\
            totals: 1234\n";
        let functions = Functions::parse(text).unwrap();
        let calls = Calls {
            number: 3.0,
            instructions: 1222.0,
        };
        assert_eq!(functions.calls("a::yaml::parse"), Some(calls));
        assert_eq!(functions.calls("a::yaml::lower"), None);
        assert_eq!(functions.calls("a::yaml::parse_all").unwrap().number, 1.0);
    }
}
