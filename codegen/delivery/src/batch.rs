//! Records on their way to a sink.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use eventc::{Event, Refusal, Timestamp, partition_path_into, percent_encode_into};
use percent_encoding::percent_decode_str;
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
    /// Percent-encoded, as the next one is.
    key: Option<&'a str>,
    id: Option<&'a str>,
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
        // earlier versions wrote the first four, later ones may add more
        let mut fields = head.split('\t');
        let known = |field: Option<&'a str>| field.filter(|field| !field.is_empty());
        Some(Record {
            producer,
            position,
            event: fields.next()?,
            version: fields.next()?.parse().ok()?,
            accepted_at: Timestamp::from_str(fields.next()?).ok()?,
            partition: fields.next()?,
            key: known(fields.next()),
            id: known(fields.next()),
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

    /// A name for stores that drop what comes again: the same for this record whenever it comes, and for no other one. It is
    /// made of the producer and the position (UUID version 5), so two emits of one event have two.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
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

    /// The value of its key, as [`eventc::Event::key`] gives it: events of the same key stay in order. `None` if it has no key,
    /// and in a record that an earlier version of this crate has left.
    #[must_use]
    pub fn key(&self) -> Option<Cow<'a, str>> {
        self.key.map(decoded)
    }

    /// The value of its id, as [`eventc::Event::id`] gives it: two events of the same id are one event. `None` if it has no id,
    /// and in a record that an earlier version of this crate has left.
    #[must_use]
    pub fn id(&self) -> Option<Cow<'a, str>> {
        self.id.map(decoded)
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
    for value in [event.key(), event.id()] {
        head.push('\t');
        if let Some(value) = value {
            percent_encode_into(value, head);
        }
    }
    head.push('\n');
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use eventc::{Key, Newtype, Text};

    use super::*;

    /// A customer as another system names them.
    #[derive(Clone, PartialEq, Newtype)]
    #[event(length(1, _))]
    struct Customer(Text);

    /// A customer paid.
    #[derive(Event)]
    #[event(name = "order.paid", version = 3, partition = none, key = customer, id = order)]
    struct Paid {
        customer: Customer,
        order: Key<Uuid>,
    }

    /// A door was opened.
    #[derive(Event)]
    #[event(name = "door.opened", version = 1, partition = none)]
    struct Opened {}

    fn head(event: &impl Event) -> String {
        let mut head = String::new();
        let at = Timestamp::from_str("2026-11-23T05:00:00Z").unwrap();
        write_head(event, at, &mut head);
        head
    }

    #[test]
    fn key_and_id_are_read_as_they_were_written() {
        for customer in [
            "a",
            "a b",
            "tab\tand\nline",
            "100%2E",
            "Ærøskøbing",
            "\u{1F6D2}",
        ] {
            let order = Key::<Uuid>::now_v7();
            let customer = Customer::try_from(customer.to_owned()).unwrap();
            let payload = head(&Paid {
                customer: customer.clone(),
                order,
            }) + "{}\n";
            assert_eq!(payload.matches(['\t', '\n']).count(), 7, "{payload}");
            let record = Record::parse(Uuid::nil(), 0, payload.as_bytes()).unwrap();
            assert_eq!(record.key().unwrap(), customer.to_string());
            assert_eq!(record.id().unwrap(), order.to_string());
        }
    }

    #[test]
    fn an_event_may_have_neither() {
        let payload = head(&Opened {}) + "{}\n";
        assert_eq!(payload, "door.opened\t1\t2026-11-23T05:00:00Z\t\t\t\n{}\n");
        let record = Record::parse(Uuid::nil(), 0, payload.as_bytes()).unwrap();
        assert_eq!((record.key(), record.id()), (None, None));
    }

    /// What earlier versions wrote, and what later ones may write.
    #[test]
    fn a_head_may_have_fewer_fields_and_more() {
        let earlier = "door.opened\t1\t2026-11-23T05:00:00Z\tday=2026-11-23\n{}\n";
        let record = Record::parse(Uuid::nil(), 7, earlier.as_bytes()).unwrap();
        assert_eq!(record.partition(), "day=2026-11-23");
        assert_eq!((record.key(), record.id()), (None, None));

        let later = "door.opened\t1\t2026-11-23T05:00:00Z\tday=2026-11-23\tk\ti\tmore\n{}\n";
        let record = Record::parse(Uuid::nil(), 7, later.as_bytes()).unwrap();
        assert_eq!(
            (record.key().unwrap(), record.id().unwrap()),
            ("k".into(), "i".into())
        );
        assert_eq!((record.position(), record.json()), (7, "{}"));
    }
}
