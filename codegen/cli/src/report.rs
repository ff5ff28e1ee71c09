//! What `check` and `build` say, in every format.

mod annotations;
mod lines;
mod sarif;

use clap::{Args, ValueEnum};
use eventc_compiler::{Diagnostic, Sources, Span, render_short};

use crate::failure::Failure;
use crate::schema::{Origin, Read};
use crate::terminal::{count, say};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: with the lines of the schema, to standard error.
    Text,
    /// One line for each problem: `file:line:column: error[E0101]: …`.
    Short,
    /// For programs: one JSON object for each problem, and one for the outcome.
    Json,
    /// SARIF 2.1.0, for code scanning; with paths from the repository's root.
    Sarif,
    /// Annotations of GitHub Actions; with paths from the repository's root.
    Github,
}

/// The option by which people choose it.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Written {
    /// How problems are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

impl Format {
    /// From where its readers name files.
    pub(crate) fn paths(self) -> Origin {
        match self {
            Self::Text | Self::Short | Self::Json => Origin::Here,
            Self::Sarif | Self::Github => Origin::Repository,
        }
    }
}

/// What became of a generated file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Written,
    Removed,
    OutOfDate,
    Stale,
}

impl State {
    /// Its name in formats for programs.
    fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Removed => "removed",
            Self::OutOfDate => "out_of_date",
            Self::Stale => "stale",
        }
    }

    /// What is wrong with a file in this state, if anything is.
    fn problem(self) -> Option<&'static str> {
        match self {
            Self::Written | Self::Removed => None,
            Self::OutOfDate => Some("out of date"),
            Self::Stale => Some("no longer produced"),
        }
    }
}

/// A generated file that is not as it was, or not as it should be.
#[derive(Debug)]
pub(crate) struct Generated {
    /// Its path, as messages name it.
    pub(crate) path: String,
    pub(crate) state: State,
}

/// What to do about generated files that are not what the schema says.
const REFRESH: &str =
    "run `eventc build`, or `cargo build` where a build script does it, and commit the result";

/// What a run found.
pub(crate) struct Report<'r> {
    pub(crate) read: &'r Read,
    /// The folder of what is generated, as messages name it; empty where it was not looked at.
    pub(crate) generated: String,
    /// Its files.
    pub(crate) files: Vec<Generated>,
    /// What is said to people if all is well.
    pub(crate) summary: String,
}

impl<'r> Report<'r> {
    /// A report on the schema alone.
    pub(crate) fn of(read: &'r Read) -> Self {
        Self {
            read,
            generated: String::new(),
            files: Vec::new(),
            summary: summary(read),
        }
    }

    /// Says it. What is left to say is for standard output.
    pub(crate) fn finish(&self, format: Format) -> Result<String, Failure> {
        let text = match format {
            Format::Text => return self.for_people(),
            Format::Short => self.short(),
            Format::Json => lines::written(self),
            Format::Sarif => sarif::written(self),
            Format::Github => annotations::written(self),
        };
        if !self.has_problems() {
            return Ok(text);
        }
        say(&text)?;
        Err(Failure::Problems(String::new()))
    }

    fn for_people(&self) -> Result<String, Failure> {
        self.read.remark_warnings();
        if self.read.compilation.catalog.is_none() {
            return Err(self.read.errors("the schema"));
        }
        let mut drift = String::new();
        for (path, problem) in self.drift() {
            drift.push_str(&format!("  {problem}: {path}\n"));
        }
        if drift.is_empty() {
            return Ok(self.summary.clone());
        }
        Err(Failure::Problems(format!(
            "error: {} is not what the schema says\n{drift}help: {REFRESH}",
            self.generated
        )))
    }

    fn short(&self) -> String {
        let mut text = String::new();
        for diagnostic in self.diagnostics() {
            text.push_str(&render_short(diagnostic, &self.read.sources));
            text.push('\n');
        }
        let compilation = &self.read.compilation;
        let others = compilation.error_count() - compilation.errors().count();
        if others > 0 {
            text.push_str(&format!("and {others} more\n"));
        }
        for (path, problem) in self.drift() {
            text.push_str(&format!("{path}: error: {problem}\n"));
        }
        text
    }

    fn diagnostics(&self) -> &'r [Diagnostic] {
        &self.read.compilation.diagnostics
    }

    /// The generated files that are not what the schema says, and why.
    fn drift(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let files = self.files.iter();
        files.filter_map(|file| Some((file.path.as_str(), file.state.problem()?)))
    }

    fn has_problems(&self) -> bool {
        self.read.compilation.catalog.is_none() || self.drift().next().is_some()
    }
}

/// `12 events in 3 files: no problems`, of a schema without errors.
pub(crate) fn summary(read: &Read) -> String {
    let Some(catalog) = &read.compilation.catalog else {
        return String::new();
    };
    // Without errors all that was found are warnings.
    let found = match read.compilation.diagnostics.len() {
        0 => "no problems".to_owned(),
        warnings => count(warnings, "warning"),
    };
    format!(
        "{} in {}: {found}",
        count(catalog.events.len(), "event"),
        count(read.sources.files().len(), "file")
    )
}

/// The path of the file that a span is in, as messages name it.
fn path(sources: &Sources, span: Span) -> String {
    sources.shown(&sources.file(span.file).path)
}
