//! `eventc fmt`: files into the one style, each on its own.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use eventc_compiler::{Code, Sources, Style, compile, render};
use similar::TextDiff;

use crate::failure::Failure;
use crate::format::format;
use crate::terminal::count;

/// Of a diff, as many lines are shown that go or come next to each other.
const MAX_RUN: usize = 6;

/// As many lines of a diff are shown of each file.
const MAX_DIFF: usize = 24;

/// What the compiler finds in a file that keeps it from being formatted, too; it says it better.
const UNREADABLE: &[Code] = &[
    Code::NotUtf8,
    Code::YamlSyntax,
    Code::Anchor,
    Code::Tag,
    Code::SeveralDocuments,
    Code::Tab,
    Code::Nesting,
    Code::Unclosed,
    Code::KeyNotText,
    Code::Directive,
];

/// Bring schema files into the one style; comments and meaning stay.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Files, and folders with all schema files in them.
    #[arg(default_value = "schema", value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// Write nothing; show what is not in the style, and fail if anything is.
    #[arg(long)]
    check: bool,
    /// Format what comes from standard input, to standard output: for editors.
    #[arg(long, conflicts_with = "paths")]
    stdin: bool,
}

/// What has become of the files so far.
#[derive(Default)]
struct Tally {
    files: usize,
    changed: usize,
    /// What is shown of the files that are not in the style.
    diffs: Vec<String>,
    /// What is wrong in files, and with them.
    problems: Vec<String>,
    trouble: Vec<String>,
}

impl Fmt {
    pub(super) fn run(&self) -> Result<String, Failure> {
        if self.stdin {
            return filter(self.check);
        }
        let mut tally = Tally::default();
        for path in &self.paths {
            match files_of(path) {
                Ok(files) => files.iter().for_each(|file| tally.take(file, self.check)),
                Err(trouble) => tally.trouble.push(trouble),
            }
        }
        tally.end(self.check)
    }
}

/// From standard input to standard output.
fn filter(check: bool) -> Result<String, Failure> {
    let name = "<stdin>";
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Trouble(format!("standard input: {error}")))?;
    let text = text_of(name, bytes).map_err(Failure::Problems)?;
    let formatted = formatted(name, &text).map_err(Failure::Problems)?;
    if check {
        return match text == formatted {
            true => Ok(String::new()),
            false => Err(Failure::Problems(diff(name, &text, &formatted))),
        };
    }
    io::stdout()
        .write_all(formatted.as_bytes())
        .map_err(|error| Failure::Trouble(format!("standard output: {error}")))?;
    Ok(String::new())
}

impl Tally {
    fn take(&mut self, path: &Path, check: bool) {
        self.files += 1;
        let name = &path.to_string_lossy().replace('\\', "/");
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.trouble.push(format!("{name}: {error}")),
        };
        let text = match text_of(name, bytes) {
            Ok(text) => text,
            Err(problem) => return self.problems.push(problem),
        };
        match formatted(name, &text) {
            Ok(formatted) if formatted == text => {}
            Ok(formatted) if check => {
                self.changed += 1;
                self.diffs.push(diff(name, &text, &formatted));
            }
            Ok(formatted) => match replace(path, &formatted) {
                Ok(()) => self.changed += 1,
                Err(error) => self.trouble.push(format!("{name}: {error}")),
            },
            Err(problem) => self.problems.push(problem),
        }
    }

    fn end(self, check: bool) -> Result<String, Failure> {
        let files = count(self.files, "file");
        let mut summary = Vec::new();
        if self.changed > 0 {
            let what = if check { "not formatted" } else { "formatted" };
            summary.push(format!("{} of {files} {what}", self.changed));
        }
        if !self.problems.is_empty() {
            let problems = self.problems.len();
            summary.push(match self.changed {
                0 => format!("{problems} of {files} cannot be formatted"),
                _ => format!("{problems} cannot be"),
            });
        }
        let is_well = self.problems.is_empty() && !(check && self.changed > 0);
        let mut said = self.diffs;
        said.extend(self.problems);
        if summary.is_empty() {
            said.push(format!("{files}: nothing to format"));
        } else {
            said.push(summary.join(", "));
        }
        let mut said = said.join("\n\n");
        if check && self.changed > 0 {
            said.push_str("\nhelp: run `eventc fmt`, and commit the result");
        }
        if !self.trouble.is_empty() {
            let trouble = self.trouble.join("\nerror: ");
            Err(Failure::Trouble(format!("{trouble}\n\n{said}")))
        } else if is_well {
            Ok(said)
        } else {
            Err(Failure::Problems(said))
        }
    }
}

/// The files that a path of the command line stands for.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, String> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Err(format!(
            "there is no `{}`\nhelp: name a file of the schema, or the folder that holds `catalog.yaml`",
            path.display()
        ));
    }
    let sources = Sources::read(path, "").map_err(|error| error.to_string())?;
    let files = sources.files().iter();
    Ok(files.map(|file| path.join(&file.path)).collect())
}

fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        explained(name, error.into_bytes(), at, "the file is not UTF-8")
    })
}

fn formatted(name: &str, text: &str) -> Result<String, String> {
    format(text).map_err(|error| explained(name, text.into(), error.offset, &error.reason))
}

/// Why a file was left as it is: in the words of the compiler, where it stumbles over the same.
fn explained(name: &str, bytes: Vec<u8>, offset: usize, reason: &str) -> String {
    let sources = Sources::one(name, bytes);
    let compilation = compile(&sources);
    let found: Vec<_> = compilation
        .errors()
        .filter(|diagnostic| UNREADABLE.contains(&diagnostic.code))
        .map(|diagnostic| render(diagnostic, &sources, Style::Colored))
        .collect();
    if !found.is_empty() {
        return found.join("\n\n");
    }
    let position = sources
        .files()
        .first()
        .map(|file| file.position(offset as u32));
    let place = position.map_or(name.to_owned(), |position| format!("{name}:{position}"));
    format!("error: {place}: {reason}")
}

/// What formatting would change, in a few lines.
fn diff(name: &str, text: &str, formatted: &str) -> String {
    let diff = TextDiff::from_lines(text, formatted);
    let unified = diff
        .unified_diff()
        .context_radius(1)
        .missing_newline_hint(false)
        .to_string();
    let lines: Vec<_> = unified.lines().collect();
    let mut shown = Vec::new();
    for run in lines.chunk_by(|one, other| one.get(..1) == other.get(..1)) {
        let (first, rest) = run.split_at(run.len().min(MAX_RUN));
        shown.extend(first.iter().map(|line| (*line).to_owned()));
        if !rest.is_empty() {
            shown.push(format!("… {} more", count(rest.len(), "line")));
        }
    }
    if shown.len() > MAX_DIFF {
        shown.truncate(MAX_DIFF);
        shown.push("… and more below".to_owned());
    }
    format!("{name} is not formatted\n{}", shown.join("\n"))
}

/// Puts a new text in the place of a file, whole or not at all; with the rights that it had, and where a link led.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = target.with_file_name(name);
    let written = fs::write(&temporary, text)
        .and_then(|()| fs::set_permissions(&temporary, fs::metadata(&target)?.permissions()))
        .and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}
