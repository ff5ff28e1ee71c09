//! The build script of a crate of events: compiles `schema/` into `generated/`.
//!
//! ```no_run
//! // In `fn main()` of build.rs:
//! eventc_build::compile();
//! ```
//!
//! The generated code is checked in, and refreshed in place where somebody works on it:
//!
//! | where | known by | what happens |
//! |---|---|---|
//! | the author's checkout | no `CI` in the environment | what differs is written, what is stale removed |
//! | CI | `CI` is set | a difference is an error; nothing is written |
//! | a packaged or vendored copy | cargo's own files in it | nothing is written; it compiles what it ships |
//!
//! `EVENTC_WRITE=always` writes in CI too, `EVENTC_WRITE=never` looks at nothing.
//!
//! A run over the same schema compiles nothing: what the last one came to is kept in `OUT_DIR`.
//!
//! A mistake in the schema does not fail the script, which would blind editors: the last good code
//! stays, and `eventc::schema!` in the crate raises the mistake as an ordinary compiler error.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod environment;
mod report;
mod stamp;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use environment::{Environment, Mode};
use eventc_compiler::{
    Output, Sources, Style, below_workspace, compile as compile_schema, emit, emit_inline, output,
    placeholder, render, render_short,
};
use report::{Report, error, warning};
use stamp::{Outcome, Stamp};

/// Compiles `schema/` into `generated/`, both beside the build script.
pub fn compile() {
    Config::new().compile();
}

/// Compiles a schema in a layout of one's own.
#[derive(Debug, Clone)]
#[must_use = "nothing happens until `compile` is called"]
pub struct Config {
    schema: PathBuf,
    generated: PathBuf,
    out_dir: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl Config {
    /// `schema/` into `generated/`.
    pub fn new() -> Self {
        Self {
            schema: "schema".into(),
            generated: "generated".into(),
            out_dir: false,
        }
    }

    /// Another folder for the schema, relative to the crate. The crate says `eventc::schema!("that/folder")`.
    pub fn schema(mut self, folder: impl Into<PathBuf>) -> Self {
        self.schema = folder.into();
        self
    }

    /// Another folder for what is generated, relative to the crate.
    pub fn generated(mut self, folder: impl Into<PathBuf>) -> Self {
        self.generated = folder.into();
        self
    }

    /// Writes all types into one file of cargo's `OUT_DIR` and checks nothing in. The crate takes it in with
    ///
    /// ```ignore
    /// include!(concat!(env!("OUT_DIR"), "/events.rs"));
    /// ```
    pub fn out_dir(mut self) -> Self {
        self.out_dir = true;
        self
    }

    /// Does it, and tells cargo what to watch and what went wrong.
    ///
    /// Mistakes in the schema are left for `eventc::schema!`; what is not a mistake in the schema
    /// (a missing folder, an unreadable file, generated code that CI finds out of date) fails the build in one line.
    pub fn compile(&self) {
        let report = match Environment::of_this_process() {
            Ok(environment) => self
                .run(&environment)
                .unwrap_or_else(|trouble| error(trouble.to_string())),
            Err(trouble) => error(trouble.to_string()),
        };
        report.print();
    }

    fn run(&self, environment: &Environment) -> io::Result<Report> {
        if environment.is_packaged() && !self.out_dir {
            return Ok(Report::default());
        }
        let folder = environment.manifest.join(&self.schema);
        let mut report = Report::watching(&folder);
        if !folder.is_dir() {
            let message = format!(
                "there is no folder `{}` to compile events from; make it, or name another with `Config::schema`",
                self.schema.display()
            );
            return Ok(report.and(error(message)));
        }
        let root = self.schema.to_string_lossy().replace('\\', "/");
        let sources =
            Sources::read(&folder, &root)?.shown_below(&below_workspace(&environment.manifest));
        let script = environment.script.as_deref();
        let stamp = Stamp::new(&environment.out_dir, script, self.out_dir);
        if let Some(known) = stamp.read(&sources)
            && self.is_generated(environment, &known.outputs)
        {
            leave_errors(environment, &[])?;
            let report = known.warnings.iter().map(warning).fold(report, Report::and);
            return Ok(report.and(self.watched(environment, &known.outputs)));
        }
        let compilation = compile_schema(&sources);
        let short = |diagnostic| render_short(diagnostic, &sources);
        let warnings: Vec<_> = compilation.warnings().map(short).collect();
        report = warnings.iter().map(warning).fold(report, Report::and);
        let (first, others) = compilation.first_errors();
        let mut errors: Vec<_> = first
            .map(|diagnostic| render(diagnostic, &sources, Style::Plain))
            .collect();
        if others > 0 {
            errors.push(more(others));
        }
        leave_errors(environment, &errors)?;
        let Some(catalog) = &compilation.catalog else {
            if self.raises_errors(environment, &root)? {
                return Ok(report);
            }
            // Nobody would hear of them otherwise.
            let (first, others) = compilation.first_errors();
            let report = first.map(short).map(error).fold(report, Report::and);
            return Ok(match others {
                0 => report,
                others => report.and(error(more(others))),
            });
        };
        let outputs = if self.out_dir {
            let text = out_dir_head(&root) + &emit_inline(catalog, &sources);
            let path = OUT_DIR_FILE.to_owned();
            vec![Output { path, text }]
        } else {
            emit(catalog, &sources)
        };
        drop(compilation);
        let report = report.and(self.refresh(environment, &outputs)?);
        stamp.write(&sources, &Outcome { warnings, outputs });
        Ok(report)
    }

    /// Brings what is generated up to date, or says that it is not.
    fn refresh(&self, environment: &Environment, outputs: &[Output]) -> io::Result<Report> {
        if self.out_dir {
            for output in outputs {
                write_if_changed(&environment.out_dir.join(&output.path), &output.text)?;
            }
            return Ok(Report::default());
        }
        let folder = environment.manifest.join(&self.generated);
        match environment.mode {
            Mode::Never => Ok(Report::default()),
            Mode::Check => {
                let drift = output::drift(&folder, outputs)?;
                if drift.is_empty() {
                    return Ok(Report::default());
                }
                let files: Vec<_> = drift
                    .changed
                    .iter()
                    .chain(&drift.stale)
                    .map(String::as_str)
                    .collect();
                Ok(error(format!(
                    "`{}` is not what the schema says ({}); run `cargo build` where `CI` is not set, and commit the result (`EVENTC_WRITE=always` writes here too)",
                    self.generated.display(),
                    files.join(", ")
                )))
            }
            Mode::Write => match output::write(&folder, outputs) {
                Ok(drift) => {
                    environment
                        .date_before_start(drift.changed.iter().map(|path| folder.join(path)));
                    Ok(self.watched(environment, outputs))
                }
                // A read-only copy compiles what it has; whoever changed the schema there is told.
                Err(trouble) => Ok(warning(format!(
                    "`{}` is out of date and cannot be written: {trouble}",
                    self.generated.display()
                ))),
            },
        }
    }

    /// Whether there is nothing to refresh. What cannot be read is for `refresh` to speak of.
    fn is_generated(&self, environment: &Environment, outputs: &[Output]) -> bool {
        if self.out_dir {
            return outputs
                .iter()
                .all(|output| is_same(&environment.out_dir.join(&output.path), &output.text));
        }
        let folder = environment.manifest.join(&self.generated);
        environment.mode == Mode::Never
            || output::drift(&folder, outputs).is_ok_and(|drift| drift.is_empty())
    }

    /// The generated files that are brought up to date when somebody changes them.
    fn watched(&self, environment: &Environment, outputs: &[Output]) -> Report {
        if self.out_dir || environment.mode != Mode::Write {
            return Report::default();
        }
        let folder = environment.manifest.join(&self.generated);
        Report::watching_files(outputs.iter().map(|output| folder.join(&output.path)))
    }

    /// Whether the crate has a place that raises the errors: the `schema!` of its last good code. A first build has none yet, and gets one.
    fn raises_errors(&self, environment: &Environment, root: &str) -> io::Result<bool> {
        let (path, text) = if self.out_dir {
            (environment.out_dir.join(OUT_DIR_FILE), out_dir_head(root))
        } else {
            let placeholder = placeholder(root);
            let generated = environment.manifest.join(&self.generated);
            (generated.join(placeholder.path), placeholder.text)
        };
        let found = fs::read_to_string(&path).unwrap_or_default();
        // Cargo wants `lib.rs` to be there before the first build, so people make an empty one.
        let is_first = found.trim().is_empty();
        if is_first && (self.out_dir || environment.mode == Mode::Write) {
            write_if_changed(&path, &text)?;
            return Ok(true);
        }
        Ok(found.contains("eventc::schema!"))
    }
}

/// What the file in `OUT_DIR` begins with, as a generated `lib.rs` does.
fn out_dir_head(root: &str) -> String {
    format!("::eventc::schema!({root:?});\npub use ::eventc::{{self, event, key}};\n")
}

/// The file that [`Config::out_dir`] writes.
const OUT_DIR_FILE: &str = "events.rs";

/// The file in which `eventc::schema!` finds what is wrong.
const ERRORS_FILE: &str = "eventc-errors.txt";

/// What is said of errors that are not drawn.
fn more(others: usize) -> String {
    format!("and {others} more problems in the schema")
}

/// The line between two errors.
const SEPARATOR: &str = "\n\u{1e}\n";

/// Leaves the errors where `eventc::schema!` finds them, or nothing if there are none.
fn leave_errors(environment: &Environment, errors: &[String]) -> io::Result<()> {
    let path = environment.out_dir.join(ERRORS_FILE);
    if !errors.is_empty() {
        return write_if_changed(&path, &errors.join(SEPARATOR));
    }
    match fs::remove_file(&path) {
        Err(trouble) if trouble.kind() != io::ErrorKind::NotFound => Err(trouble),
        _ => Ok(()),
    }
}

fn is_same(path: &Path, text: &str) -> bool {
    fs::read(path).is_ok_and(|found| found == text.as_bytes())
}

fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if is_same(path, text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
        .map_err(|trouble| io::Error::new(trouble.kind(), format!("{}: {trouble}", path.display())))
}

#[cfg(test)]
mod tests;
