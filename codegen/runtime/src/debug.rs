//! Showing values to developers, without what is personal.

use std::fmt::{self, Formatter};

use crate::bytes::base64;
use crate::event::EventRef;
use crate::record::{Record, RecordRef};
use crate::value::ValueRef;

const REDACTED: &str = "<redacted>";

/// Shows a record.
pub fn debug<R: Record>(record: &R, f: &mut Formatter<'_>) -> fmt::Result {
    debug_record(RecordRef::of(record), f)
}

/// Shows an event.
pub fn debug_event(event: EventRef<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    debug_record(event.record(), f)
}

fn debug_record(record: RecordRef<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(record.table().name);
    for (field, value) in record.fields() {
        match (field.pii, value) {
            // that there is no value says nothing about it
            (Some(_), ValueRef::Absent) | (None, _) => shown.field(field.name, &value),
            (Some(_), _) => shown.field(field.name, &format_args!("{REDACTED}")),
        };
    }
    shown.finish()
}

/// Shows a value.
pub fn debug_value(value: ValueRef<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    match value {
        ValueRef::Absent => f.write_str("None"),
        ValueRef::Bool(value) => fmt::Debug::fmt(&value, f),
        ValueRef::I64(value) => fmt::Debug::fmt(&value, f),
        ValueRef::U64(value) => fmt::Debug::fmt(&value, f),
        ValueRef::F32(value) => fmt::Debug::fmt(&value, f),
        ValueRef::F64(value) => fmt::Debug::fmt(&value, f),
        ValueRef::Str(value) => fmt::Debug::fmt(value, f),
        ValueRef::Bytes(value) => write!(f, "base64 {}", base64(value)),
        ValueRef::Decimal(value) => fmt::Display::fmt(value, f),
        ValueRef::Uuid(value) => fmt::Display::fmt(value, f),
        ValueRef::Date(value) => fmt::Display::fmt(&value, f),
        ValueRef::Timestamp(value) => fmt::Display::fmt(&value, f),
        ValueRef::Ip(value) => fmt::Display::fmt(value, f),
        ValueRef::Json(value) => fmt::Display::fmt(value, f),
        ValueRef::List(list) => f
            .debug_list()
            .entries((0..list.len()).map(|index| list.item(index)))
            .finish(),
        ValueRef::Map(map) => {
            let sensitive = map.sensitive_keys();
            let mut shown = f.debug_map();
            for (key, value) in map.entries() {
                match sensitive {
                    true => shown.entry(&format_args!("{REDACTED}"), &value),
                    false => shown.entry(&key, &value),
                };
            }
            shown.finish()
        }
        ValueRef::Record(record) => debug_record(record, f),
        ValueRef::Tagged(tagged) => f
            .debug_tuple(tagged.variant.wire)
            .field(&tagged.value.value())
            .finish(),
        ValueRef::Sensitive(_) => f.write_str(REDACTED),
    }
}

impl fmt::Debug for ValueRef<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        debug_value(*self, f)
    }
}

impl fmt::Debug for RecordRef<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        debug_record(*self, f)
    }
}

impl fmt::Debug for EventRef<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        debug_event(*self, f)
    }
}
