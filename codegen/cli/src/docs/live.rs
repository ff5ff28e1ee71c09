//! The pages as they are now, and waiting for others.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use eventc_compiler::{Json, Output};

/// What is served, from the thread that compiles to those that serve.
#[derive(Default)]
pub(crate) struct Live {
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    /// The files of the site by their paths: those of the last schema without an error.
    files: BTreeMap<String, String>,
    /// Which site of this run it is, from 1; 0 before the first.
    edition: u64,
    /// What is wrong with the schema since then.
    problems: Option<String>,
    /// Counts whatever changed.
    change: u64,
}

/// What a browser is told.
pub(super) struct News {
    /// To be handed back in order to wait for the next ones.
    pub(super) change: u64,
    /// `{"edition":2,"problems":null}`
    pub(super) message: String,
}

impl Live {
    /// Another site.
    pub(crate) fn show(&self, outputs: Vec<Output>) {
        let files = outputs.into_iter();
        let files = files.map(|output| (output.path, output.text)).collect();
        self.change(|now| {
            now.files = files;
            now.edition += 1;
            now.problems = None;
        });
    }

    /// The same site, and what is wrong with the schema by now.
    pub(crate) fn complain(&self, problems: String) {
        self.change(|now| now.problems = Some(problems));
    }

    fn change(&self, change: impl FnOnce(&mut Now)) {
        let mut now = self.lock();
        change(&mut now);
        now.change += 1;
        drop(now);
        self.changed.notify_all();
    }

    /// A file of the site, and which site that is.
    pub(super) fn file(&self, path: &str) -> (Option<String>, u64) {
        let now = self.lock();
        (now.files.get(path).cloned(), now.edition)
    }

    /// What there is to tell somebody who knows of `known` changes; none if nothing came up in time.
    pub(super) fn news(&self, known: u64, time: Duration) -> Option<News> {
        let is_known = |now: &mut Now| now.change == known;
        let waited = self.changed.wait_timeout_while(self.lock(), time, is_known);
        let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (now.change != known).then(|| News {
            change: now.change,
            message: message(&now),
        })
    }

    /// A thread that panicked left nothing half done: what is under the lock are assignments.
    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn message(now: &Now) -> String {
    let problems = now.problems.clone().map_or(Json::Null, Json::String);
    let members = [
        ("edition", Json::Number(now.edition.to_string())),
        ("problems", problems),
    ];
    let members = members.map(|(name, value)| (name.to_owned(), value));
    Json::Object(members.into()).to_string()
}
