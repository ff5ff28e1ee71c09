//! Enums: values that are known by name.

use std::fmt;

use crate::invalid::Invalid;
use crate::node::Node;
use crate::reason::{Found, Reason, listed, nearest};
use crate::refusal::Refusal;
use crate::text::Text;
use crate::value::{MapKey, Value};

/// The name of a value that an open enum does not know; only reading a message makes one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unrecognized(Text);

impl Unrecognized {
    /// The name as it stood in the message, never empty.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// An enum of values that are text on the wire. Derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no enum of values",
    label = "not an enum of values",
    note = "derive `eventc::Enum` for it"
)]
pub trait Enum: Value + 'static {
    /// The name of the Rust type.
    const RUST: &'static str;
    /// Every value that this build knows, in the order of the schema.
    const KNOWN: &'static [Self];
    /// Their names on the wire.
    const NAMES: &'static [&'static str];

    /// The value as it is on the wire.
    fn name(&self) -> &str;

    /// The value that holds a name that this build does not know; none where all must be known.
    #[must_use]
    fn unrecognized(name: Unrecognized) -> Option<Self> {
        let _ = name;
        None
    }
}

/// Reads the value of an enum.
pub fn read_enum<E: Enum>(node: Node<'_>) -> Result<E, Refusal> {
    let text = match &node {
        Node::Str(text) => Some(text.as_ref()),
        _ => None,
    };
    if let Some(value) = text.and_then(known) {
        return Ok(value);
    }
    // an empty name stands for no value
    text.filter(|text| !text.is_empty())
        .and_then(|text| E::unrecognized(Unrecognized(text.into())))
        .ok_or_else(|| reason(Found::node(&node), text, E::RUST, E::NAMES).into())
}

/// The value of an enum that the text names; only messages may hold names that are not known.
pub fn parse_enum<E: Enum>(text: &str) -> Result<E, Invalid> {
    known(text).ok_or_else(|| reason(Found::text(text), Some(text), E::RUST, E::NAMES).into())
}

/// What orders the values of an enum: those that are known as the schema does, and the others by their names behind them.
pub fn order<E: Enum>(value: &E) -> (usize, &str) {
    let name = value.name();
    (index(name, E::NAMES).unwrap_or(E::NAMES.len()), name)
}

fn known<E: Enum>(text: &str) -> Option<E> {
    index(text, E::NAMES).and_then(|index| E::KNOWN.get(index).cloned())
}

impl<E: Enum> MapKey for E {
    fn map_key(&self) -> &str {
        self.name()
    }

    fn from_map_key(text: &str) -> Result<Self, Refusal> {
        read_enum(Node::Str(text.into()))
    }
}

/// Which of the names the node holds: that of a union's variant.
pub(crate) fn read_name(
    node: &Node<'_>,
    name: &'static str,
    wires: &'static [&'static str],
) -> Result<usize, Refusal> {
    let text = match node {
        Node::Str(text) => Some(text.as_ref()),
        _ => None,
    };
    text.and_then(|text| index(text, wires))
        .ok_or_else(|| reason(Found::node(node), text, name, wires).into())
}

fn index(text: &str, wires: &[&str]) -> Option<usize> {
    wires.iter().position(|wire| *wire == text)
}

fn reason(found: Found, text: Option<&str>, name: &str, wires: &[&str]) -> Reason {
    let mut expected = listed(wires, &format!("values of `{name}`"));
    // where the names are too many to list, the one that was meant
    if wires.iter().all(|wire| !expected.contains(wire))
        && let Some(near) = text.and_then(|text| nearest(text, wires.iter().copied()))
    {
        expected.push_str(&format!(" (perhaps `{near}`)"));
    }
    Reason::Expected {
        expected: expected.into(),
        found,
    }
}
