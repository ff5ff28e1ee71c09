//! `eventc build`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use eventc_compiler::output::{self, Drift};
use eventc_compiler::{Catalog, Sources, emit};

use crate::failure::Failure;
use crate::report::{Generated, Report, State, Written};
use crate::schema::{Schema, shown};
use crate::terminal::count;

/// Write what is generated from the schema.
///
/// That is Rust, and what `targets` names. Only files that differ are written. Those that are no longer produced are removed; a file that eventc did not write is never
/// touched. In a crate with a build script, `cargo build` does the same.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    schema: Schema,
    /// Where generated files go; beside the schema if left out.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    generated: Option<PathBuf>,
    /// Write nothing; fail if a file is not as it should be.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    written: Written,
}

impl Build {
    pub(super) fn run(&self) -> Result<String, Failure> {
        let format = self.written.format;
        let read = self.schema.read(format.paths())?;
        let mut report = Report::of(&read);
        if let Some(catalog) = &read.compilation.catalog {
            self.write(catalog, &read.sources, &mut report)?;
        }
        report.finish(format)
    }

    /// Writes or compares the generated files.
    fn write(
        &self,
        catalog: &Catalog,
        sources: &Sources,
        report: &mut Report<'_>,
    ) -> Result<(), Failure> {
        let folder = self.schema.generated(self.generated.as_deref())?;
        let name = shown(&folder, self.written.format.paths());
        let outputs = emit(catalog, sources);
        let (found, changed, stale) = if self.check {
            let drift = output::drift(&folder, &outputs)?;
            report.summary = format!("{name} is what the schema says");
            (drift, State::OutOfDate, State::Stale)
        } else {
            let written = output::write(&folder, &outputs)?;
            report.summary = format!("{name}: {}", said(&written));
            (written, State::Written, State::Removed)
        };
        let file = |state: State| {
            let name = &name;
            move |path: &String| Generated {
                path: format!("{name}/{path}"),
                state,
            }
        };
        report.files.extend(found.changed.iter().map(file(changed)));
        report.files.extend(found.stale.iter().map(file(stale)));
        report.generated = name;
        Ok(())
    }
}

fn said(written: &Drift) -> String {
    let removed = if written.stale.is_empty() {
        String::new()
    } else {
        format!(", {} removed", count(written.stale.len(), "file"))
    };
    format!("{} written{removed}", count(written.changed.len(), "file"))
}
