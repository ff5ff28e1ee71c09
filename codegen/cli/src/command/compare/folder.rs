//! The folder of the sink `Files`: `event=…/day=…/….jsonl`.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::day::{Day, Days};
use super::found::{Found, Id, Kept};
use crate::failure::Failure;

pub(super) struct Folder {
    path: PathBuf,
    /// Files that are still written.
    unread: usize,
}

impl Folder {
    pub(super) fn open(path: PathBuf) -> Result<Self, Failure> {
        if !path.is_dir() {
            return Err(Failure::usage(
                format!("there is no folder `{}`", path.display()),
                "a store is the folder that `Files` writes to, with folders like `event=backend.request.success` in it, or `postgres://user@host/database`",
            ));
        }
        Ok(Folder { path, unread: 0 })
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    pub(super) fn unread(&self) -> usize {
        self.unread
    }

    pub(super) fn read(&mut self, event: &Kept<'_>, days: &Days) -> Result<Found, Failure> {
        let mut found = Found::new();
        let folder = self.path.join(format!("event={}", event.name));
        if folder.is_dir() {
            self.walk(&folder, event, days, &mut found)?;
        }
        Ok(found)
    }

    fn walk(
        &mut self,
        folder: &Path,
        event: &Kept<'_>,
        days: &Days,
        found: &mut Found,
    ) -> Result<(), Failure> {
        let trouble = |error| Failure::disk(folder, &error);
        for entry in fs::read_dir(folder).map_err(trouble)? {
            let path = entry.map_err(trouble)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if !is_another_day(&name, days) {
                    self.walk(&path, event, days, found)?;
                }
            } else if name.ends_with(".jsonl") {
                read(&path, event, days, found)?;
            } else if name.ends_with(".jsonl.open") {
                self.unread += 1;
            }
        }
        Ok(())
    }
}

/// Whether a folder holds nothing of these days.
fn is_another_day(folder: &str, days: &Days) -> bool {
    let day = folder.strip_prefix("day=").and_then(Day::of);
    day.is_some_and(|day| !days.contains(day))
}

fn read(path: &Path, event: &Kept<'_>, days: &Days, found: &mut Found) -> Result<(), Failure> {
    let mut lines = BufReader::new(File::open(path).map_err(|error| Failure::disk(path, &error))?);
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        if lines
            .read_line(&mut line)
            .map_err(|error| Failure::disk(path, &error))?
            == 0
        {
            break;
        }
        let Ok(members) = serde_json::from_str::<Map<String, Value>>(&line) else {
            return Err(Failure::usage(
                format!(
                    "{}:{number} is no event: each line is an object of JSON",
                    path.display()
                ),
                "was the file written by something else, or changed since?",
            ));
        };
        let member = |name: &str| match members.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
        };
        let day = event.time.and_then(member).and_then(|time| Day::of(&time));
        if day.is_none_or(|day| days.contains(day)) {
            let id = event.id.and_then(member);
            let id = id.map_or(Id::Unnamed, |id| Id::new(&id));
            found.entry(day).or_default().push(id);
        }
    }
    Ok(())
}
