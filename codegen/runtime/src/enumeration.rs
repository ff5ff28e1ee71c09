//! Enums: values that are known by name.

use std::fmt;

use crate::invalid::Invalid;
use crate::node::Node;
use crate::reason::{Found, Reason, listed, nearest};
use crate::refusal::Refusal;
use crate::text::Text;

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

/// Which of the values the node names.
pub fn read_enum(
    node: Node<'_>,
    name: &'static str,
    wires: &'static [&'static str],
) -> Result<usize, Refusal> {
    if let Node::Str(text) = &node
        && let Some(index) = index(text, wires)
    {
        return Ok(index);
    }
    Err(reason(Found::node(&node), text_of(&node), name, wires).into())
}

/// Which of the values the node names, or that it names none of them.
pub fn read_open_enum(
    node: Node<'_>,
    name: &'static str,
    wires: &'static [&'static str],
) -> Result<Result<usize, Unrecognized>, Refusal> {
    match &node {
        // an empty name stands for no value
        Node::Str(text) if !text.is_empty() => {
            Ok(index(text, wires).ok_or_else(|| Unrecognized(text.as_ref().into())))
        }
        _ => Err(reason(Found::node(&node), None, name, wires).into()),
    }
}

/// Which of the values the text names.
pub fn parse_enum(
    text: &str,
    name: &'static str,
    wires: &'static [&'static str],
) -> Result<usize, Invalid> {
    index(text, wires).ok_or_else(|| reason(Found::text(text), Some(text), name, wires).into())
}

fn index(text: &str, wires: &[&str]) -> Option<usize> {
    wires.iter().position(|wire| *wire == text)
}

fn text_of<'a>(node: &'a Node<'_>) -> Option<&'a str> {
    match node {
        Node::Str(text) => Some(text),
        _ => None,
    }
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
