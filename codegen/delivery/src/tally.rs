//! How many events of each name were accepted and dropped, counted without waiting for anybody.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

use crate::dropped::Dropped;
use crate::health::EventCounts;

/// Slots of the table. The events of a catalog that one process emits are far fewer; those that find no slot are counted
/// together.
const SLOTS: usize = 1024;

/// How many slots are tried for a name.
const TRIES: usize = 64;

/// The name under which events are counted that found no slot.
const OTHERS: &str = "(others)";

pub(crate) struct Tally {
    slots: Box<[Slot]>,
    others: Counts,
    last_refusal: Mutex<Option<String>>,
}

#[derive(Default)]
struct Slot {
    name: OnceLock<&'static str>,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    accepted: AtomicU64,
    full: AtomicU64,
    too_large: AtomicU64,
    refused: AtomicU64,
    busy: AtomicU64,
    closed: AtomicU64,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Tally {
            slots: (0..SLOTS).map(|_| Slot::default()).collect(),
            others: Counts::default(),
            last_refusal: Mutex::new(None),
        }
    }

    /// Counts an event of this name.
    pub(crate) fn count(&self, name: &'static str, outcome: Result<(), &Dropped>) {
        let counts = self.counts(name);
        let counter = match outcome {
            Ok(()) => &counts.accepted,
            Err(Dropped::Full) => &counts.full,
            Err(Dropped::TooLarge) => &counts.too_large,
            Err(Dropped::Refused(refusal)) => {
                // whoever is late has the same to say
                if let Ok(mut last) = self.last_refusal.try_lock() {
                    *last = Some(format!("event `{name}`: {refusal}"));
                }
                &counts.refused
            }
            Err(Dropped::Busy) => &counts.busy,
            Err(Dropped::Closed) => &counts.closed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// What was counted, by name.
    pub(crate) fn events(&self) -> BTreeMap<&'static str, EventCounts> {
        let mut events = BTreeMap::new();
        let named = self
            .slots
            .iter()
            .filter_map(|slot| Some((*slot.name.get()?, &slot.counts)));
        for (name, counts) in named.chain([(OTHERS, &self.others)]) {
            let counts = counts.read();
            if counts != EventCounts::default() {
                events.insert(name, counts);
            }
        }
        events
    }

    pub(crate) fn last_refusal(&self) -> Option<String> {
        self.last_refusal.lock().ok()?.clone()
    }

    fn counts(&self, name: &'static str) -> &Counts {
        let first = hash(name) % SLOTS;
        for slot in self.slots.iter().cycle().skip(first).take(TRIES) {
            // another name may have taken it a moment ago
            if *slot.name.get_or_init(|| name) == name {
                return &slot.counts;
            }
        }
        &self.others
    }
}

impl Counts {
    fn read(&self) -> EventCounts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        EventCounts {
            accepted: read(&self.accepted),
            full: read(&self.full),
            too_large: read(&self.too_large),
            refused: read(&self.refused),
            busy: read(&self.busy),
            closed: read(&self.closed),
        }
    }
}

/// FNV-1a.
fn hash(name: &str) -> usize {
    let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    name.bytes().fold(0x811c_9dc5, fold) as usize
}
