//! Where the programs of PostgreSQL are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs::in_path;

/// Folders of versions, where a system keeps programs that are not in `PATH`.
const FOLDERS: [(&str, &str); 3] = [
    ("/usr/lib/postgresql", ""),
    ("/opt/homebrew/opt", "postgresql"),
    ("/usr/local", "pgsql"),
];

/// The programs of one version.
#[derive(Clone)]
pub(super) struct Programs {
    /// None where only those of a client are needed, by their names.
    folder: Option<PathBuf>,
}

impl Programs {
    /// Those in `PATH`, or else the newest.
    pub(super) fn find(least: u32) -> Option<Self> {
        let is_new = |folder: &PathBuf| version(folder).is_some_and(|version| version >= least);
        // What is in `PATH` may be a link, and the other programs are where it leads.
        let linked = in_path("initdb").and_then(|path| fs::canonicalize(path).ok());
        let linked = linked.and_then(|path| path.parent().map(Path::to_path_buf));
        let newest = || {
            let folders = FOLDERS
                .iter()
                .flat_map(|(folder, name)| below(folder, name));
            folders.filter(is_new).max_by_key(|folder| version(folder))
        };
        let folder = linked.filter(is_new).or_else(newest)?;
        Some(Programs {
            folder: Some(folder),
        })
    }

    /// Those of a client in `PATH`, or else the newest that there are.
    pub(super) fn of_client() -> Self {
        let is_in_path = in_path("psql").is_some();
        let found = if is_in_path { None } else { Programs::find(0) };
        found.unwrap_or(Programs { folder: None })
    }

    /// A program by its name; one that is not where the others are is in `PATH`.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        let beside = self.folder.as_ref().map(|folder| folder.join(name));
        beside
            .filter(|path| path.exists())
            .unwrap_or_else(|| PathBuf::from(name))
    }
}

/// The folders of programs in those below a folder that have such a name.
fn below(folder: &str, name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(name));
    named.map(|entry| entry.path().join("bin")).collect()
}

/// 15 of `initdb (PostgreSQL) 15.8`
fn version(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("initdb"))
        .arg("--version")
        .output();
    let says = String::from_utf8(output.ok()?.stdout).ok()?;
    let number = says.split_once(") ")?.1;
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}
