//! What stood in a message, before it becomes a value.

mod json;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::refusal::Refusal;

/// Objects and lists may stand in each other this deep: as deep as `serde_json` reads.
pub(crate) const DEPTH: usize = 127;

/// So many members a message has room for from the start. More would take a block of over a KiB, which allocators are slower to give.
const USUAL: usize = 1_024 / size_of::<(Cow<'_, str>, Node<'_>)>();

/// One level of objects and lists less, where `levels` are left.
pub(crate) fn deeper(levels: usize) -> Result<usize, Refusal> {
    levels.checked_sub(1).ok_or_else(|| {
        Refusal::new(format!(
            "expected at most {DEPTH} levels of objects and lists, found more"
        ))
    })
}

/// One value of a message in any self-describing format.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Node<'de> {
    /// Null; where a field is expected it means that the field is not there.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer that fits an `i64`.
    I64(i64),
    /// An integer that fits a `u64`.
    U64(u64),
    /// A number with a fraction.
    F64(f64),
    /// A text.
    Str(Cow<'de, str>),
    /// Bytes, of a format that has them.
    Bytes(Cow<'de, [u8]>),
    /// A list.
    List(Vec<Node<'de>>),
    /// An object.
    Map(Object<'de>),
}

/// An object: its members in the order they stood in, and the version of the message it is a part of.
#[derive(Debug, Clone, PartialEq)]
pub struct Object<'de> {
    pub(crate) members: Vec<(Cow<'de, str>, Node<'de>)>,
    pub(crate) message: Message,
}

/// Which version of an event a message was written by, and which one reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) version: u32,
    pub(crate) current: u32,
}

impl Message {
    /// Written by the version that reads it.
    pub(crate) const CURRENT: Message = Message {
        version: u32::MAX,
        current: u32::MAX,
    };
}

impl<'de> Object<'de> {
    pub(crate) fn new(members: Vec<(Cow<'de, str>, Node<'de>)>) -> Self {
        Object {
            members,
            message: Message::CURRENT,
        }
    }

    /// The members in the order they stood in.
    ///
    /// # Errors
    ///
    /// If one stands twice.
    pub fn into_members(self) -> Result<Vec<(Cow<'de, str>, Node<'de>)>, Refusal> {
        self.refuse_duplicate_keys()?;
        Ok(self.members)
    }

    /// Refuses two members of one name, where the names are those of fields.
    pub(crate) fn refuse_duplicate_members(&self) -> Result<(), Refusal> {
        match duplicate(&self.members) {
            Some(name) => Err(twice().within(name.to_owned())),
            None => Ok(()),
        }
    }

    /// The same where the names are values, or where it is not known what they are.
    fn refuse_duplicate_keys(&self) -> Result<(), Refusal> {
        match duplicate(&self.members) {
            Some(name) => Err(twice().under(name, false)),
            None => Ok(()),
        }
    }
}

impl<'de> Node<'de> {
    /// Reads a node from a format.
    pub(crate) fn from_format<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed(DEPTH).deserialize(deserializer)
    }

    /// Reads JSON, all of it.
    pub(crate) fn json(bytes: &'de [u8]) -> Result<Self, Refusal> {
        // Looking once at all of it takes a tenth of what looking at text by text does.
        if let Some(node) = std::str::from_utf8(bytes).ok().and_then(json::read) {
            return Ok(node);
        }
        // It says what is wrong, and where.
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        Node::from_format(&mut deserializer)
            .and_then(|node| deserializer.end().map(|()| node))
            .map_err(|error| Refusal::new(format!("not JSON: {error}")))
    }

    /// The object of these members.
    ///
    /// Some formats hand out a scalar as an object with one member of a private name: `serde_json`'s numbers
    /// under its feature `arbitrary_precision`, which any crate of a build may switch on, and the dates of `toml`.
    #[inline]
    fn object(members: Vec<(Cow<'de, str>, Node<'de>)>) -> Self {
        scalar(&members).unwrap_or_else(|| Node::Map(Object::new(members)))
    }

    /// Notes the version on every object, so that the backfills of nested records know it.
    pub(crate) fn written(&mut self, message: Message) {
        match self {
            Node::List(items) => items.iter_mut().for_each(|item| item.written(message)),
            Node::Map(object) => {
                object.message = message;
                object
                    .members
                    .iter_mut()
                    .for_each(|(_, member)| member.written(message));
            }
            _ => {}
        }
    }

    /// Refuses an object, at any depth, in which a member stands twice.
    ///
    /// For what no type reads, which would have refused it itself: what the names in it stand for is not known.
    pub(crate) fn refuse_duplicates(&self) -> Result<(), Refusal> {
        match self {
            Node::List(items) => items.iter().enumerate().try_for_each(|(index, item)| {
                item.refuse_duplicates()
                    .map_err(|refusal| refusal.at(index))
            }),
            Node::Map(object) => {
                object.refuse_duplicate_keys()?;
                object.members.iter().try_for_each(|(name, member)| {
                    member
                        .refuse_duplicates()
                        .map_err(|refusal| refusal.under(name, false))
                })
            }
            _ => Ok(()),
        }
    }
}

/// The refusal of a member that stands twice.
fn twice() -> Refusal {
    Refusal::new("expected one, found two")
}

/// The first member that stands twice.
fn duplicate<'a>(members: &'a [(Cow<'_, str>, Node<'_>)]) -> Option<&'a str> {
    // Comparing each with each is faster than hashing up to some ten members, and no slower up to some thirty.
    const FEW: usize = 24;
    if members.len() <= FEW {
        let mut rest = members;
        while let [(name, _), after @ ..] = rest {
            if after.iter().any(|(other, _)| other == name) {
                return Some(name);
            }
            rest = after;
        }
        None
    } else {
        let mut seen = HashSet::with_capacity(members.len());
        members
            .iter()
            .map(|(name, _)| name.as_ref())
            .find(|name| !seen.insert(*name))
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::from_format(deserializer)?;
        node.refuse_duplicates().map_err(D::Error::custom)?;
        Ok(node)
    }
}

/// Reads a node that may hold so many levels of objects and lists.
struct Seed(usize);

impl Seed {
    fn deeper<E: Error>(&self) -> Result<usize, E> {
        self.0.checked_sub(1).ok_or_else(|| {
            E::custom(format_args!(
                "objects and lists nest deeper than {DEPTH} levels"
            ))
        })
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::I64(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(i64::try_from(value).map_or(Node::U64(value), Node::I64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::F64(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Str(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Str(Cow::Borrowed(value)))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Node<'de>, E> {
        Ok(Node::Str(Cow::Owned(value)))
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Node<'de>, E> {
        Ok(Node::Bytes(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_bytes<E: Error>(self, value: &'de [u8]) -> Result<Node<'de>, E> {
        Ok(Node::Bytes(Cow::Borrowed(value)))
    }

    fn visit_byte_buf<E: Error>(self, value: Vec<u8>) -> Result<Node<'de>, E> {
        Ok(Node::Bytes(Cow::Owned(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Node<'de>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let depth = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Seed(depth))? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let depth = self.deeper()?;
        let mut members = members_of(self.0);
        while let Some(name) = access.next_key_seed(Name)? {
            members.push((name, access.next_value_seed(Seed(depth))?));
        }
        Ok(Node::object(members))
    }
}

/// Room for the members of an object that may hold so many levels.
#[inline]
fn members_of<'de>(levels: usize) -> Vec<(Cow<'de, str>, Node<'de>)> {
    Vec::with_capacity(if levels == DEPTH { USUAL } else { 0 })
}

/// What stands for a scalar where the object is none.
fn scalar<'de>(members: &[(Cow<'de, str>, Node<'de>)]) -> Option<Node<'de>> {
    match members {
        [(name, Node::Str(text))] if name == "$serde_json::private::Number" => Some(
            text.parse()
                .map(Node::I64)
                .or_else(|_| text.parse().map(Node::U64))
                .or_else(|_| text.parse().map(Node::F64))
                .unwrap_or_else(|_| Node::Str(text.clone())),
        ),
        [(name, text @ Node::Str(_))] if name == "$__toml_private_datetime" => Some(text.clone()),
        _ => None,
    }
}

/// Reads the name of a member, borrowed where the format can lend it.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(value.to_owned()))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_the_parser_says_of_what_is_no_json() {
        let broken: [&[u8]; 6] = [
            b"",
            b"{\"a\":1}x",
            b"{\"a\":\n oops}",
            b"{\"a\":\"\xff\"}",
            b"{\"a\":1}\xff",
            b"[1,\xff]",
        ];
        for json in broken {
            let expected = serde_json::from_slice::<serde_json::Value>(json).unwrap_err();
            let refusal = Node::json(json).unwrap_err();
            assert_eq!(refusal.to_string(), format!("not JSON: {expected}"));
        }
    }
}
