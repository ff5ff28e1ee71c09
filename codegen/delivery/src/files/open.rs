//! A file that is being written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// One file of a partition, before it gets its name.
#[derive(Debug)]
pub(super) struct Open {
    file: File,
    pub(super) length: u64,
    pub(super) since: Instant,
    pub(super) last_written: Instant,
    is_synced: bool,
}

/// The name while it is written.
pub(super) fn open_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".open");
    PathBuf::from(name)
}

impl Open {
    /// Makes the file, empty.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| at(folder, error))?;
        }
        let path = open_path(path);
        let file = File::create(&path).map_err(|error| at(&path, error))?;
        let now = Instant::now();
        Ok(Open {
            file,
            length: 0,
            since: now,
            last_written: now,
            is_synced: true,
        })
    }

    pub(super) fn write(&mut self, lines: &[u8], path: &Path) -> io::Result<()> {
        self.is_synced = false;
        self.last_written = Instant::now();
        self.file
            .write_all(lines)
            .map_err(|error| at(path, error))?;
        self.length += lines.len() as u64;
        Ok(())
    }

    pub(super) fn sync(&mut self, path: &Path) -> io::Result<()> {
        if !self.is_synced {
            self.file.sync_data().map_err(|error| at(path, error))?;
            self.is_synced = true;
        }
        Ok(())
    }
}

/// Gives a file its name, with nothing in it beyond this length: all of it was there when the position was kept. One that is
/// not there has its name already, or was never made.
pub(super) fn close(path: &Path, length: u64) -> io::Result<()> {
    let open = open_path(path);
    let mut file = match OpenOptions::new().read(true).write(true).open(&open) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(&open, error)),
    };
    let closed = (|| {
        let found = file.metadata()?.len();
        // after a failure of power there may be less than was written, and half a line
        let length = match found < length {
            true => end_of_last_line(&mut file)?,
            false => length,
        };
        if length == 0 {
            return fs::remove_file(&open);
        }
        file.set_len(length)?;
        file.sync_all()?;
        fs::rename(&open, path)
    })();
    closed.map_err(|error| at(&open, error))?;
    sync_folder(path);
    Ok(())
}

/// The names in the folder of a file are to last as well. A folder is no file everywhere.
pub(super) fn sync_folder(path: &Path) {
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
}

/// Says of an error where it was.
pub(super) fn at(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn end_of_last_line(file: &mut File) -> io::Result<u64> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    let last = bytes.iter().rposition(|byte| *byte == b'\n');
    Ok(last.map_or(0, |at| at as u64 + 1))
}
