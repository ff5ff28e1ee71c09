//! Programs that not every machine has, and what is said where there are none.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Once;
use std::{env, io};

/// The program of this name in `PATH`.
#[must_use]
pub fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// Says once that what needs a program is left out, and how to get it; panics in CI (`CI` is set, and not `false`).
///
/// # Panics
///
/// In CI.
pub fn left_out(said: &Once, need: &str, how: &str) {
    let is_ci = env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false");
    assert!(!is_ci, "tests need {need}: {how}");
    // Not `eprintln!`: what that says is kept from those whose tests pass.
    said.call_once(|| {
        let _ = writeln!(io::stderr(), "skipped what needs {need}: {how}");
    });
}

/// What a program has to say, if it fails.
pub(crate) fn said(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(()),
        false => {
            Err(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
        }
    }
}
