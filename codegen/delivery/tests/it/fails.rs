//! What follows from each kind of failure that a sink may report.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use eventc_delivery::{Any, Batch, Emitter, Fail, Pace, Record, Sink, SinkHealth};

use crate::event::{Folder, counted};
use crate::sinks::wait_until;

/// A number that the sink cannot be asked about.
const UNWANTED: u64 = 299;

type Write = Box<dyn FnMut(&[u64]) -> Result<(), Fail> + Send>;

/// Asks a test what to say of the numbers in a batch.
struct Says {
    write: Write,
    sizes: Arc<Mutex<Vec<usize>>>,
}

impl Sink for Says {
    type Requires = Any;

    fn name(&self) -> &str {
        "says"
    }

    fn pace(&self) -> Pace {
        Pace {
            most: 100,
            ..Pace::default()
        }
    }

    fn wants(&self, record: &Record<'_>) -> bool {
        let number = format!("\"number\":{UNWANTED},");
        assert!(!record.json().contains(&number), "it is not wanted");
        true
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let number = |record: &Record<'_>| record.decode::<crate::event::Counted>().unwrap().number;
        let numbers: Vec<_> = batch.records().iter().map(number).collect();
        self.sizes.lock().unwrap().push(numbers.len());
        (self.write)(&numbers)
    }
}

fn start(folder: &Folder, sink: Says) -> Emitter {
    folder
        .emitter()
        .sink(sink)
        .append_every(Duration::from_secs(60))
        .backoff(Duration::from_millis(2), Duration::from_millis(10))
        .drain_for(Duration::ZERO)
        .start()
        .unwrap()
}

/// How the sink is after it was given so many events, and how large its batches were.
fn after(
    count: u64,
    write: impl FnMut(&[u64]) -> Result<(), Fail> + Send + 'static,
) -> (SinkHealth, Vec<usize>) {
    let folder = Folder::new("fails");
    let sizes = Arc::default();
    let sink = Says {
        write: Box::new(write),
        sizes: Arc::clone(&sizes),
    };
    let emitter = start(&folder, sink);
    // it looks once when it starts, and then not before there is a flush
    std::thread::sleep(Duration::from_millis(20));
    for number in 0..count {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(10)).is_complete());
    let health = emitter.health().sinks[0].clone();
    drop(emitter);
    let sizes = sizes.lock().unwrap().clone();
    (health, sizes)
}

fn counts(health: &SinkHealth) -> (u64, u64, u64) {
    (health.delivered, health.dead, health.retries)
}

#[test]
fn a_batch_has_as_many_as_the_sink_asks_for() {
    let (health, sizes) = after(250, |_| Ok(()));
    assert_eq!((counts(&health), sizes), ((250, 0, 0), vec![100, 100, 50]));

    let few = |numbers: &[u64]| match numbers.len() > 30 {
        true => Err(Fail::Fewer(30)),
        false => Ok(()),
    };
    let (health, sizes) = after(100, few);
    assert_eq!(counts(&health), (100, 0, 0));
    assert_eq!(sizes, [100, 30, 60, 30, 40, 30, 10]);
    assert_eq!(health.last_error, None);
}

#[test]
fn all_but_some_are_stored() {
    let odd = |numbers: &[u64]| {
        let odd = numbers
            .iter()
            .enumerate()
            .filter(|(_, number)| *number % 2 == 1);
        let rejected = odd.map(|(index, number)| (index, format!("{number} is odd")));
        // the order does not matter, and nor does it to say it twice
        let rejected = rejected.clone().rev().chain(rejected);
        Err(Fail::AllBut(rejected.collect()))
    };
    let (health, sizes) = after(100, odd);
    assert_eq!((counts(&health), sizes), ((50, 50, 0), vec![100]));
    assert_eq!(health.last_error.as_deref(), Some("99 is odd"));
}

#[test]
fn what_no_batch_has_is_a_mistake_of_the_sink_and_loses_nothing() {
    let mut mistakes = vec![
        Fail::AllBut(vec![(0, "first".to_owned()), (10, "none".to_owned())]),
        Fail::Reject {
            index: 10,
            reason: "none".to_owned(),
        },
        Fail::Fewer(0),
        Fail::Fewer(10),
    ];
    let said = Arc::new(Mutex::new(0));
    let count = Arc::clone(&said);
    let (health, _) = after(10, move |_| match mistakes.pop() {
        Some(mistake) => {
            *count.lock().unwrap() += 1;
            Err(mistake)
        }
        None => Ok(()),
    });
    assert_eq!((counts(&health), *said.lock().unwrap()), ((10, 0, 4), 4));
    assert_eq!(
        health.last_error.as_deref(),
        Some("it rejects record 10 of 10: none")
    );
}

#[test]
fn a_pause_that_the_store_asks_for_is_kept() {
    let mut is_first = true;
    let started = std::time::Instant::now();
    let (health, sizes) = after(1, move |_| match std::mem::take(&mut is_first) {
        true => Err(Fail::RetryAfter(
            Duration::from_millis(300),
            "closed".to_owned(),
        )),
        false => Ok(()),
    });
    assert!(started.elapsed() >= Duration::from_millis(300));
    assert_eq!((counts(&health), sizes.len()), ((1, 0, 1), 2));
}

#[test]
fn a_sink_that_panics_when_it_is_asked_is_tried_again() {
    let folder = Folder::new("asked");
    let sink = Says {
        write: Box::new(|_| Ok(())),
        sizes: Arc::default(),
    };
    let emitter = start(&folder, sink);
    emitter.emit(counted(0, UNWANTED));
    emitter.flush(Duration::from_millis(10));
    wait_until("it is tried again", || emitter.health().sinks[0].panics > 1);
    let health = &emitter.health().sinks[0];
    assert_eq!((health.delivered, health.skipped), (0, 0));
    assert_eq!(
        health.last_error.as_deref(),
        Some("it panicked: it is not wanted")
    );
}
