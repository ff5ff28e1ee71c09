//! What the build script is told by cargo and by the person who runs it. Read here and nowhere else.

use std::env;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What may be done with generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write it.
    Write,
    /// Compare it, and fail if it differs.
    Check,
    /// Leave it alone.
    Never,
}

/// Where the build script runs.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    /// The folder of the crate.
    pub(crate) manifest: PathBuf,
    pub(crate) out_dir: PathBuf,
    pub(crate) mode: Mode,
    /// When the script began.
    pub(crate) start: SystemTime,
}

/// The variable that settles the mode.
pub(crate) const WRITE: &str = "EVENTC_WRITE";

impl Environment {
    pub(crate) fn of_this_process() -> io::Result<Self> {
        let folder = |name: &str| {
            let missing = || {
                io::Error::other(format!(
                    "`{name}` is not set: eventc-build runs in a build script"
                ))
            };
            env::var_os(name).map(PathBuf::from).ok_or_else(missing)
        };
        let is_ci = env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "0" | "false"));
        let mode = mode(env::var(WRITE).ok().as_deref(), is_ci)?;
        Ok(Self {
            manifest: folder("CARGO_MANIFEST_DIR")?,
            out_dir: folder("OUT_DIR")?,
            mode,
            start: SystemTime::now(),
        })
    }

    /// Dates files that were just written before the start of the script.
    ///
    /// Cargo watches them, so that a change by somebody else brings them up to date; our own change is no reason to run again.
    pub(crate) fn date_before_start(&self, files: impl Iterator<Item = PathBuf>) {
        let before = self.start - Duration::from_secs(2);
        for path in files {
            // Where it cannot be dated, the script runs once more than it must.
            let _ = File::options()
                .write(true)
                .open(path)
                .and_then(|file| file.set_modified(before));
        }
    }

    /// Whether this is a copy that cargo made: from a registry, of a repository, or for `cargo package`.
    pub(crate) fn is_packaged(&self) -> bool {
        let marks = ["Cargo.toml.orig", ".cargo-checksum.json", ".cargo-ok"];
        marks.iter().any(|mark| self.manifest.join(mark).exists())
    }

    /// The way from the workspace's root, where people stand, to the crate; with `/`.
    pub(crate) fn place_in_workspace(&self) -> String {
        let root = self
            .manifest
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file());
        let below = root
            .and_then(|root| self.manifest.strip_prefix(root).ok())
            .unwrap_or(Path::new(""));
        below.to_string_lossy().replace('\\', "/")
    }
}

/// The mode that `EVENTC_WRITE` and `CI` ask for.
fn mode(write: Option<&str>, ci: bool) -> io::Result<Mode> {
    match write {
        None | Some("auto" | "") => Ok(if ci { Mode::Check } else { Mode::Write }),
        Some("always") => Ok(Mode::Write),
        Some("never") => Ok(Mode::Never),
        Some(other) => Err(io::Error::other(format!(
            "{WRITE} is `{other}`; it may be `auto`, `always` or `never`"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ci_compares_and_a_checkout_writes() {
        assert_eq!(mode(None, true).unwrap(), Mode::Check);
        assert_eq!(mode(None, false).unwrap(), Mode::Write);
        assert_eq!(mode(Some("always"), true).unwrap(), Mode::Write);
        assert_eq!(mode(Some("never"), false).unwrap(), Mode::Never);
        assert!(mode(Some("yes"), false).is_err());
    }
}
