//! How far a producer's log is in the files: one small file, replaced whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use uuid::Uuid;

use super::open::{at, sync_folder};

/// The position, and the lengths that all open files had when it was reached.
#[derive(Debug, Default)]
pub(super) struct Checkpoint {
    /// None before the first batch.
    pub(super) position: Option<u64>,
    /// By the path below the folder, without `.open`.
    pub(super) open: BTreeMap<String, u64>,
}

/// The file it is in.
pub(super) fn path(folder: &Path, producer: Uuid) -> PathBuf {
    folder.join("_delivery").join(format!("{producer}.json"))
}

impl Checkpoint {
    /// Reads it. One that makes no sense is none: the spool then says where to go on.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        match fs::read(path) {
            Ok(text) => Ok(parse(&text).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Checkpoint::default()),
            Err(error) => Err(at(path, error)),
        }
    }

    /// Puts it in the place of the one before. With `sync`, it is also there after a failure of power.
    pub(super) fn write(&self, path: &Path, sync: bool) -> io::Result<()> {
        let text = json!({"position": self.position, "open": self.open}).to_string();
        let new = path.with_extension("new");
        let written = File::create(&new).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.write_all(b"\n")?;
            if sync {
                file.sync_all()?;
            }
            fs::rename(&new, path)
        });
        written.map_err(|error| at(path, error))?;
        if sync {
            sync_folder(path);
        }
        Ok(())
    }
}

fn parse(text: &[u8]) -> Option<Checkpoint> {
    let value: Value = serde_json::from_slice(text).ok()?;
    let open = value.get("open")?.as_object()?;
    let open = open
        .iter()
        .map(|(path, length)| Some((path.clone(), length.as_u64()?)));
    Some(Checkpoint {
        position: value.get("position")?.as_u64(),
        open: open.collect::<Option<_>>()?,
    })
}
