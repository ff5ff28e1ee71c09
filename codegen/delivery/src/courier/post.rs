//! A sink, called so that nothing it does goes further, and what is known of it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use eventc::{Event, Timestamp};
use uuid::Uuid;

use crate::batch::{Batch, Buried, Record};
use crate::clock::Clock;
use crate::health::SinkHealth;
use crate::heartbeat::Heartbeat;
use crate::sink::{Fail, Pace, Store};

/// What is known of a sink, for whoever asks.
pub(crate) struct SinkState(Mutex<Known>);

struct Known {
    health: SinkHealth,
    /// When the first record was accepted that the sink is at.
    oldest: Option<Timestamp>,
}

impl SinkState {
    pub(crate) fn new(name: &str) -> Self {
        SinkState(Mutex::new(Known {
            health: SinkHealth {
                name: name.to_owned(),
                ..SinkHealth::default()
            },
            oldest: None,
        }))
    }

    /// What is known; how far it is, the logs know.
    pub(crate) fn health(&self, clock: &Clock) -> SinkHealth {
        let known = self.known();
        let mut health = known.health.clone();
        health.oldest_undelivered = known.oldest.map(|at| clock.since(at));
        health
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct Post {
    pub(crate) store: Box<dyn Store>,
    pub(crate) name: String,
    pub(crate) pace: Pace,
    pub(crate) state: Arc<SinkState>,
    pub(crate) clock: Clock,
}

/// What a sink made of a batch.
pub(super) enum Wrote {
    /// It has all of it, but not these.
    AllBut(Vec<(usize, String)>),
    /// All but this one can come again.
    Not(usize, String),
    /// As many of it can come again.
    Fewer(usize),
    /// All of it can come again, but not before so much time has passed.
    Nothing(Duration),
}

impl Post {
    /// Where the sink says it is; none if that is not known now.
    pub(super) fn position(&mut self, producer: Uuid) -> Option<Option<u64>> {
        let store = &mut self.store;
        match guarded(|| store.position(producer)) {
            Ok(Ok(position)) => {
                self.look();
                Some(position)
            }
            Ok(Err(reason)) => {
                self.failed(reason);
                None
            }
            Err(says) => {
                self.panicked(&says);
                None
            }
        }
    }

    /// Whether the sink is to be given it: what services emit meets what it asks for, and a heartbeat may not.
    pub(super) fn has_place_for(&self, record: &Record<'_>) -> bool {
        record.event() != Heartbeat::NAME || self.store.places_heartbeats()
    }

    pub(super) fn write(&mut self, batch: &Batch<'_>) -> Wrote {
        let oldest = batch.records().first().map(Record::accepted_at);
        self.state.known().oldest = oldest;
        let store = &mut self.store;
        let fail = match guarded(|| store.write(batch)) {
            Ok(Ok(())) => Fail::AllBut(Vec::new()),
            Ok(Err(fail)) => fail,
            Err(says) => {
                self.panicked(&says);
                return Wrote::Nothing(Duration::ZERO);
            }
        };
        let given = batch.records().len();
        match fail {
            Fail::AllBut(mut rejected) => {
                rejected.sort_by_key(|(index, _)| *index);
                rejected.dedup_by_key(|(index, _)| *index);
                match rejected.last() {
                    Some((index, reason)) if *index >= given => {
                        self.failed(no_record(*index, given, reason))
                    }
                    _ => {
                        let buried = batch.buried();
                        let stored = given - rejected.len();
                        self.delivered((stored as u64).saturating_sub(buried.count));
                        self.buried(buried);
                        self.look();
                        return Wrote::AllBut(rejected);
                    }
                }
            }
            Fail::Reject { index, reason } if index < given => return Wrote::Not(index, reason),
            Fail::Reject { index, reason } => self.failed(no_record(index, given, &reason)),
            Fail::RejectWhole(reason) if given == 1 => return Wrote::Not(0, reason),
            Fail::RejectWhole(reason) => {
                self.trouble(reason);
                return Wrote::Fewer(given / 2);
            }
            Fail::Fewer(most) if 0 < most && most < given => return Wrote::Fewer(most),
            Fail::Fewer(most) => {
                self.failed(format!("it was given {given} records, and asks for {most}"));
            }
            Fail::Retry(reason) => self.failed(reason),
            Fail::RetryAfter(pause, reason) => {
                self.failed(reason);
                return Wrote::Nothing(pause);
            }
        }
        Wrote::Nothing(Duration::ZERO)
    }

    /// Leaves the records that the sink wants, and counts the others from a position on. Whether the sink could say so.
    pub(super) fn choose(&mut self, records: &mut Vec<Record<'_>>, from: u64) -> bool {
        let store = &self.store;
        let choose = || {
            let mut skipped = 0;
            records.retain(|record| {
                let wants = store.wants(record);
                skipped += u64::from(!wants && record.position() >= from);
                wants
            });
            skipped
        };
        match guarded(choose) {
            Ok(skipped) => {
                self.state.known().health.skipped += skipped;
                true
            }
            Err(says) => {
                self.panicked(&says);
                false
            }
        }
    }

    pub(super) fn idle(&mut self) {
        let store = &mut self.store;
        match guarded(|| store.idle()) {
            Ok(Ok(())) => self.look(),
            Ok(Err(reason)) => self.trouble(reason),
            Err(says) => self.panicked(&says),
        }
    }

    pub(super) fn close(&mut self) {
        let store = &mut self.store;
        match guarded(|| store.close()) {
            Ok(Ok(())) => {}
            Ok(Err(reason)) => self.trouble(reason),
            Err(says) => self.panicked(&says),
        }
    }

    pub(super) fn delivered(&self, records: u64) {
        if records == 0 {
            return;
        }
        let now = self.clock.now();
        let mut known = self.state.known();
        known.health.delivered += records;
        known.health.last_success_at = Some(now);
    }

    /// A record was refused for good.
    pub(super) fn rejected(&self, reason: String, written: std::io::Result<()>) {
        let mut reason = reason;
        {
            let mut known = self.state.known();
            known.health.dead += 1;
            if written.is_err() {
                known.health.dead_unwritten += 1;
            }
        }
        if let Err(error) = written {
            reason = format!("{reason}; it is not among the dead letters: {error}");
        }
        self.trouble(reason);
    }

    /// Records that the store keeps among dead letters of its own.
    fn buried(&self, buried: Buried) {
        if let Some(reason) = buried.reason {
            self.state.known().health.dead += buried.count;
            self.trouble(reason);
        }
    }

    /// Takes over what the sink warns of.
    fn look(&mut self) {
        let store = &self.store;
        match guarded(|| store.warning()) {
            Ok(warning) => self.state.known().health.warning = warning,
            Err(says) => self.panicked(&says),
        }
    }

    pub(super) fn has_all(&self) {
        self.state.known().oldest = None;
    }

    pub(super) fn failed(&self, reason: String) {
        self.state.known().health.retries += 1;
        self.trouble(reason);
    }

    fn panicked(&self, says: &str) {
        self.state.known().health.panics += 1;
        self.failed(format!("it panicked: {says}"));
    }

    fn trouble(&self, reason: String) {
        let now = self.clock.now();
        let mut known = self.state.known();
        known.health.last_error = Some(reason);
        known.health.last_error_at = Some(now);
    }
}

fn no_record(index: usize, given: usize, reason: &str) -> String {
    format!("it rejects record {index} of {given}: {reason}")
}

/// Calls a sink. What it panics with comes back as text.
fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    // whatever is broken in the sink is the sink's, which is asked for its position before it is given more
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| text(&*panic))
}

fn text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "with something that is no text".to_owned())
}
