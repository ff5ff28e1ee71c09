//! Events.

use std::fmt::Display;

use crate::members::Members;
use crate::node::{Message, Node};
use crate::partition::Stream;
use crate::record::{Record, RecordRef};
use crate::refusal::Refusal;
use crate::value::ValueRef;

/// Something that happened. Derived; a value of it is complete.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no event",
    label = "not an event",
    note = "derive `eventc::Event` for it, or name it under `events` in the schema",
    note = "an enum of events has methods of its own: `encode`, `decode`, `name`",
    note = "the variant that holds such an enum, in another one, says `#[event(stream)]`"
)]
pub trait Event: Record {
    /// Its name: `backend.request.success`.
    const NAME: &'static str;
    /// The version of its fields, from 1.
    const VERSION: u32;
    /// The stream it goes to; its own name if it goes to none.
    const STREAM: &'static str = Self::Stream::NAME_OF_STREAM;

    /// What places it: its stream's header, or the event itself where it is a stream of its own.
    type Stream: Stream;

    /// The header, or the event itself.
    fn stream(&self) -> &Self::Stream;

    /// Where this event is stored: a key, a tuple of them, or `()`.
    fn partition(&self) -> <Self::Stream as Stream>::Partition {
        self.stream().partition_of()
    }

    /// Names each part of the partition and shows its value: `("day", 2026-11-23)`.
    fn partition_segments(&self, each: &mut dyn FnMut(&'static str, &dyn Display)) {
        self.stream().segments_of(each);
    }

    /// Events of the same key stay in order.
    fn key(&self) -> Option<ValueRef<'_>> {
        self.stream().key_of()
    }

    /// Two events of the same id are one event.
    fn id(&self) -> Option<ValueRef<'_>> {
        self.stream().id_of()
    }
}

/// An [`Event`] seen without its type.
#[derive(Clone, Copy)]
pub struct EventRef<'a> {
    name: &'static str,
    version: u32,
    record: RecordRef<'a>,
}

impl<'a> EventRef<'a> {
    /// Forgets the type.
    pub fn of<E: Event>(event: &'a E) -> Self {
        EventRef {
            name: E::NAME,
            version: E::VERSION,
            record: RecordRef::of(event),
        }
    }

    /// The name of the event.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The version of its fields.
    #[must_use]
    pub fn version(self) -> u32 {
        self.version
    }

    /// Its fields.
    #[must_use]
    pub fn record(self) -> RecordRef<'a> {
        self.record
    }
}

/// Reads the object of an event.
pub(crate) fn read_event<E: Event>(node: Node<'_>) -> Result<E, Refusal> {
    match node {
        Node::Map(object) => Members::read(object, |members| {
            let message = header(members, E::NAME, E::VERSION)?;
            members.written(message);
            members.record()
        }),
        other => Err(Refusal::expected("an object", &other)),
    }
}

/// Checks `event`, and reads the version.
fn header(members: &mut Members<'_>, name: &'static str, current: u32) -> Result<Message, Refusal> {
    // a message may leave its name out where it is clear, but may not have another
    match members.remove("event") {
        None | Some(Node::Null) => {}
        Some(Node::Str(text)) if text == name => {}
        Some(other) => return Err(Refusal::expected(format!("{name:?}"), &other).within("event")),
    }
    // a message without a version is of the present one
    let version = match members.remove("version") {
        None | Some(Node::Null) => current,
        Some(node) => match &node {
            Node::I64(version) => u32::try_from(*version).ok().filter(|version| *version >= 1),
            _ => None,
        }
        .ok_or_else(|| Refusal::expected("an integer from 1", &node).within("version"))?,
    };
    Ok(Message { version, current })
}
