//! What has a name of its own, whatever it is.

use super::{
    Body, Catalog, Context, ContextId, Docs, Event, EventId, Field, Home, ModuleId, Stream,
    StreamId, Type, TypeId, TypeRef,
};
use crate::source::Span;

/// Something that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// An event.
    Event(EventId),
    /// A type.
    Type(TypeId),
    /// A stream.
    Stream(StreamId),
    /// A context.
    Context(ContextId),
}

impl Thing {
    /// Everything that a catalog declares.
    pub fn all(catalog: &Catalog) -> Vec<Self> {
        let mut things: Vec<_> = Event::ids(catalog).map(Self::Event).collect();
        things.extend(Type::ids(catalog).map(Self::Type));
        things.extend(Stream::ids(catalog).map(Self::Stream));
        things.extend(Context::ids(catalog).map(Self::Context));
        things
    }

    /// `event`, `type`, `stream` or `context`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::Type(_) => "type",
            Self::Stream(_) => "stream",
            Self::Context(_) => "context",
        }
    }

    /// Its name with its module: `billing.Money`.
    pub fn name(self, catalog: &Catalog) -> String {
        match self {
            Self::Event(id) => catalog[id].name.clone(),
            Self::Type(id) => catalog.qualified(catalog[id].module, &catalog[id].name),
            Self::Stream(id) => catalog.qualified(catalog[id].module, &catalog[id].name),
            Self::Context(id) => catalog.qualified(catalog[id].module, &catalog[id].name),
        }
    }

    /// Where it is declared.
    pub fn span(self, catalog: &Catalog) -> Span {
        match self {
            Self::Event(id) => catalog[id].span,
            Self::Type(id) => catalog[id].span,
            Self::Stream(id) => catalog[id].span,
            Self::Context(id) => catalog[id].span,
        }
    }

    /// Its documentation.
    pub fn docs(self, catalog: &Catalog) -> &Docs {
        match self {
            Self::Event(id) => &catalog[id].docs,
            Self::Type(id) => &catalog[id].docs,
            Self::Stream(id) => &catalog[id].docs,
            Self::Context(id) => &catalog[id].docs,
        }
    }

    /// What it is made of: its fields or variants by their names, or one value without a name.
    pub fn members(self, catalog: &Catalog) -> Vec<(Option<&str>, &TypeRef)> {
        match self {
            Self::Event(id) => fields_of(&catalog[id].fields),
            Self::Stream(id) => fields_of(&catalog[id].fields),
            Self::Context(id) => fields_of(&catalog[id].fields),
            Self::Type(id) => match &catalog[id].body {
                Body::Record(fields) => fields_of(fields),
                Body::Newtype(newtype) => vec![(None, &newtype.of)],
                Body::Union(union) => {
                    let variants = union.variants.iter();
                    variants
                        .map(|variant| (Some(variant.name.as_str()), &variant.ty))
                        .collect()
                }
                Body::Enum(_) => Vec::new(),
            },
        }
    }
}

fn fields_of(fields: &[Field]) -> Vec<(Option<&str>, &TypeRef)> {
    fields
        .iter()
        .map(|field| (Some(field.name.as_str()), &field.ty))
        .collect()
}

impl Catalog {
    /// The fields that something has of its own.
    pub fn fields_of(&self, owner: Thing) -> &[Field] {
        match owner {
            Thing::Type(id) => match &self[id].body {
                Body::Record(fields) => fields,
                _ => &[],
            },
            Thing::Context(id) => &self[id].fields,
            Thing::Stream(id) => &self[id].fields,
            Thing::Event(id) => &self[id].fields,
        }
    }

    /// The same, to be changed.
    pub(crate) fn fields_of_mut(&mut self, owner: Thing) -> Option<&mut Vec<Field>> {
        match owner {
            Thing::Type(id) => match &mut self[id].body {
                Body::Record(fields) => Some(fields),
                _ => None,
            },
            Thing::Context(id) => Some(&mut self[id].fields),
            Thing::Stream(id) => Some(&mut self[id].fields),
            Thing::Event(id) => Some(&mut self[id].fields),
        }
    }

    /// What has the members of an event's messages: its header, the contexts it carries, and itself.
    pub fn owners_of(&self, event: EventId) -> Vec<Thing> {
        let header = match self[event].home {
            Home::Stream(id) => Some(Thing::Stream(id)),
            Home::Own(_) | Home::Unresolved => None,
        };
        let contexts = self[event].contexts.iter();
        let contexts = contexts.map(|carried| Thing::Context(carried.context));
        let all = header.into_iter().chain(contexts);
        all.chain([Thing::Event(event)]).collect()
    }

    /// A name with its module before it; in the root, the name.
    pub fn qualified(&self, module: ModuleId, name: &str) -> String {
        let path = &self[module].path;
        let parts = path.iter().map(String::as_str).chain([name]);
        parts.collect::<Vec<_>>().join(".")
    }
}

impl TypeRef {
    /// Adds the named types that it is written with, those that are not there yet.
    pub fn named(&self, found: &mut Vec<TypeId>) {
        match self {
            Self::Scalar(_) => {}
            Self::List(item) => item.named(found),
            Self::Map(key, value) => {
                key.named(found);
                value.named(found);
            }
            Self::Named(id) if found.contains(id) => {}
            Self::Named(id) => found.push(*id),
        }
    }
}
