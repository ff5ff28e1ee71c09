//! What the derives call. Not for anyone else: it changes without notice.

pub use std::result::Result;

use std::fmt::{self, Formatter};

pub use eventc_macros::{__event, __fill};
pub use eventc_pattern::Pattern;
pub use serde;

pub use crate::bucket::Hashed;
pub use crate::debug::{debug, debug_event, debug_value};
pub use crate::decode::{
    decode_events as events_decode, deserialize_event, deserialize_events, deserialize_value,
};
pub use crate::distinct::distinct;
pub use crate::encode::encode_event as events_encode;
pub use crate::enumeration::{order, parse_enum, read_enum};
pub use crate::equal::{equal, equal_events};
pub use crate::events::{Boxed, Group, Holding, Variant, names};
pub use crate::fields::More;
pub use crate::newtype::{
    literal_date, literal_decimal, literal_float, literal_integer, literal_text, literal_timestamp,
    literal_uuid, newtype_debug, newtype_get, newtype_new, newtype_parse, newtype_read, pattern,
};
pub use crate::record::{clone_record, read_flat, read_record};
pub use crate::serialize::{serialize_event, serialize_events, serialize_value};
pub use crate::table::Note;
pub use crate::union::{read_union, tagged};

use crate::date::Date;
use crate::event::{Event, EventRef};
use crate::partition::PartitionKey;
use crate::record::{Record, RecordRef};
use crate::timestamp::Timestamp;
use crate::value::ValueRef;

/// A record as a value.
pub fn record<R: Record>(record: &R) -> ValueRef<'_> {
    ValueRef::Record(RecordRef::of(record))
}

/// An event without its type.
pub fn event<E: Event>(event: &E) -> EventRef<'_> {
    EventRef::of(event)
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
