//! Enums of events: reading an event of which only the message says which one it is.

use crate::event::EventRef;
use crate::node::Node;
use crate::reason::{Reason, nearest};
use crate::refusal::Refusal;

/// Reads the message of one event.
pub type Reader<T> = for<'de> fn(Node<'de>) -> Result<T, Refusal>;

/// An enum that holds any of several events. Derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no enum of events",
    label = "not an enum of events",
    note = "derive `eventc::Events` for it"
)]
pub trait Events: Sized + 'static {
    /// The names of the events, sorted, and what reads each.
    const READERS: &'static [(&'static str, Reader<Self>)];

    /// The event that it holds.
    fn event(&self) -> EventRef<'_>;
}

/// Reads the event that the message names.
pub(crate) fn read_events<T: Events>(node: Node<'_>) -> Result<T, Refusal> {
    let Node::Map(object) = &node else {
        return Err(Refusal::expected("an object", &node));
    };
    let refuse = |reason: Reason| Refusal::from(reason).within("event");
    let name = match object
        .members
        .iter()
        .find(|(name, _)| name == "event")
        .map(|(_, node)| node)
    {
        Some(Node::Str(name)) => name,
        Some(other) => return Err(refuse(Reason::expected("the name of an event", other))),
        None => return Err(refuse(Reason::nothing("the name of an event"))),
    };
    match T::READERS.binary_search_by(|(known, _)| (*known).cmp(name)) {
        Ok(index) => {
            let Some((name, read)) = T::READERS.get(index) else {
                return Err(unknown(name, T::READERS));
            };
            // several events have a member of the same name, so the refusal says which event it is of
            read(node).map_err(|refusal| refusal.of_event(name))
        }
        Err(_) => Err(unknown(name, T::READERS)),
    }
}

fn unknown<R>(name: &str, readers: &[(&'static str, R)]) -> Refusal {
    let mut says = format!("no event is called `{}`", name.escape_debug());
    if let Some(near) = nearest(name, readers.iter().map(|(known, _)| *known)) {
        says.push_str(&format!(", did you mean `{near}`?"));
    }
    Refusal::new(says).within("event")
}

/// Sorts the readers by name, where they are not sorted already.
///
/// # Panics
///
/// If two have the same name: at compile time, as it is called there.
#[track_caller]
pub const fn sorted<T: Copy, const N: usize>(
    readers: [(&'static str, T); N],
) -> [(&'static str, T); N] {
    let mut sorted = readers;
    let slice = sorted.as_mut_slice();
    let mut end = 1;
    while end < N {
        let mut at = end;
        while at > 0 {
            let (before, rest) = slice.split_at_mut(at);
            let (Some(left), Some(right)) = (before.last_mut(), rest.first_mut()) else {
                break;
            };
            match compare(left.0.as_bytes(), right.0.as_bytes()) {
                Order::Less => break,
                Order::Equal => panic!("two events have the same name"),
                Order::Greater => {
                    let moved = *left;
                    *left = *right;
                    *right = moved;
                }
            }
            at -= 1;
        }
        end += 1;
    }
    sorted
}

/// The names of the readers, in their order.
#[must_use]
pub const fn names<T, const N: usize>(readers: &[(&'static str, T)]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut to = names.as_mut_slice();
    let mut from = readers;
    while let ([name, after_name @ ..], [(known, _), after_known @ ..]) = (to, from) {
        *name = known;
        to = after_name;
        from = after_known;
    }
    names
}

pub(crate) enum Order {
    Less,
    Equal,
    Greater,
}

/// The order of bytes, which const code has no trait for.
pub(crate) const fn compare(a: &[u8], b: &[u8]) -> Order {
    let (mut a, mut b) = (a, b);
    loop {
        match (a, b) {
            ([], []) => return Order::Equal,
            ([], _) => return Order::Less,
            (_, []) => return Order::Greater,
            ([x, rest_a @ ..], [y, rest_b @ ..]) => {
                if *x < *y {
                    return Order::Less;
                }
                if *x > *y {
                    return Order::Greater;
                }
                a = rest_a;
                b = rest_b;
            }
        }
    }
}
