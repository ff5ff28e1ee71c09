//! Packages of npm, for tests that run programs made of them.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::{Mutex, PoisonError};

use crate::programs::said;

/// Installs the packages that `package-lock.json` in the folder `pinned` names, once, below the folder `target`: that of the test,
/// `CARGO_TARGET_TMPDIR`. What comes back has `node_modules`, and stays for the next time.
///
/// # Errors
///
/// Why not: there is no `node`, no `npm`, or nothing that it could load from.
pub fn install(pinned: &Path, target: &Path) -> Result<PathBuf, String> {
    // The tests of a process wait for the first of them.
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _installing = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    said(Command::new("node").arg("--version")).map_err(|_| "there is no `node`".to_owned())?;
    let says = |error: io::Error| error.to_string();
    let lock = fs::read(pinned.join("package-lock.json")).map_err(says)?;
    let mut hasher = DefaultHasher::new();
    lock.hash(&mut hasher);
    let home = target.join(format!("node-{:016x}", hasher.finish()));
    if home.join("node_modules").is_dir() {
        return Ok(home);
    }
    // Beside its place until it is whole: another process may be at it, too, and the first one to be ready has it.
    let fresh = target.join(format!("node-{}", process::id()));
    fs::create_dir_all(&fresh).map_err(says)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(pinned.join(name), fresh.join(name)).map_err(says)?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    let installed = said(command.current_dir(&fresh));
    if installed.is_ok() {
        let _ = fs::rename(&fresh, &home);
    }
    let _ = fs::remove_dir_all(&fresh);
    let short = |why: String| why.lines().next().unwrap_or_default().to_owned();
    installed.map_err(|why| format!("npm could not install its packages ({})", short(why)))?;
    Ok(home)
}
