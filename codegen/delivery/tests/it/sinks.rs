//! Sinks that do what a test wants.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use eventc_delivery::{Any, Batch, Fail, Sink};

/// What a sink is to do with the next batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mood {
    Well,
    Down,
    Panics,
    Hangs,
}

/// The test's hand on a sink.
#[derive(Clone)]
pub(crate) struct Remote(Arc<Inner>);

struct Inner {
    mood: Mutex<Mood>,
    changed: Condvar,
    stored: Mutex<Vec<String>>,
    rejects: Mutex<Vec<String>>,
    largest: AtomicU64,
    closed: AtomicBool,
    calls: AtomicU64,
}

/// Stores what it is given in memory, when it is in the mood.
pub(crate) struct Moody(&'static str, Remote);

impl Remote {
    pub(crate) fn new(mood: Mood) -> Self {
        Remote(Arc::new(Inner {
            mood: Mutex::new(mood),
            changed: Condvar::new(),
            stored: Mutex::default(),
            rejects: Mutex::default(),
            largest: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            calls: AtomicU64::new(0),
        }))
    }

    pub(crate) fn sink(&self, name: &'static str) -> Moody {
        Moody(name, self.clone())
    }

    pub(crate) fn set(&self, mood: Mood) {
        *self.0.mood.lock().unwrap() = mood;
        self.0.changed.notify_all();
    }

    /// Rejects every event whose JSON has this in it.
    pub(crate) fn reject(&self, text: &str) {
        self.0.rejects.lock().unwrap().push(text.to_owned());
    }

    pub(crate) fn stored(&self) -> Vec<String> {
        self.0.stored.lock().unwrap().clone()
    }

    pub(crate) fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::SeqCst)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.0.closed.load(Ordering::SeqCst)
    }

    /// The `number` of each event that is stored.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        let number = |json: &String| {
            let event: super::event::Counted = eventc::decode(json.as_bytes()).unwrap();
            event.number
        };
        self.stored().iter().map(number).collect()
    }
}

impl Sink for Moody {
    type Requires = Any;

    fn name(&self) -> &str {
        self.0
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let inner = &self.1.0;
        inner.calls.fetch_add(1, Ordering::SeqCst);
        let mut mood = inner.mood.lock().unwrap();
        while *mood == Mood::Hangs {
            mood = inner.changed.wait(mood).unwrap();
        }
        let now = *mood;
        drop(mood);
        match now {
            Mood::Down => return Err(Fail::Retry("the store is down".to_owned())),
            Mood::Panics => panic!("the sink has a mistake"),
            Mood::Well | Mood::Hangs => {}
        }
        for (index, record) in batch.records().iter().enumerate() {
            let rejects = inner.rejects.lock().unwrap();
            if let Some(text) = rejects.iter().find(|text| record.json().contains(*text)) {
                return Err(Fail::Reject {
                    index,
                    reason: format!("it has {text} in it"),
                });
            }
        }
        inner
            .largest
            .fetch_max(batch.records().len() as u64, Ordering::SeqCst);
        let mut stored = inner.stored.lock().unwrap();
        stored.extend(
            batch
                .records()
                .iter()
                .map(|record| record.json().to_owned()),
        );
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        self.1.0.closed.store(true, Ordering::SeqCst);
        Ok(())
    }
}

/// Waits until it is so; ten seconds are far too long.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(10), "never: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}
