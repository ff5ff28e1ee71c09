//! Values of JSON as PostgreSQL receives them in binary form.

use std::borrow::Cow;
use std::net::IpAddr;
use std::str::FromStr;

use eventc::{Bytes, Date, Timestamp};
use postgres::types::Type as Known;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::numeric;

/// Where PostgreSQL counts from: 2000-01-01, in days and in microseconds since 1970.
const EPOCH_DAYS: i32 = 10_957;
const EPOCH_MICROS: i64 = 946_684_800_000_000;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type {
    element: Element,
    is_array: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Boolean,
    Smallint,
    Integer,
    Bigint,
    Numeric,
    /// `numeric(20,0)`
    Unsigned,
    Real,
    Double,
    Text,
    Bytea,
    Uuid,
    Date,
    Timestamptz,
    Inet,
    Jsonb,
}

/// The types by the names that `format_type` gives them.
const ELEMENTS: [(&str, Element); 15] = [
    ("boolean", Element::Boolean),
    ("smallint", Element::Smallint),
    ("integer", Element::Integer),
    ("bigint", Element::Bigint),
    ("numeric", Element::Numeric),
    ("numeric(20,0)", Element::Unsigned),
    ("real", Element::Real),
    ("double precision", Element::Double),
    ("text", Element::Text),
    ("bytea", Element::Bytea),
    ("uuid", Element::Uuid),
    ("date", Element::Date),
    ("timestamp with time zone", Element::Timestamptz),
    ("inet", Element::Inet),
    ("jsonb", Element::Jsonb),
];

impl Type {
    /// The type of a name like `text[]`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let element = name.strip_suffix("[]");
        let (_, found) = ELEMENTS
            .iter()
            .find(|(known, _)| *known == element.unwrap_or(name))?;
        Some(Type {
            element: *found,
            is_array: element.is_some(),
        })
    }

    /// Its name.
    pub(super) fn name(self) -> String {
        let name = ELEMENTS
            .iter()
            .find(|(_, element)| *element == self.element);
        let name = name.map_or("", |(name, _)| name);
        format!("{name}{}", if self.is_array { "[]" } else { "" })
    }

    /// Writes a value, with its length before it. None if the value is not of this type; what was written then is of no use.
    pub(super) fn write(self, json: &str, out: &mut Vec<u8>) -> Option<()> {
        with_length(out, |out| match self.is_array {
            true => array(self.element, json, out),
            false => self.element.write(json, out),
        })
    }
}

/// What a column has that has nothing.
pub(super) fn write_null(out: &mut Vec<u8>) {
    out.extend((-1_i32).to_be_bytes());
}

/// Writes a time, with its length before it.
pub(super) fn write_timestamp(at: Timestamp, out: &mut Vec<u8>) {
    out.extend(8_i32.to_be_bytes());
    out.extend((at.micros() - EPOCH_MICROS).to_be_bytes());
}

/// The text of a JSON string; none if it is another value.
pub(super) fn text(json: &str) -> Option<Cow<'_, str>> {
    let inside = json.strip_prefix('"')?.strip_suffix('"')?;
    match inside.contains('\\') {
        false => Some(Cow::Borrowed(inside)),
        true => serde_json::from_str(json).ok().map(Cow::Owned),
    }
}

impl Element {
    fn write(self, json: &str, out: &mut Vec<u8>) -> Option<()> {
        match self {
            Element::Boolean => out.push(u8::from(bool::from_str(json).ok()?)),
            Element::Smallint => out.extend(i16::from_str(json).ok()?.to_be_bytes()),
            Element::Integer => out.extend(i32::from_str(json).ok()?.to_be_bytes()),
            Element::Bigint => out.extend(i64::from_str(json).ok()?.to_be_bytes()),
            Element::Unsigned => numeric::write(json, out)?,
            Element::Numeric => numeric::write(&text(json)?, out)?,
            Element::Real => out.extend(number::<f32>(json)?.to_be_bytes()),
            Element::Double => out.extend(number::<f64>(json)?.to_be_bytes()),
            Element::Text => {
                let text = text(json)?;
                match text.contains('\0') {
                    false => out.extend_from_slice(text.as_bytes()),
                    true => out.extend_from_slice(text.replace('\0', "\u{fffd}").as_bytes()),
                }
            }
            Element::Bytea => out.extend_from_slice(&Bytes::from_base64(&text(json)?).ok()?),
            Element::Uuid => out.extend_from_slice(Uuid::from_str(&text(json)?).ok()?.as_bytes()),
            Element::Date => {
                let date = Date::from_str(&text(json)?).ok()?;
                out.extend((date.days() - EPOCH_DAYS).to_be_bytes());
            }
            Element::Timestamptz => {
                let at = Timestamp::from_str(&text(json)?).ok()?;
                out.extend((at.micros() - EPOCH_MICROS).to_be_bytes());
            }
            Element::Inet => inet(IpAddr::from_str(&text(json)?).ok()?, out),
            Element::Jsonb => {
                // The version of the form.
                out.push(1);
                without_nul(json, out);
            }
        }
        Some(())
    }

    fn oid(self) -> u32 {
        let known = match self {
            Element::Boolean => Known::BOOL,
            Element::Smallint => Known::INT2,
            Element::Integer => Known::INT4,
            Element::Bigint => Known::INT8,
            Element::Numeric | Element::Unsigned => Known::NUMERIC,
            Element::Real => Known::FLOAT4,
            Element::Double => Known::FLOAT8,
            Element::Text => Known::TEXT,
            Element::Bytea => Known::BYTEA,
            Element::Uuid => Known::UUID,
            Element::Date => Known::DATE,
            Element::Timestamptz => Known::TIMESTAMPTZ,
            Element::Inet => Known::INET,
            Element::Jsonb => Known::JSONB,
        };
        known.oid()
    }
}

/// A number of JSON: Rust would read words as well, like `nan`.
fn number<N: FromStr>(json: &str) -> Option<N> {
    let is_number = json.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    json.parse().ok().filter(|_| is_number)
}

/// A list as an array of one dimension.
fn array(element: Element, json: &str, out: &mut Vec<u8>) -> Option<()> {
    let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    let dimensions = i32::from(!items.is_empty());
    // None of the items is null.
    out.extend(dimensions.to_be_bytes());
    out.extend(0_i32.to_be_bytes());
    out.extend(element.oid().to_be_bytes());
    if dimensions == 1 {
        out.extend(i32::try_from(items.len()).ok()?.to_be_bytes());
        // Arrays begin with the item 1.
        out.extend(1_i32.to_be_bytes());
    }
    for item in items {
        with_length(out, |out| element.write(item.get(), out))?;
    }
    Some(())
}

/// An address: its family as the server numbers them, its bits, and that it is no network.
fn inet(address: IpAddr, out: &mut Vec<u8>) {
    match address {
        IpAddr::V4(address) => {
            out.extend([2, 32, 0, 4]);
            out.extend(address.octets());
        }
        IpAddr::V6(address) => {
            out.extend([3, 128, 0, 16]);
            out.extend(address.octets());
        }
    }
}

/// JSON with U+FFFD for U+0000, which `jsonb` has not.
pub(super) fn without_nul(json: &str, out: &mut Vec<u8>) {
    const NUL: &str = "\\u0000";
    if !json.contains(NUL) {
        out.extend_from_slice(json.as_bytes());
        return;
    }
    let mut rest = json;
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        out.extend_from_slice(before.as_bytes());
        if let Some(after) = escape.strip_prefix(NUL) {
            out.extend_from_slice(b"\\ufffd");
            rest = after;
        } else {
            // The character behind a backslash is escaped, and is no backslash of its own.
            let (escape, after) = escape.split_at_checked(2).unwrap_or((escape, ""));
            out.extend_from_slice(escape.as_bytes());
            rest = after;
        }
    }
    out.extend_from_slice(rest.as_bytes());
}

fn with_length(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>) -> Option<()>) -> Option<()> {
    let at = out.len();
    out.extend(0_i32.to_be_bytes());
    write(out)?;
    let length = i32::try_from(out.len() - at - 4).ok()?;
    out.get_mut(at..at + 4)?
        .copy_from_slice(&length.to_be_bytes());
    Some(())
}
