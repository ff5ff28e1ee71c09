//! The files of a schema, from the disk. Whatever stands there, it is read in a bounded time and memory, or said to be wrong.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::MAX_FILE_BYTES;

/// A schema may have this many files; with more, it is another folder that was meant.
const MAX_FILES: usize = 10_000;

/// All files of a schema together may hold this many bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The schema files below a folder: their paths relative to it, and their bytes. Of one that is too large only the beginning.
pub(super) fn read(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Found::default();
    found.look_into(folder, "")?;
    // In an order of their own, so that the same folder has the same error everywhere.
    found.files.sort();
    let mut bytes = 0;
    let mut files = Vec::with_capacity(found.files.len());
    for (name, path) in found.files {
        let text = read_file(&path)?;
        bytes += text.len();
        if bytes > MAX_BYTES {
            let message = format!(
                "the schema has more than the {MAX_BYTES} bytes that all its files together may have"
            );
            return Err(wrong(folder, &message));
        }
        files.push((name, text));
    }
    Ok(files)
}

/// The files that are called like schema files.
#[derive(Default)]
struct Found {
    files: Vec<(String, PathBuf)>,
    /// The folders around the one that is looked into.
    around: Vec<PathBuf>,
    /// How many folders were looked into: links can make many of a few.
    folders: usize,
}

impl Found {
    /// `prefix` is the folder's path below the schema's root, with `/` behind it.
    fn look_into(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        let real = fs::canonicalize(folder).map_err(|error| at(folder, &error))?;
        if self.around.contains(&real) {
            return Err(wrong(folder, "this link leads back to a folder above it"));
        }
        self.folders += 1;
        if self.folders > MAX_FILES {
            let message =
                format!("the schema has more than the {MAX_FILES} folders that it may have");
            return Err(wrong(folder, &message));
        }
        self.around.push(real);
        for entry in fs::read_dir(folder).map_err(|error| at(folder, &error))? {
            let entry = entry.map_err(|error| at(folder, &error))?;
            self.add(&entry.path(), &entry.file_name(), prefix)?;
        }
        self.around.pop();
        Ok(())
    }

    fn add(&mut self, path: &Path, name: &OsStr, prefix: &str) -> io::Result<()> {
        let shown = name.to_string_lossy();
        if shown.starts_with('.') {
            return Ok(());
        }
        let is_called_so = shown.ends_with(".yaml") || shown.ends_with(".yml");
        let is_folder = match fs::metadata(path) {
            Ok(metadata) => metadata.is_dir(),
            // What is not ours may be what it likes.
            Err(_) if !is_called_so => return Ok(()),
            Err(error) => return Err(at(path, &error)),
        };
        if !is_called_so && !is_folder {
            return Ok(());
        }
        if is_called_so && is_folder {
            let message = "this is a folder, and called like a schema file: rename it";
            return Err(wrong(path, message));
        }
        let Some(name) = name.to_str() else {
            return Err(wrong(path, "the name is not UTF-8: rename it"));
        };
        if is_folder {
            return self.look_into(path, &format!("{prefix}{name}/"));
        }
        if self.files.len() == MAX_FILES {
            let message = format!(
                "the schema has more than the {MAX_FILES} files that it may have; name the folder that holds `catalog.yaml`"
            );
            return Err(wrong(path, &message));
        }
        self.files
            .push((format!("{prefix}{name}"), path.to_owned()));
        Ok(())
    }
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // To open a pipe is to wait for who writes into it.
    let metadata = fs::metadata(path).map_err(|error| at(path, &error))?;
    if !metadata.is_file() {
        return Err(wrong(
            path,
            "this is no file that can be read, and called like a schema file: rename it",
        ));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| at(path, &error))?;
    Ok(bytes)
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn wrong(path: &Path, message: &str) -> io::Error {
    io::Error::other(format!("{}: {message}", path.display()))
}
