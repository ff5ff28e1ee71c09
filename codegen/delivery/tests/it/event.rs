//! The event of these tests, and where it ends up.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use eventc::{Event, Key, Timestamp, event};
use eventc_delivery::{Builder, Emitter};

/// A number was counted by a thread.
#[derive(Event)]
#[event(name = "test.counted", version = 1, partition = [day(at), lane])]
pub(crate) struct Counted {
    pub(crate) at: Key<Timestamp>,
    pub(crate) lane: Key<u64>,
    pub(crate) thread: u32,
    pub(crate) number: u64,
    pub(crate) filling: String,
}

/// Something without a partition.
#[derive(Event)]
#[event(name = "test.noted", version = 2, partition = none)]
pub(crate) struct Noted {
    pub(crate) weight: f64,
}

/// The number in three lanes, so in three files.
pub(crate) fn counted(thread: u32, number: u64) -> Counted {
    event!(Counted {
        at: Key::<Timestamp>::now(),
        lane: Key::new(number % 3 + 1).unwrap(),
        thread,
        number,
        filling: "of no importance, but of some length".to_owned(),
    })
}

/// A folder for a test, gone with it if that goes well.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("eventc-delivery-{name}-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// An emitter that spools here, and says nothing of itself.
    pub(crate) fn emitter(&self) -> Builder {
        emitter_in(&self.0)
    }

    /// Waits until the slot of an emitter that has ended is free: under load its threads take a while to notice, and one whose
    /// sink hangs is there until that comes back. A process that ended has none.
    pub(crate) fn wait_until_free(&self) {
        let lock = fs::File::open(self.join("spool/0/lock")).unwrap();
        crate::sinks::wait_until("the slot is free", || lock.try_lock().is_ok());
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

/// An emitter that spools in a folder, and says nothing of itself.
pub(crate) fn emitter_in(folder: &Path) -> Builder {
    Emitter::builder()
        .without_heartbeat()
        .spool(folder.join("spool"))
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

/// All files below a folder whose names end so, sorted.
pub(crate) fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_str().unwrap().ends_with(end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The events in the closed files of a folder. Each must be whole, and stand in the folder of its partition.
pub(crate) fn read(folder: &Path) -> Vec<Counted> {
    let mut events = Vec::new();
    for path in files(folder, ".jsonl") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.ends_with('\n'), "{} is torn", path.display());
        for line in text.lines() {
            let event: Counted = eventc::decode(line.as_bytes())
                .unwrap_or_else(|refusal| panic!("{}: {refusal}: {line}", path.display()));
            let partition = format!("event=test.counted/{}", eventc::partition_path(&event));
            assert!(path.parent().unwrap().ends_with(partition));
            events.push(event);
        }
    }
    events
}

/// The numbers by thread; in the order of the files' positions where one lane is looked at.
pub(crate) fn numbers(events: &[Counted]) -> BTreeMap<u32, Vec<u64>> {
    let mut numbers: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
    for event in events {
        numbers.entry(event.thread).or_default().push(event.number);
    }
    numbers
}
