//! What the derives call. Not for anyone else: it changes without notice.

use std::fmt::{self, Formatter};

pub use eventc_macros::{__event, __fill};
pub use eventc_pattern::Pattern;
pub use serde;

pub use crate::bucket::Hashed;
pub use crate::debug::{debug, debug_event, debug_value};
pub use crate::decode::{decode_events as events_decode, deserialize};
pub use crate::distinct::distinct;
pub use crate::encode::encode_event as events_encode;
pub use crate::enumeration::{parse_enum, read_enum, read_open_enum};
pub use crate::events::{names, sorted};
pub use crate::newtype::{
    literal_date, literal_decimal, literal_float, literal_integer, literal_text, literal_timestamp,
    literal_uuid, newtype_debug, newtype_get, newtype_new, newtype_parse, newtype_read, pattern,
};
pub use crate::serialize::{serialize, serialize_event};
pub use crate::union::{read_union, tagged};

use crate::date::Date;
use crate::event::{Event, EventRef};
use crate::events::{Events, Order, compare};
use crate::key::Key;
use crate::node::Node;
use crate::partition::PartitionKey;
use crate::record::{Record, RecordRef, Table};
use crate::refusal::Refusal;
use crate::timestamp::Timestamp;
use crate::value::ValueRef;

/// The type of the field whose name has this FNV-1a hash: so that a path such as `telemetry.tenant_id` has a type.
#[diagnostic::on_unimplemented(
    message = "this field of `{Self}` can't be partitioned by",
    label = "not public",
    note = "the partition of an event is public, so make the field as public as `{Self}`"
)]
pub trait Member<const NAME: u64> {
    /// The type of the field.
    type Of;
}

/// A field that does not exist has the type of any key, so that rustc says that it does not exist, and only that.
#[diagnostic::do_not_recommend]
impl<T: Record> Member<0> for T {
    type Of = Key<bool>;
}

/// The hash of the field's name; 0 if there is no such field.
#[must_use]
pub const fn member(table: &Table, name: &str, hash: u64) -> u64 {
    let mut fields = table.fields;
    while let [field, after @ ..] = fields {
        if matches!(
            compare(field.name.as_bytes(), name.as_bytes()),
            Order::Equal
        ) {
            return hash;
        }
        fields = after;
    }
    0
}

/// A record as a value.
pub fn record<R: Record>(record: &R) -> ValueRef<'_> {
    ValueRef::Record(RecordRef::of(record))
}

/// Reads a record.
pub fn read_record<R: Record>(node: Node<'_>) -> Result<R, Refusal> {
    crate::record::read_record(node)
}

/// An event without its type.
pub fn event<E: Event>(event: &E) -> EventRef<'_> {
    EventRef::of(event)
}

/// Reads an event.
pub fn read_event<E: Event>(node: Node<'_>) -> Result<E, Refusal> {
    crate::event::read_event(node)
}

/// Reads one of several events.
pub fn read_events<T: Events>(node: Node<'_>) -> Result<T, Refusal> {
    crate::events::read_events(node)
}

/// The partition that is the value itself.
pub fn identity<T: PartitionKey>(value: &T) -> T {
    value.clone()
}

/// A value that an event is ordered or known by.
pub fn key<T: PartitionKey>(value: &T) -> ValueRef<'_> {
    value.get()
}

/// Writes the text as wide as the format asks for.
pub fn pad(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.pad(text)
}

/// A time inside a newtype that says `#[event(key)]`.
pub trait Time {
    /// The day it is of, in UTC.
    fn date(&self) -> Date;
}

impl Time for Timestamp {
    fn date(&self) -> Date {
        Timestamp::date(*self)
    }
}

impl Time for Date {
    fn date(&self) -> Date {
        *self
    }
}
