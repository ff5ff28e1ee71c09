//! Unions: one of several values, and the name of which.

use crate::enumeration::read_name;
use crate::node::{Node, Object};
use crate::reason::{Reason, listed};
use crate::refusal::Refusal;
use crate::value::{Tagged, Value, ValueRef, Variant};

/// The value of a union.
pub fn tagged<'a, V: Value>(variant: &'static Variant, value: &'a V) -> ValueRef<'a> {
    ValueRef::Tagged(Tagged { variant, value })
}

/// Reads a union: finds the variant, and leaves its value to the reader.
pub fn read_union<'de, T>(
    node: Node<'de>,
    name: &'static str,
    tag: Option<&'static str>,
    wires: &'static [&'static str],
    read: fn(usize, Node<'de>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    match node {
        Node::Map(object) => {
            object.refuse_duplicate_members()?;
            match tag {
                Some(tag) => read_beside(object, name, tag, wires, read),
                None => read_inside(object, name, wires, read),
            }
        }
        other => Err(Refusal::expected("an object", &other)),
    }
}

/// `{"kind": "card", "number": …}`
fn read_beside<'de, T>(
    mut object: Object<'de>,
    name: &'static str,
    tag: &'static str,
    wires: &'static [&'static str],
    read: fn(usize, Node<'de>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let kind = match object.members.iter().position(|(name, _)| name == tag) {
        Some(at) => object.members.remove(at).1,
        None => {
            return Err(Refusal::from(Reason::nothing(listed(
                wires,
                &format!("variants of `{name}`"),
            )))
            .within(tag));
        }
    };
    let index = read_name(&kind, name, wires).map_err(|refusal| refusal.within(tag))?;
    read(index, Node::Map(object))
}

/// `{"card": {"number": …}}`
fn read_inside<'de, T>(
    object: Object<'de>,
    name: &'static str,
    wires: &'static [&'static str],
    read: fn(usize, Node<'de>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let expected = || {
        format!(
            "one of {}",
            listed(wires, &format!("variants of `{name}`")).replace(" or ", " and ")
        )
    };
    let known = |member: &str| wires.iter().position(|wire| *wire == member);
    let mut found = None;
    for (member, node) in object.members {
        // a member that is null is not there, and one that nobody knows is ignored
        let (Some(index), false) = (known(&member), matches!(node, Node::Null)) else {
            node.refuse_duplicates()
                .map_err(|refusal| refusal.hidden().within(member.into_owned()))?;
            continue;
        };
        if found.is_some() {
            return Err(Refusal::new(format!("expected {}, found two", expected())));
        }
        found = Some((index, member, node));
    }
    match found {
        Some((index, member, node)) => {
            read(index, node).map_err(|refusal| refusal.within(member.into_owned()))
        }
        None => Err(Reason::nothing(expected()).into()),
    }
}
