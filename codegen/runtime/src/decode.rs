//! Events from JSON and from any format of serde.

use serde::de::{Deserializer, Error};

use crate::event::{Event, read_event};
use crate::events::{Events, read_events};
use crate::node::Node;
use crate::refusal::Refusal;
use crate::value::Value;

/// Reads an event from JSON, whichever of its versions wrote it.
///
/// # Errors
///
/// If it is not JSON, not this event, or a member is missing, stands twice or is not of its field's type.
pub fn decode<E: Event>(json: &[u8]) -> Result<E, Refusal> {
    read_event(Node::json(json)?)
}

/// Reads one of several events from JSON.
pub fn decode_events<T: Events>(json: &[u8]) -> Result<T, Refusal> {
    read_events(Node::json(json)?)
}

/// Reads a value from a format.
pub fn deserialize_value<'de, T: Value, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserialize(deserializer, T::read)
}

/// Reads an event from a format.
pub fn deserialize_event<'de, E: Event, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    deserialize(deserializer, read_event)
}

/// Reads one of several events from a format.
pub fn deserialize_events<'de, T: Events, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserialize(deserializer, read_events)
}

fn deserialize<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: fn(Node<'de>) -> Result<T, Refusal>,
) -> Result<T, D::Error> {
    let node = Node::from_format(deserializer)?;
    read(node).map_err(D::Error::custom)
}
