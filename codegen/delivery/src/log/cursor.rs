//! How far a sink is in a log: `<sink>.cursor`, the position and its checksum, 12 bytes that are written in place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

const LENGTH: usize = 12;

/// The file of one cursor. Writing it needs no room on disk, once it is there.
pub(crate) struct CursorFile(File);

impl CursorFile {
    /// Opens or makes it, and says what it holds. None if it is new, or holds nothing that makes sense.
    pub(crate) fn open(folder: &Path, sink: &str) -> io::Result<(Self, Option<u64>)> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(format!("{sink}.cursor")))?;
        let mut bytes = Vec::with_capacity(LENGTH);
        file.read_to_end(&mut bytes)?;
        Ok((CursorFile(file), read(&bytes)))
    }

    /// It survives the end of the process, but is not forced to the disk: after a power failure the sink is a little behind.
    pub(crate) fn save(&mut self, position: u64) -> io::Result<()> {
        let position = position.to_le_bytes();
        let mut bytes = [0; LENGTH];
        let (number, crc) = bytes.split_at_mut(position.len());
        number.copy_from_slice(&position);
        crc.copy_from_slice(&crc32fast::hash(&position).to_le_bytes());
        self.0.seek(SeekFrom::Start(0))?;
        self.0.write_all(&bytes)
    }
}

/// The positions of all cursors of a folder.
pub(super) fn all(folder: &Path) -> io::Result<Vec<u64>> {
    let mut positions = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "cursor")
        {
            positions.extend(read(&fs::read(path)?));
        }
    }
    Ok(positions)
}

fn read(bytes: &[u8]) -> Option<u64> {
    let (position, crc) = bytes.split_first_chunk::<8>()?;
    let crc = crc.first_chunk().copied().map(u32::from_le_bytes)?;
    (crc32fast::hash(position) == crc).then(|| u64::from_le_bytes(*position))
}
