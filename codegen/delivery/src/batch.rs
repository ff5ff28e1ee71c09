//! Records on their way to a sink.

use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use eventc::{Event, Refusal, Timestamp, partition_path_into};
use uuid::Uuid;

/// Records of one producer, in the order of its log, borrowed from the buffer they were read into.
#[derive(Debug)]
pub struct Batch<'a> {
    producer: Uuid,
    to: u64,
    records: &'a [Record<'a>],
    buried: Mutex<Buried>,
}

/// Records that the sink keeps among dead letters of its own.
#[derive(Debug, Default)]
pub(crate) struct Buried {
    pub(crate) count: u64,
    /// Why the last one is.
    pub(crate) reason: Option<String>,
}

/// An event on its way to a sink.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    producer: Uuid,
    position: u64,
    event: &'a str,
    version: u32,
    accepted_at: Timestamp,
    partition: &'a str,
    json: &'a str,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(producer: Uuid, to: u64, records: &'a [Record<'a>]) -> Self {
        Batch {
            producer,
            to,
            records,
            buried: Mutex::default(),
        }
    }

    /// Whose log they are from: one id for each folder that a process spools to, the same at every start.
    #[must_use]
    pub fn producer(&self) -> Uuid {
        self.producer
    }

    /// The position after the batch: where the next one starts, or later. What a sink keeps that stores its own position.
    #[must_use]
    pub fn to(&self) -> u64 {
        self.to
    }

    /// The records, in the order of their positions. Those of one thread stand in the order it emitted them.
    #[must_use]
    pub fn records(&self) -> &'a [Record<'a>] {
        self.records
    }

    /// Says, from within [`write`](crate::Sink::write), that the store keeps one of the records among dead letters of its own,
    /// and why. Once `write` has returned `Ok`, it counts as [`dead`](crate::SinkHealth::dead), and not as delivered.
    pub fn bury(&self, reason: impl Into<String>) {
        let mut buried = self.buried.lock().unwrap_or_else(PoisonError::into_inner);
        buried.count += 1;
        buried.reason = Some(reason.into());
    }

    /// What was buried, which is said once.
    pub(crate) fn buried(&self) -> Buried {
        std::mem::take(&mut self.buried.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<'a> Record<'a> {
    /// Reads what the frame of the log holds that is at this position. `None` if it is no record.
    pub(crate) fn parse(producer: Uuid, position: u64, payload: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(payload).ok()?;
        let (head, json) = text.split_once('\n')?;
        // later versions may add fields after these four
        let mut fields = head.split('\t');
        Some(Record {
            producer,
            position,
            event: fields.next()?,
            version: fields.next()?.parse().ok()?,
            accepted_at: Timestamp::from_str(fields.next()?).ok()?,
            partition: fields.next()?,
            json: json.strip_suffix('\n')?,
        })
    }

    /// Whose log it is from.
    #[must_use]
    pub fn producer(&self) -> Uuid {
        self.producer
    }

    /// Where it is in the log of its producer; together with the producer it is the same for no other record, ever.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// An id for stores that drop what comes again: the same for this record whenever it comes, and for no other one. It is
    /// made of the producer and the position (UUID version 5), so two emits of one event have two.
    #[must_use]
    pub fn id(&self) -> Uuid {
        Uuid::new_v5(&self.producer, &self.position.to_be_bytes())
    }

    /// The name of the event: `backend.request.success`.
    #[must_use]
    pub fn event(&self) -> &'a str {
        self.event
    }

    /// The version of its fields, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// When it was given to the emitter, by the clock of the machine.
    #[must_use]
    pub fn accepted_at(&self) -> Timestamp {
        self.accepted_at
    }

    /// The folder of its partition, as [`eventc::partition_path`] gives it: `day=2026-11-23/region=eu`. Empty if it has none.
    #[must_use]
    pub fn partition(&self) -> &'a str {
        self.partition
    }

    /// The event as JSON: one object on one line, as [`eventc::encode`] gives it.
    #[must_use]
    pub fn json(&self) -> &'a str {
        self.json
    }

    /// The event itself.
    ///
    /// # Errors
    ///
    /// If it is another event, or one that this version of it cannot read.
    pub fn decode<E: Event>(&self) -> Result<E, Refusal> {
        eventc::decode(self.json.as_bytes())
    }
}

/// Writes what stands before the JSON in the payload of a frame. See the crate's page for the format.
pub(crate) fn write_head<E: Event>(event: &E, accepted_at: Timestamp, head: &mut String) {
    use std::fmt::Write as _;
    // a text takes everything
    let _ = write!(head, "{}\t{}\t{accepted_at}\t", E::NAME, E::VERSION);
    partition_path_into(event, head);
    head.push('\n');
}
