//! Values as JSON, straight into a buffer: one pass, which refuses what could not be read again.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::escape::needs_escape;
use crate::event::EventRef;
use crate::node::{DEPTH, deeper};
use crate::record::RecordRef;
use crate::refusal::Refusal;
use crate::serialize::{beside_tag, finite, seen, writable_json};
use crate::table::Role;
use crate::value::{Tagged, ValueRef};

/// Writes an event: its name, its version, then its fields. What is in the buffer after a refusal is of no use.
pub(crate) fn write_event(event: EventRef<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    out.extend_from_slice(b"{\"event\":");
    text(event.name(), out);
    out.extend_from_slice(b",\"version\":");
    library(&event.version(), out)?;
    members(event.record(), out, deeper(DEPTH)?)?;
    out.push(b'}');
    Ok(())
}

fn members(record: RecordRef<'_>, out: &mut Vec<u8>, levels: usize) -> Result<(), Refusal> {
    for (field, member) in record.fields() {
        match (field.role, member) {
            (_, ValueRef::Absent) => {}
            (Role::Flat, ValueRef::Record(record)) => members(record, out, levels)?,
            (_, member) => {
                key(field.wire, field.plain, out);
                value(member, out, levels).map_err(|refusal| field.refused(refusal))?;
            }
        }
    }
    Ok(())
}

/// The name of a member, after a comma where it is not the first.
fn key(name: &str, plain: bool, out: &mut Vec<u8>) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    if plain {
        between(b"\"", name, b"\":", out);
    } else {
        text(name, out);
        out.push(b':');
    }
}

fn value(value: ValueRef<'_>, out: &mut Vec<u8>, levels: usize) -> Result<(), Refusal> {
    match value {
        ValueRef::Absent => out.extend_from_slice(b"null"),
        ValueRef::Bool(true) => out.extend_from_slice(b"true"),
        ValueRef::Bool(false) => out.extend_from_slice(b"false"),
        ValueRef::I64(number) => library(&number, out)?,
        ValueRef::U64(number) => library(&number, out)?,
        ValueRef::F32(number) => {
            finite(number.into())?;
            library(&number, out)?;
        }
        ValueRef::F64(number) => {
            finite(number)?;
            library(&number, out)?;
        }
        ValueRef::Str(value) => text(value, out),
        ValueRef::Bytes(bytes) => quoted(out, |out| base64(bytes, out)),
        ValueRef::Decimal(number) => quoted(out, |out| shown(number, out))?,
        ValueRef::Uuid(uuid) => quoted(out, |out| {
            out.extend_from_slice(uuid.hyphenated().encode_lower(&mut [0; 36]).as_bytes());
        }),
        ValueRef::Date(date) => quoted(out, |out| out.extend_from_slice(&date.to_text())),
        ValueRef::Timestamp(at) => {
            quoted(out, |out| at.to_text(|text| out.extend_from_slice(text)))
        }
        ValueRef::Ip(address) => quoted(out, |out| shown(address, out))?,
        ValueRef::Json(json) => {
            writable_json(json, levels)?;
            library(json, out)?;
        }
        ValueRef::List(list) => {
            let levels = deeper(levels)?;
            out.push(b'[');
            for index in 0..list.len() {
                if index > 0 {
                    out.push(b',');
                }
                self::value(list.item(index), out, levels).map_err(|refusal| refusal.at(index))?;
            }
            out.push(b']');
        }
        ValueRef::Map(map) => {
            let levels = deeper(levels)?;
            out.push(b'{');
            map.each(&mut |name, value| {
                key(name, false, out);
                self::value(value, out, levels)
                    .map_err(|refusal| refusal.under(name, map.sensitive_keys()))
            })?;
            out.push(b'}');
        }
        ValueRef::Record(record) => {
            let levels = deeper(levels)?;
            out.push(b'{');
            members(record, out, levels)?;
            out.push(b'}');
        }
        ValueRef::Tagged(tagged) => union(tagged, out, deeper(levels)?)?,
        ValueRef::Sensitive(value) => {
            self::value(value.value(), out, levels).map_err(Refusal::hidden)?;
        }
    }
    Ok(())
}

/// `{"kind": "card", "number": …}` or `{"card": {"number": …}}`
fn union(tagged: Tagged<'_>, out: &mut Vec<u8>, levels: usize) -> Result<(), Refusal> {
    let Tagged { variant, value } = tagged;
    out.push(b'{');
    match variant.tag {
        None => {
            key(variant.wire, false, out);
            self::value(value.value(), out, levels)
                .map_err(|refusal| refusal.within(variant.wire))?;
        }
        Some(tag) => {
            let record = beside_tag(variant, tag, seen(value.value()))?;
            key(tag, false, out);
            text(variant.wire, out);
            members(record, out, levels)?;
        }
    }
    out.push(b'}');
    Ok(())
}

/// Text in quotes.
fn text(text: &str, out: &mut Vec<u8>) {
    if needs_escape(text.as_bytes()) {
        escaped(text, out);
    } else {
        between(b"\"", text, b"\"", out);
    }
}

/// Text that needs an escape, which is the library's to write; hardly any text does.
#[cold]
fn escaped(text: &str, out: &mut Vec<u8>) {
    if library(text, out).is_err() {
        between(b"\"", text, b"\"", out);
    }
}

/// Text as it is. Room is made once, so that nothing after it asks for any.
#[inline]
fn between(before: &[u8], text: &str, after: &[u8], out: &mut Vec<u8>) {
    out.reserve(before.len() + text.len() + after.len());
    out.extend_from_slice(before);
    out.extend_from_slice(text.as_bytes());
    out.extend_from_slice(after);
}

fn quoted<T>(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
    out.push(b'"');
    let written = write(out);
    out.push(b'"');
    written
}

fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    // Four letters for every three bytes that have begun.
    out.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let room = out.split_at_mut(start).1;
    let written = STANDARD.encode_slice(bytes, room).unwrap_or_default();
    out.truncate(start + written);
}

fn shown(value: impl std::fmt::Display, out: &mut Vec<u8>) -> Result<(), Refusal> {
    write!(out, "{value}").map_err(|error| Refusal::new(error.to_string()))
}

/// Numbers, any JSON, and texts with escapes in them.
fn library(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) -> Result<(), Refusal> {
    serde_json::to_writer(out, value).map_err(|error| Refusal::new(error.to_string()))
}
