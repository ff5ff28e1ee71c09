//! Texts of builds that were stopped before they could put them in their places.

use std::fs::{self, DirEntry};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::TEMPORARY;
use crate::targets::folders;

/// No build takes this long: what is so much older than a new text belongs to one that is no more.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// Removes what was left by others, as far as that is possible. The age is measured from a text that was just written,
/// by the clock of the disk that both are on.
pub(super) fn remove(folder: &Path, new: &Path) {
    if let Ok(now) = fs::metadata(new).and_then(|metadata| metadata.modified()) {
        for target in folders() {
            remove_in(&folder.join(target), now);
        }
    }
}

fn remove_in(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder {
            remove_in(&entry.path(), now);
        } else if is_left(&entry, now) {
            // Somebody else may have done it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_left(entry: &DirEntry, now: SystemTime) -> bool {
    let is_temporary = entry.file_name().to_string_lossy().ends_with(TEMPORARY);
    let written = entry.metadata().and_then(|metadata| metadata.modified());
    is_temporary
        && written.is_ok_and(|written| now.duration_since(written).is_ok_and(|age| age > LONGEST))
}
