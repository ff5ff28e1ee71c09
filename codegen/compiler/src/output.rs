//! Generated files on disk: compared, written where they differ, removed where they are no longer produced.
//!
//! This room and `source` are the only two that touch the disk.

mod leftovers;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::targets::{MARK, Output, folders};

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
    drift.stale = find_ours(folder)?
        .into_iter()
        .filter(|path| !produced.contains(path.as_str()))
        .collect();
    Ok(drift)
}

/// Writes what differs and removes what is stale, and says which files that were.
///
/// All new texts are written beside their files first, and only when every one of them is on disk do
/// they take their places by rename: a full disk or a lost right leaves the folder as it was.
///
/// # Errors
/// Whatever the disk says, with the path it said it about.
pub fn write(folder: &Path, outputs: &[Output]) -> io::Result<Drift> {
    let drift = drift(folder, outputs)?;
    let changed: BTreeSet<&str> = drift.changed.iter().map(String::as_str).collect();
    let changed = outputs
        .iter()
        .filter(|output| changed.contains(output.path.as_str()));
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
        // Two writers at once have two names; the last one to rename wins, with the same text.
        let writer = WRITERS.fetch_add(1, Ordering::Relaxed);
        name.push(format!(".{}-{writer}{TEMPORARY}", std::process::id()));
        let temporary = parent.join(name);
        staged.0.push((temporary.clone(), target));
        fs::write(&temporary, &output.text).map_err(|error| at(&temporary, &error))?;
    }
    if let Some((new, _)) = staged.0.first() {
        leftovers::remove(folder, new);
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

/// Tells writers of one process apart.
static WRITERS: AtomicU64 = AtomicU64::new(0);

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
    let Some(mut file) = open(path)? else {
        return Ok(false);
    };
    let mut found = Vec::new();
    file.read_to_end(&mut found)
        .map_err(|error| at(path, &error))?;
    let is_same = found == text.as_bytes();
    Ok(is_same
        || (found.contains(&b'\r')
            && String::from_utf8_lossy(&found).replace("\r\n", "\n") == text))
}

/// The files of the targets' own folders that say in their first line that they are ours.
fn find_ours(folder: &Path) -> io::Result<Vec<String>> {
    let mut ours = Vec::new();
    for target in folders() {
        find_ours_in(&folder.join(target), target, &mut ours)?;
    }
    ours.sort();
    Ok(ours)
}

fn find_ours_in(folder: &Path, prefix: &str, ours: &mut Vec<String>) -> io::Result<()> {
    let Some(entries) = if_there(fs::read_dir(folder), folder)? else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.map_err(|error| at(folder, &error))?;
        let path = entry.path();
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.ends_with(TEMPORARY)) else {
            continue;
        };
        let relative = format!("{prefix}/{name}");
        // Another build may be at work: what was there a moment ago may be gone.
        let Some(kind) = if_there(entry.file_type(), &path)? else {
            continue;
        };
        if kind.is_dir() {
            find_ours_in(&path, &relative, ours)?;
        } else if kind.is_file() && head(&path)?.is_some_and(|head| is_ours(&head)) {
            ours.push(relative);
        }
    }
    Ok(())
}

/// Whether a file is there that does not say that it is ours. An empty one is nobody's.
fn is_strange(path: &Path) -> io::Result<bool> {
    Ok(head(path)?.is_some_and(|head| !head.is_empty() && !is_ours(&head)))
}

/// Whether the first line of a file has our mark.
fn is_ours(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(&[]);
    String::from_utf8_lossy(line).contains(MARK)
}

/// The beginning of a file; none if it is not there.
fn head(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let Some(file) = open(path)? else {
        return Ok(None);
    };
    let mut head = Vec::new();
    file.take(HEAD)
        .read_to_end(&mut head)
        .map_err(|error| at(path, &error))?;
    Ok(Some(head))
}

/// Opens a file, if it is there. Anything else that has its name is an error: to open a pipe is to wait for who writes into it.
fn open(path: &Path) -> io::Result<Option<fs::File>> {
    match if_there(fs::metadata(path), path)? {
        None => Ok(None),
        Some(metadata) if metadata.is_file() => if_there(fs::File::open(path), path),
        Some(_) => {
            let message =
                "this is no file, and has the name of one that is generated: move it away";
            Err(at(path, &io::Error::other(message)))
        }
    }
}

/// The first line is within so many bytes.
const HEAD: u64 = 1024;

/// How the names of texts end that have not taken their places.
const TEMPORARY: &str = ".tmp";

/// What the disk said, or none if it said that nothing is there.
fn if_there<T>(result: io::Result<T>, path: &Path) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, &error)),
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_writers_at_once_leave_a_whole_tree() {
        let folder = std::env::temp_dir().join(format!("eventc-output-{}", std::process::id()));
        let text =
            |name: &str| format!("// {MARK} from `schema`. Edit that, not this.\n// {name}\n");
        let outputs: Vec<Output> = (0..40)
            .map(|number| format!("rust/a_{number}.rs"))
            .map(|path| Output {
                text: text(&path),
                path,
            })
            .collect();
        for _ in 0..20 {
            let _ = fs::remove_dir_all(&folder);
            let stale = folder.join("rust/old.rs");
            fs::create_dir_all(folder.join("rust")).unwrap();
            fs::write(&stale, text("old")).unwrap();
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| write(&folder, &outputs).unwrap());
                }
            });
            assert_eq!(drift(&folder, &outputs).unwrap(), Drift::default());
            assert!(!stale.exists());
            assert_eq!(
                fs::read_dir(folder.join("rust")).unwrap().count(),
                outputs.len()
            );
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_of_somebody_else_is_never_lost() {
        let folder = std::env::temp_dir().join(format!("eventc-strange-{}", std::process::id()));
        fs::create_dir_all(folder.join("rust")).unwrap();
        fs::write(folder.join("rust/lib.rs"), "pub fn mine() {}\n").unwrap();
        let outputs = [Output {
            path: "rust/lib.rs".to_owned(),
            text: format!("// {MARK}\n"),
        }];
        let error = write(&folder, &outputs).unwrap_err().to_string();
        assert!(error.contains("was not written by eventc"), "{error}");
        assert_eq!(
            fs::read(folder.join("rust/lib.rs")).unwrap(),
            b"pub fn mine() {}\n"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
