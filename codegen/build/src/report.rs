//! What cargo is told.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::environment::WRITE;

/// Lines for cargo, in the words of its build-script protocol.
#[derive(Debug, Default, PartialEq, Eq)]
#[must_use]
pub(crate) struct Report(Vec<String>);

impl Report {
    /// Runs the script again when a file of the schema comes, goes or changes.
    pub(crate) fn watching(folder: &Path) -> Self {
        Self(vec![
            format!("cargo::rerun-if-changed={}", folder.display()),
            format!("cargo::rerun-if-env-changed={WRITE}"),
            "cargo::rerun-if-env-changed=CI".to_owned(),
        ])
    }

    /// Runs the script again when somebody edits or removes a generated file.
    pub(crate) fn watching_files(files: impl Iterator<Item = PathBuf>) -> Self {
        Self(
            files
                .map(|path| format!("cargo::rerun-if-changed={}", path.display()))
                .collect(),
        )
    }

    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(crate) fn print(&self) {
        let mut out = std::io::stdout().lock();
        for line in &self.0 {
            // Without its standard output a build script has nobody to tell.
            let _ = writeln!(out, "{line}");
        }
    }

    #[cfg(test)]
    pub(crate) fn lines(&self) -> &[String] {
        &self.0
    }
}

/// A line that fails the build.
pub(crate) fn error(message: impl AsRef<str>) -> Report {
    Report(vec![format!("cargo::error={}", one_line(message.as_ref()))])
}

/// A line that does not.
pub(crate) fn warning(message: impl AsRef<str>) -> Report {
    Report(vec![format!(
        "cargo::warning={}",
        one_line(message.as_ref())
    )])
}

/// A directive ends with its line.
fn one_line(message: &str) -> String {
    message.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}
