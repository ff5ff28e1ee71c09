//! The values that consist of no others.

use std::borrow::Cow;
use std::net::IpAddr;

use crate::bytes::{self, Bytes};
use crate::date::{self, Date};
use crate::decimal::{self, Decimal};
use crate::node::Node;
use crate::refusal::Refusal;
use crate::text::Text;
use crate::timestamp::{self, Timestamp};
use crate::value::{MapKey, Value, ValueRef};
use crate::{Json, Uuid};

impl Value for bool {
    const EXPECTED: &'static str = "a boolean";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Bool(*self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        match node {
            Node::Bool(value) => Ok(value),
            other => Err(Refusal::expected(Self::EXPECTED, &other)),
        }
    }
}

macro_rules! integers {
    ($($type:ident $variant:ident $expected:literal,)*) => {$(
        impl Value for $type {
            const EXPECTED: &'static str = $expected;

            fn get(&self) -> ValueRef<'_> {
                ValueRef::$variant((*self).into())
            }

            fn read(node: Node<'_>) -> Result<Self, Refusal> {
                match node {
                    Node::I64(value) => $type::try_from(value).ok(),
                    Node::U64(value) => $type::try_from(value).ok(),
                    _ => None,
                }
                .ok_or_else(|| Refusal::expected(Self::EXPECTED, &node))
            }
        }
    )*};
}

integers! {
    i8 I64 "an integer from -128 to 127",
    i16 I64 "an integer from -32768 to 32767",
    i32 I64 "an integer from -2147483648 to 2147483647",
    i64 I64 "an integer of 64 bits",
    u8 U64 "an integer from 0 to 255",
    u16 U64 "an integer from 0 to 65535",
    u32 U64 "an integer from 0 to 4294967295",
    u64 U64 "an integer of 64 bits from 0",
}

/// A number that is neither infinite nor no number at all.
fn finite(node: &Node<'_>) -> Result<f64, Refusal> {
    match node {
        Node::F64(value) if value.is_finite() => Ok(*value),
        Node::I64(value) => Ok(*value as f64),
        Node::U64(value) => Ok(*value as f64),
        other => Err(Refusal::expected(<f64 as Value>::EXPECTED, other)),
    }
}

/// The number of 32 bits that was written, after its digits have been read as one of 64.
///
/// Rounding them twice is rounding them once, unless the first time comes to the very middle between two numbers of 32 bits. Then
/// the one was written whose digits come to that middle, as those of 7.038531e-26 do.
fn single(value: f64) -> f32 {
    let near = value as f32;
    let is_middle = value.to_bits() << 35 == 1 << 63;
    if !is_middle {
        return near;
    }
    let was_written = |number: &f32| number.to_string().parse() == Ok(value);
    [near, near.next_down(), near.next_up()]
        .into_iter()
        .find(was_written)
        .unwrap_or(near)
}

impl Value for f64 {
    const EXPECTED: &'static str = "a finite number";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::F64(*self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        finite(&node)
    }
}

impl Value for f32 {
    const EXPECTED: &'static str = "a finite number of 32 bits";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::F32(*self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        // a number that is finite in 64 bits may still be infinite in 32
        let value = single(finite(&node)?);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(Refusal::expected(Self::EXPECTED, &node))
        }
    }
}

/// The text of a node, borrowed where it can be.
#[inline]
fn text<'de>(node: Node<'de>, expected: &'static str) -> Result<Cow<'de, str>, Refusal> {
    match node {
        Node::Str(text) => Ok(text),
        other => Err(Refusal::expected(expected, &other)),
    }
}

impl Value for String {
    const EXPECTED: &'static str = "a text";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Str(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        text(node, Self::EXPECTED).map(Cow::into_owned)
    }
}

impl Value for Text {
    const EXPECTED: &'static str = "a text";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Str(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        text(node, Self::EXPECTED).map(|text| match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        })
    }
}

impl MapKey for String {
    fn map_key(&self) -> &str {
        self
    }

    fn from_map_key(text: &str) -> Result<Self, Refusal> {
        Ok(text.to_owned())
    }
}

impl MapKey for Text {
    fn map_key(&self) -> &str {
        self
    }

    fn from_map_key(text: &str) -> Result<Self, Refusal> {
        Ok(text.into())
    }
}

impl Value for Uuid {
    const EXPECTED: &'static str = "a uuid";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Uuid(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        let text = text(node, Self::EXPECTED)?;
        // the form with hyphens is the only one that every store and schema reads
        match text.len() {
            36 => Uuid::try_parse(&text).ok(),
            _ => None,
        }
        .ok_or_else(|| Refusal::expected(Self::EXPECTED, &Node::Str(text)))
    }
}

macro_rules! parsed {
    ($($type:ident: $expected:expr, $get:expr;)*) => {$(
        impl Value for $type {
            const EXPECTED: &'static str = $expected;

            fn get(&self) -> ValueRef<'_> {
                let get: for<'a> fn(&'a $type) -> ValueRef<'a> = $get;
                get(self)
            }

            fn read(node: Node<'_>) -> Result<Self, Refusal> {
                let text = text(node, Self::EXPECTED)?;
                text.parse().map_err(|_| Refusal::expected(Self::EXPECTED, &Node::Str(text)))
            }
        }
    )*};
}

parsed! {
    Date: date::EXPECTED, |date| ValueRef::Date(*date);
    Timestamp: timestamp::EXPECTED, |at| ValueRef::Timestamp(*at);
    IpAddr: "an ip address", |address| ValueRef::Ip(address);
}

impl Value for Decimal {
    const EXPECTED: &'static str = decimal::EXPECTED;

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Decimal(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        match &node {
            Node::Str(text) => text.parse().ok(),
            // an integer is exact; a fraction has been through binary floating point already
            Node::I64(value) => Some(Decimal::from(*value)),
            Node::U64(value) => Some(Decimal::from(*value)),
            _ => None,
        }
        .ok_or_else(|| Refusal::expected(Self::EXPECTED, &node))
    }
}

impl Value for Bytes {
    const EXPECTED: &'static str = bytes::EXPECTED;

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Bytes(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        match node {
            Node::Bytes(bytes) => Ok(bytes.into_owned().into()),
            other => Ok(Bytes::from_base64(&text(other, Self::EXPECTED)?)?),
        }
    }
}

impl Value for Json {
    const EXPECTED: &'static str = "a value";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Json(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        Ok(match node {
            Node::Null => Json::Null,
            Node::Bool(value) => value.into(),
            Node::I64(value) => value.into(),
            Node::U64(value) => value.into(),
            // JSON has no way to write it
            Node::F64(value) if !value.is_finite() => {
                return Err(Refusal::expected("a finite number", &node));
            }
            Node::F64(value) => value.into(),
            Node::Str(text) => text.into_owned().into(),
            Node::Bytes(bytes) => bytes::base64(&bytes).into(),
            Node::List(items) => {
                let items = items
                    .into_iter()
                    .enumerate()
                    .map(|(index, item)| Json::read(item).map_err(|refusal| refusal.at(index)));
                Json::Array(items.collect::<Result<_, _>>()?)
            }
            Node::Map(object) => {
                let members = object.into_members()?.into_iter().map(|(name, member)| {
                    match Json::read(member) {
                        Ok(member) => Ok((name.into_owned(), member)),
                        Err(refusal) => Err(refusal.under(&name, false)),
                    }
                });
                Json::Object(members.collect::<Result<_, _>>()?)
            }
        })
    }
}
