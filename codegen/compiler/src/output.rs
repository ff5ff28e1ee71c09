//! Generated files on disk: compared, written where they differ, removed where they are no longer produced.
//!
//! This room and `source` are the only two that touch the disk.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::targets::{MARK, Output};

/// How the files of a folder differ from what they should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// Files that are missing or have other text, by their path below the folder.
    pub changed: Vec<String>,
    /// Files of ours that are no longer produced.
    pub stale: Vec<String>,
}

impl Drift {
    /// Whether the folder is as it should be.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Compares a folder with what it should hold. Line ends count as equal: a checkout may have made `\r\n` of them.
///
/// # Errors
/// Whatever the disk says, with the path it said it about.
pub fn drift(folder: &Path, outputs: &[Output]) -> io::Result<Drift> {
    let mut drift = Drift::default();
    for output in outputs {
        if !is_current(&folder.join(&output.path), &output.text)? {
            drift.changed.push(output.path.clone());
        }
    }
    let produced: BTreeSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    let mut ours = Vec::new();
    find_ours(folder, "", &mut ours)?;
    drift.stale = ours
        .into_iter()
        .filter(|path| !produced.contains(path.as_str()))
        .collect();
    Ok(drift)
}

/// Writes what differs and removes what is stale, and says which files that were.
///
/// All new texts are written beside their files first, and only when every one of them is on disk do
/// they take their places: a full disk or a lost right leaves the folder as it was.
///
/// # Errors
/// Whatever the disk says, with the path it said it about.
pub fn write(folder: &Path, outputs: &[Output]) -> io::Result<Drift> {
    let drift = drift(folder, outputs)?;
    let changed = outputs
        .iter()
        .filter(|output| drift.changed.contains(&output.path));
    let mut staged = Staged(Vec::new());
    for output in changed {
        let target = folder.join(&output.path);
        if is_strange(&target)? {
            let message = "this file was not written by eventc, and would be lost: move it away";
            return Err(at(&target, &io::Error::other(message)));
        }
        let parent = target.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| at(parent, &error))?;
        let mut name = target.file_name().unwrap_or_default().to_owned();
        // Two builds at once have two names; the last one to rename wins, with the same text.
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = parent.join(name);
        staged.0.push((temporary.clone(), target));
        fs::write(&temporary, &output.text).map_err(|error| at(&temporary, &error))?;
    }
    while let Some((temporary, target)) = staged.0.pop() {
        fs::rename(&temporary, &target).map_err(|error| {
            staged.0.push((temporary, target.clone()));
            at(&target, &error)
        })?;
    }
    for path in &drift.stale {
        let path = folder.join(path);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&path, &error)),
            _ => remove_empty_folders(folder, &path),
        }
    }
    Ok(drift)
}

/// New texts that have not taken their places; removed if they never do.
struct Staged(Vec<(PathBuf, PathBuf)>);

impl Drop for Staged {
    fn drop(&mut self) {
        for (temporary, _) in &self.0 {
            // It may never have been made; nothing more can be done about one that stays.
            let _ = fs::remove_file(temporary);
        }
    }
}

fn is_current(path: &Path, text: &str) -> io::Result<bool> {
    match fs::read(path) {
        Ok(found) if found == text.as_bytes() => Ok(true),
        Ok(found) => {
            Ok(found.contains(&b'\r')
                && String::from_utf8_lossy(&found).replace("\r\n", "\n") == text)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(at(path, &error)),
    }
}

/// Whether a file is there that does not say that it is ours. An empty one is nobody's.
fn is_strange(path: &Path) -> io::Result<bool> {
    match fs::read(path) {
        Ok(text) => Ok(!text.is_empty() && !is_ours(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(at(path, &error)),
    }
}

fn is_ours(text: &[u8]) -> bool {
    let head = text.get(..HEAD.min(text.len())).unwrap_or(&[]);
    String::from_utf8_lossy(head).contains(MARK)
}

/// The files below a folder that say in their first lines that they are ours.
fn find_ours(folder: &Path, prefix: &str, ours: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(folder, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| at(folder, &error))?;
        let (path, kind) = (
            entry.path(),
            entry
                .file_type()
                .map_err(|error| at(&entry.path(), &error))?,
        );
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        let relative = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}/{name}")
        };
        if kind.is_dir() {
            find_ours(&path, &relative, ours)?;
        } else if kind.is_file() {
            if is_ours(&fs::read(&path).map_err(|error| at(&path, &error))?) {
                ours.push(relative);
            }
        }
    }
    ours.sort();
    Ok(())
}

/// The mark stands within so many bytes.
const HEAD: usize = 1024;

fn remove_empty_folders(root: &Path, file: &Path) {
    let mut folder = file.parent();
    // The first one that holds something else ends it.
    while let Some(empty) =
        folder.filter(|&folder| folder != root && fs::remove_dir(folder).is_ok())
    {
        folder = empty.parent();
    }
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
