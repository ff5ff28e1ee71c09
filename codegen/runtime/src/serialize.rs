//! Writing values to any format of serde.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::Json;
use crate::bytes::base64;
use crate::event::{Event, EventRef};
use crate::node::{DEPTH, deeper};
use crate::reason::{Found, Reason};
use crate::record::RecordRef;
use crate::refusal::Refusal;
use crate::table::Role;
use crate::value::{Tagged, Value, ValueRef, Variant};

/// Writes a value seen without its type.
pub(crate) fn serialize<S: Serializer>(
    value: ValueRef<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    writable(value, DEPTH).map_err(S::Error::custom)?;
    Writing(value).serialize(serializer)
}

/// Writes a value of a type of its own.
pub fn serialize_value<T: Value, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serialize(value.get(), serializer)
}

/// Writes an event: its name, its version, then its fields.
pub fn serialize_event<E: Event, S: Serializer>(
    event: &E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serialize_events(EventRef::of(event), serializer)
}

/// The same of an event without its type.
pub fn serialize_events<S: Serializer>(
    event: EventRef<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    writable(ValueRef::Record(event.record()), DEPTH).map_err(S::Error::custom)?;
    WritingEvent(event).serialize(serializer)
}

/// Refuses what could not be read again: numbers that are not finite, and more levels than readers allow.
fn writable(value: ValueRef<'_>, levels: usize) -> Result<(), Refusal> {
    match value {
        ValueRef::F32(value) => finite(value.into()),
        ValueRef::F64(value) => finite(value),
        ValueRef::List(list) => {
            let levels = deeper(levels)?;
            (0..list.len()).try_for_each(|index| {
                writable(list.item(index), levels).map_err(|refusal| refusal.at(index))
            })
        }
        ValueRef::Map(map) => {
            let levels = deeper(levels)?;
            map.each(&mut |key, value| {
                writable(value, levels).map_err(|refusal| refusal.under(key, map.sensitive_keys()))
            })
        }
        ValueRef::Record(record) => writable_members(record, deeper(levels)?),
        ValueRef::Tagged(Tagged { variant, value }) => {
            let levels = deeper(levels)?;
            match variant.tag {
                None => {
                    writable(value.value(), levels).map_err(|refusal| refusal.within(variant.wire))
                }
                Some(tag) => {
                    writable_members(beside_tag(variant, tag, seen(value.value()))?, levels)
                }
            }
        }
        ValueRef::Sensitive(value) => writable(value.value(), levels).map_err(Refusal::hidden),
        ValueRef::Json(json) => writable_json(json, levels),
        _ => Ok(()),
    }
}

fn writable_members(record: RecordRef<'_>, levels: usize) -> Result<(), Refusal> {
    record
        .fields()
        .try_for_each(|(field, value)| match (field.role, value) {
            (Role::Flat, ValueRef::Record(record)) => writable_members(record, levels),
            _ => writable(value, levels).map_err(|refusal| field.refused(refusal)),
        })
}

/// Refuses more levels than readers allow.
pub(crate) fn writable_json(json: &Json, levels: usize) -> Result<(), Refusal> {
    match json {
        Json::Array(items) => {
            let levels = deeper(levels)?;
            items
                .iter()
                .try_for_each(|item| writable_json(item, levels))
        }
        Json::Object(members) => {
            let levels = deeper(levels)?;
            members
                .values()
                .try_for_each(|member| writable_json(member, levels))
        }
        _ => Ok(()),
    }
}

/// Refuses what no reader takes for a number.
pub(crate) fn finite(value: f64) -> Result<(), Refusal> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Reason::Expected {
        expected: "a finite number".into(),
        found: Found::shown(value, "another"),
    }
    .into())
}

/// The record whose members stand beside the tag of a union.
pub(crate) fn beside_tag<'a>(
    variant: &Variant,
    tag: &str,
    value: ValueRef<'a>,
) -> Result<RecordRef<'a>, Refusal> {
    match value {
        ValueRef::Record(record) => Ok(record),
        _ => Err(Refusal::new(format!(
            "`{tag}` can stand beside the members of a record only, and `{}` is none",
            variant.wire
        ))),
    }
}

/// The value behind a curtain.
pub(crate) fn seen(value: ValueRef<'_>) -> ValueRef<'_> {
    match value {
        ValueRef::Sensitive(value) => seen(value.value()),
        other => other,
    }
}

/// A value that is known to be writable.
struct Writing<'a>(ValueRef<'a>);

/// An event that is known to be writable.
struct WritingEvent<'a>(EventRef<'a>);

impl Serialize for Writing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ValueRef::Absent => serializer.serialize_none(),
            ValueRef::Bool(value) => serializer.serialize_bool(value),
            ValueRef::I64(value) => serializer.serialize_i64(value),
            ValueRef::U64(value) => serializer.serialize_u64(value),
            ValueRef::F32(value) => serializer.serialize_f32(value),
            ValueRef::F64(value) => serializer.serialize_f64(value),
            ValueRef::Str(value) => serializer.serialize_str(value),
            ValueRef::Bytes(value) => serializer.serialize_str(&base64(value)),
            ValueRef::Decimal(value) => serializer.collect_str(value),
            ValueRef::Uuid(value) => {
                serializer.serialize_str(value.hyphenated().encode_lower(&mut [0; 36]))
            }
            ValueRef::Date(value) => serializer.collect_str(&value),
            ValueRef::Timestamp(value) => serializer.collect_str(&value),
            ValueRef::Ip(value) => serializer.collect_str(value),
            ValueRef::Json(value) => value.serialize(serializer),
            ValueRef::List(list) => {
                let mut items = serializer.serialize_seq(Some(list.len()))?;
                for index in 0..list.len() {
                    items.serialize_element(&Writing(list.item(index)))?;
                }
                items.end()
            }
            ValueRef::Map(map) => {
                let mut members = serializer.serialize_map(Some(map.len()))?;
                for (key, value) in map.entries() {
                    members.serialize_entry(key, &Writing(value))?;
                }
                members.end()
            }
            ValueRef::Record(record) => {
                let mut members = serializer.serialize_map(Some(count(record)))?;
                write_members(record, &mut members)?;
                members.end()
            }
            ValueRef::Tagged(Tagged { variant, value }) => match (variant.tag, seen(value.value()))
            {
                (Some(tag), ValueRef::Record(record)) => {
                    let mut members = serializer.serialize_map(Some(count(record) + 1))?;
                    members.serialize_entry(tag, variant.wire)?;
                    write_members(record, &mut members)?;
                    members.end()
                }
                (_, value) => {
                    let mut members = serializer.serialize_map(Some(1))?;
                    members.serialize_entry(variant.wire, &Writing(value))?;
                    members.end()
                }
            },
            ValueRef::Sensitive(value) => Writing(value.value()).serialize(serializer),
        }
    }
}

impl Serialize for WritingEvent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.0.record();
        let mut members = serializer.serialize_map(Some(count(record) + 2))?;
        members.serialize_entry("event", self.0.name())?;
        members.serialize_entry("version", &self.0.version())?;
        write_members(record, &mut members)?;
        members.end()
    }
}

/// How many members the record is written as.
fn count(record: RecordRef<'_>) -> usize {
    record
        .fields()
        .map(|(field, value)| match (field.role, value) {
            (_, ValueRef::Absent) => 0,
            (Role::Flat, ValueRef::Record(record)) => count(record),
            _ => 1,
        })
        .sum()
}

fn write_members<M: SerializeMap>(record: RecordRef<'_>, members: &mut M) -> Result<(), M::Error> {
    for (field, value) in record.fields() {
        match (field.role, value) {
            (_, ValueRef::Absent) => {}
            (Role::Flat, ValueRef::Record(record)) => write_members(record, members)?,
            _ => members.serialize_entry(field.wire, &Writing(value))?,
        }
    }
    Ok(())
}
