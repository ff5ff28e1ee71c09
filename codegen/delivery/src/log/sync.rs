//! Which files still have to be forced to the disk.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Files that were written since they were last forced to the disk. The appender adds, the sync thread takes: so the one
/// that empties the memory never waits for a disk to have written.
#[derive(Default)]
pub(crate) struct Dirty(Mutex<Vec<(Arc<File>, Option<PathBuf>)>>);

impl Dirty {
    /// The file was written. With a folder, it is new there.
    pub(super) fn add(&self, file: &Arc<File>, folder: Option<PathBuf>) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match files.last_mut() {
            Some((last, of)) if Arc::ptr_eq(last, file) => {
                if folder.is_some() {
                    *of = folder;
                }
            }
            _ => files.push((Arc::clone(file), folder)),
        }
    }

    /// Forces them to the disk.
    pub(crate) fn sync(&self) -> std::io::Result<()> {
        let files = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for (file, folder) in files {
            file.sync_data()?;
            // a folder is no file everywhere; where it is, the new name in it is to last as well
            if let Some(folder) = folder.and_then(|folder| File::open(folder).ok()) {
                let _ = folder.sync_all();
            }
        }
        Ok(())
    }
}
