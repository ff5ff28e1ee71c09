//! The command `eventc`: checks a schema and writes what is generated from it.
//!
//! It ends with 0 if all is well, 1 if there are problems in the schema, in `generated/` or in the database, and 2 if it
//! was used wrongly, or could not read or write a file, or reach the database.

#[cfg(feature = "postgres")]
mod postgres;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use eventc_compiler::{Compilation, Sources, Style, compile, emit, output, render};

/// Event definitions in YAML, compiled into types that cannot forget their partition fields.
#[derive(Debug, Parser)]
#[command(name = "eventc", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the schema and say what is wrong with it.
    Check(Schema),
    /// Write what is generated from the schema.
    Build {
        #[command(flatten)]
        schema: Schema,
        /// Where generated files go.
        ///
        /// Beside the schema if left out.
        #[arg(long, value_name = "FOLDER")]
        generated: Option<PathBuf>,
        /// Write nothing; fail if a file is not as it should be.
        #[arg(long)]
        check: bool,
    },
    /// Compare a PostgreSQL database with the schema, migrate it, look after its partitions.
    #[cfg(feature = "postgres")]
    #[command(subcommand)]
    Postgres(postgres::Command),
}

#[derive(Debug, Args)]
struct Schema {
    /// The folder of the schema: the one that holds `catalog.yaml`.
    #[arg(long, default_value = "schema", value_name = "FOLDER")]
    schema: PathBuf,
}

impl Schema {
    /// The folder, by a path that has its name: `.` has none.
    fn folder(&self) -> PathBuf {
        match self.schema.file_name() {
            Some(_) => self.schema.clone(),
            None => self
                .schema
                .canonicalize()
                .unwrap_or_else(|_| self.schema.clone()),
        }
    }

    fn generated(&self, given: Option<PathBuf>) -> PathBuf {
        given.unwrap_or_else(|| {
            self.folder()
                .parent()
                .unwrap_or(Path::new(""))
                .join("generated")
        })
    }
}

/// The folder of the crate that a schema belongs to, and the schema's path below it, which generated code cites.
///
/// Where there is no crate, code cites the schema's own name.
fn split(schema: &Path) -> (&Path, &Path) {
    let mut above = schema.ancestors().skip(1);
    let parent = schema.parent().unwrap_or(Path::new(""));
    let root = above
        .find(|folder| folder.join("Cargo.toml").is_file())
        .unwrap_or(parent);
    (root, schema.strip_prefix(root).unwrap_or(schema))
}

/// What is wrong, and whose mistake it is.
enum Failure {
    /// The schema, the generated files or the database: exit code 1.
    Problems(String),
    /// The way it was used, the disk or the network: exit code 2.
    Trouble(String),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Check(schema) => check(&schema),
        Command::Build {
            schema,
            generated,
            check: true,
        } => drift(&schema, &schema.generated(generated)),
        Command::Build {
            schema,
            generated,
            check: false,
        } => build(&schema, &schema.generated(generated)),
        #[cfg(feature = "postgres")]
        Command::Postgres(command) => postgres::run(&command),
    };
    let (code, text) = match result {
        Ok(text) => {
            if !text.is_empty() {
                let _ = writeln!(anstream::stdout(), "{text}");
            }
            return ExitCode::SUCCESS;
        }
        Err(Failure::Problems(text)) => (1, text),
        Err(Failure::Trouble(text)) => (2, format!("error: {text}")),
    };
    if !text.is_empty() {
        let _ = writeln!(anstream::stderr(), "{text}");
    }
    ExitCode::from(code)
}

fn check(schema: &Schema) -> Result<String, Failure> {
    let (sources, compilation) = read(schema)?;
    let Some(catalog) = &compilation.catalog else {
        return Err(summary(&compilation, &sources));
    };
    let (events, files) = (catalog.events.len(), sources.files().len());
    // Without errors all that was found are warnings.
    let found = match compilation.diagnostics.len() {
        0 => "no problems".to_owned(),
        warnings => count(warnings, "warning"),
    };
    Ok(format!(
        "{} in {}: {found}",
        count(events, "event"),
        count(files, "file")
    ))
}

fn build(schema: &Schema, generated: &Path) -> Result<String, Failure> {
    let (sources, compilation) = read(schema)?;
    let Some(catalog) = &compilation.catalog else {
        return Err(summary(&compilation, &sources));
    };
    let written = output::write(generated, &emit(catalog, &sources))
        .map_err(|error| Failure::Trouble(error.to_string()))?;
    let removed = if written.stale.is_empty() {
        String::new()
    } else {
        format!(", {} removed", count(written.stale.len(), "file"))
    };
    Ok(format!(
        "{}: {} written{removed}",
        generated.display(),
        count(written.changed.len(), "file")
    ))
}

fn drift(schema: &Schema, generated: &Path) -> Result<String, Failure> {
    let (sources, compilation) = read(schema)?;
    let Some(catalog) = &compilation.catalog else {
        return Err(summary(&compilation, &sources));
    };
    let drift = output::drift(generated, &emit(catalog, &sources))
        .map_err(|error| Failure::Trouble(error.to_string()))?;
    if drift.is_empty() {
        return Ok(format!("{} is what the schema says", generated.display()));
    }
    let mut text = format!(
        "error: {} is not what the schema says\n",
        generated.display()
    );
    for path in &drift.changed {
        text.push_str(&format!("  out of date: {path}\n"));
    }
    for path in &drift.stale {
        text.push_str(&format!("  no longer produced: {path}\n"));
    }
    text.push_str("help: run `eventc build`, or `cargo build` where a build script does it, and commit the result");
    Err(Failure::Problems(text))
}

/// Reads and compiles a schema; warnings are printed at once.
fn read(schema: &Schema) -> Result<(Sources, Compilation), Failure> {
    let folder = &schema.folder();
    if !folder.is_dir() {
        let message = format!(
            "there is no folder `{}`\nhelp: name the one that holds `catalog.yaml` with `--schema`",
            folder.display()
        );
        return Err(Failure::Trouble(message));
    }
    let (prefix, root) = split(folder);
    let slashes = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let sources = Sources::read(folder, slashes(root).trim_end_matches('/'))
        .map_err(|error| Failure::Trouble(error.to_string()))?
        .shown_below(&slashes(prefix));
    let compilation = compile(&sources);
    for diagnostic in compilation.warnings() {
        let _ = writeln!(
            anstream::stderr(),
            "{}\n",
            render(diagnostic, &sources, Style::Colored)
        );
    }
    Ok((sources, compilation))
}

/// Every error, and how many there are.
fn summary(compilation: &Compilation, sources: &Sources) -> Failure {
    let (first, others) = compilation.first_errors();
    let mut rendered: Vec<_> = first
        .map(|diagnostic| render(diagnostic, sources, Style::Colored))
        .collect();
    let total = count(rendered.len() + others, "problem");
    if others > 0 {
        rendered.push(format!("and {others} more"));
    }
    Failure::Problems(format!(
        "{}\n\n{total} in the schema; nothing was written",
        rendered.join("\n\n")
    ))
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
