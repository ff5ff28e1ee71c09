//! Enums of events: reading an event of which only the message says which one it is.
//!
//! An enum holds events, and enums of events: that over a catalog holds those over its streams, so that each event stands in
//! one of them.

use std::marker::PhantomData;

use crate::event::{Event, EventRef, read_event};
use crate::node::Node;
use crate::reason::{Reason, nearest};
use crate::refusal::Refusal;

/// An enum that holds any of several events. Derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no enum of events",
    label = "not an enum of events",
    note = "derive `eventc::Events` for it"
)]
pub trait Events: Sized + 'static {
    /// What reads each of the events that it holds itself.
    const READERS: &'static [Reader<Self>];

    /// Where in `READERS` a name is: [`Indexed`] with more slots than there are readers.
    type Index: Index;

    /// What reads the events of the enums that it holds.
    const GROUPS: &'static [&'static (dyn Group<Self> + Sync)] = &[];

    /// The event that it holds.
    fn event(&self) -> EventRef<'_>;
}

/// A hash table over the names of readers: the place of a reader plus one, and 0 where there is none.
pub trait Index {
    /// Its slots.
    const SLOTS: &'static [u32];
}

/// The hash table of the enum `T`, made where a program first reads one of its events.
pub struct Indexed<T, const SLOTS: usize>(PhantomData<T>);

impl<T: Events, const SLOTS: usize> Index for Indexed<T, SLOTS> {
    const SLOTS: &'static [u32] = &index::<T, SLOTS>(T::READERS);
}

/// Reads the message of one event.
pub struct Reader<T: 'static> {
    name: &'static str,
    read: &'static (dyn ReadInto<T> + Sync),
}

/// The variant of an enum, as a function, that holds the event itself or in a box.
pub struct Variant<V, T>(pub fn(V) -> T);

trait ReadInto<T> {
    fn read_into(&self, node: Node<'_>) -> Result<T, Refusal>;
}

impl<E: Event, T> ReadInto<T> for Variant<E, T> {
    fn read_into(&self, node: Node<'_>) -> Result<T, Refusal> {
        read_event(node).map(self.0)
    }
}

/// The event in a box.
pub struct Boxed<V, T>(pub fn(Box<V>) -> T);

impl<E: Event, T> ReadInto<T> for Boxed<E, T> {
    fn read_into(&self, node: Node<'_>) -> Result<T, Refusal> {
        read_event(node).map(|event| self.0(Box::new(event)))
    }
}

/// Reads the events of an enum into the enum that holds it.
pub trait Group<T> {
    /// The place of the reader of this event.
    fn find(&self, name: &str) -> Option<usize>;

    /// Reads the event whose reader is there.
    ///
    /// # Errors
    ///
    /// If it is not such an event.
    fn read_at(&self, place: usize, node: Node<'_>) -> Result<T, Refusal>;

    /// The names of its events.
    fn names(&self) -> Vec<&'static str>;
}

/// The variant of an enum that holds an enum of events.
pub struct Holding<S, T>(pub fn(S) -> T);

impl<S: Events, T> Group<T> for Holding<S, T> {
    fn find(&self, name: &str) -> Option<usize> {
        find::<S>(name)
    }

    fn read_at(&self, place: usize, node: Node<'_>) -> Result<T, Refusal> {
        read_at(place, node).map(self.0)
    }

    fn names(&self) -> Vec<&'static str> {
        names::<S>()
    }
}

impl<T> Reader<T> {
    /// The reader of the event that the variant holds.
    #[must_use]
    pub const fn of<E: Event>(variant: &'static Variant<E, T>) -> Self {
        Reader {
            name: E::NAME,
            read: variant,
        }
    }

    /// The same for a variant that holds a box.
    #[must_use]
    pub const fn boxed<E: Event>(variant: &'static Boxed<E, T>) -> Self {
        Reader {
            name: E::NAME,
            read: variant,
        }
    }
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
    if let Some(place) = find::<T>(name) {
        return read_at(place, node);
    }
    let found = T::GROUPS
        .iter()
        .find_map(|group| group.find(name).map(|place| (group, place)));
    match found {
        Some((group, place)) => group.read_at(place, node),
        None => Err(unknown::<T>(name)),
    }
}

/// The place of the reader of this event.
fn find<T: Events>(name: &str) -> Option<usize> {
    let slots = T::Index::SLOTS;
    let first = hash(name.as_bytes()) as usize % slots.len();
    // as many steps as there are names of about the same hash: a slot that is free ends it, and some always are
    let from_first = slots.iter().skip(first).chain(slots);
    from_first
        .map_while(|place| (*place as usize).checked_sub(1))
        .find(|place| {
            T::READERS
                .get(*place)
                .is_some_and(|reader| reader.name == name)
        })
}

fn read_at<T: Events>(place: usize, node: Node<'_>) -> Result<T, Refusal> {
    match T::READERS.get(place) {
        // several events have a member of the same name, so the refusal says which event it is of
        Some(reader) => reader
            .read
            .read_into(node)
            .map_err(|refusal| refusal.of_event(reader.name)),
        None => Err(Refusal::new("no event is read there")),
    }
}

fn unknown<T: Events>(name: &str) -> Refusal {
    let mut says = format!("no event is called `{}`", name.escape_debug());
    if let Some(near) = nearest(name, names::<T>().into_iter()) {
        says.push_str(&format!(", did you mean `{near}`?"));
    }
    Refusal::new(says).within("event")
}

/// The hash table over the names of readers, in `SLOTS` places: more than there are names.
///
/// # Panics
///
/// If two events have the same name, which is then an error where the program is built.
#[must_use]
const fn index<T, const SLOTS: usize>(readers: &[Reader<T>]) -> [u32; SLOTS] {
    assert!(readers.len() < SLOTS, "a hash table with no place left");
    let mut index = [0; SLOTS];
    let mut place = 0;
    let mut rest = readers;
    while let [reader, after @ ..] = rest {
        let mut slot = hash(reader.name.as_bytes()) as usize % SLOTS;
        loop {
            let (_, from) = index.split_at_mut(slot);
            let [taken, ..] = from else {
                panic!("a slot beyond the table");
            };
            if *taken == 0 {
                place += 1;
                *taken = place;
                break;
            }
            let (_, there) = readers.split_at(*taken as usize - 1);
            if let [other, ..] = there
                && is_same(other.name.as_bytes(), reader.name.as_bytes())
            {
                panic!("two events have the same name");
            }
            slot = (slot + 1) % SLOTS;
        }
        rest = after;
    }
    index
}

/// The names of the events that an enum holds itself, and then those of the enums that it holds.
#[must_use]
pub fn names<T: Events>() -> Vec<&'static str> {
    let own = T::READERS.iter().map(|reader| reader.name);
    own.chain(T::GROUPS.iter().flat_map(|group| group.names()))
        .collect()
}

/// FNV-1a, as a constant can compute it.
const fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
        rest = after;
    }
    hash
}

/// Whether the bytes are the same, which const code has no trait for.
pub(crate) const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let (mut a, mut b) = (a, b);
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => {
                a = rest_a;
                b = rest_b;
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl ReadInto<()> for Nothing {
        fn read_into(&self, _: Node<'_>) -> Result<(), Refusal> {
            Ok(())
        }
    }

    fn reader(name: &'static str) -> Reader<()> {
        Reader {
            name,
            read: &Nothing,
        }
    }

    #[test]
    fn every_name_has_a_slot() {
        let readers = ["a", "b", "c", "d"].map(reader);
        let slots: [u32; 7] = index(&readers);
        let mut places: Vec<u32> = slots.into_iter().filter(|place| *place > 0).collect();
        places.sort_unstable();
        assert_eq!(places, [1, 2, 3, 4]);
    }

    #[test]
    #[should_panic(expected = "two events have the same name")]
    fn refuses_two_events_of_one_name() {
        let _: [u32; 5] = index(&["a", "b", "a"].map(reader));
    }
}
