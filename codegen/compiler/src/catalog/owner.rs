//! What has fields.

use super::{Body, Catalog, ContextId, EventId, Field, Home, StreamId, TypeId};

/// What has fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A record.
    Type(TypeId),
    /// A context.
    Context(ContextId),
    /// A stream, whose fields are the header of its events.
    Stream(StreamId),
    /// An event.
    Event(EventId),
}

impl Catalog {
    /// The fields that something has of its own.
    pub fn fields_of(&self, owner: Owner) -> &[Field] {
        match owner {
            Owner::Type(id) => match &self[id].body {
                Body::Record(fields) => fields,
                _ => &[],
            },
            Owner::Context(id) => &self[id].fields,
            Owner::Stream(id) => &self[id].fields,
            Owner::Event(id) => &self[id].fields,
        }
    }

    /// The same, to be changed.
    pub(crate) fn fields_of_mut(&mut self, owner: Owner) -> Option<&mut Vec<Field>> {
        match owner {
            Owner::Type(id) => match &mut self[id].body {
                Body::Record(fields) => Some(fields),
                _ => None,
            },
            Owner::Context(id) => Some(&mut self[id].fields),
            Owner::Stream(id) => Some(&mut self[id].fields),
            Owner::Event(id) => Some(&mut self[id].fields),
        }
    }

    /// What has the members of an event's messages: its header, the contexts it carries, and itself.
    pub fn owners_of(&self, event: EventId) -> Vec<Owner> {
        let header = match self[event].home {
            Home::Stream(id) => Some(Owner::Stream(id)),
            Home::Own(_) | Home::Unresolved => None,
        };
        let contexts = self[event].contexts.iter();
        let contexts = contexts.map(|carried| Owner::Context(carried.context));
        let all = header.into_iter().chain(contexts);
        all.chain([Owner::Event(event)]).collect()
    }
}
