//! The checked model: what every target reads.
//!
//! A [`Catalog`] is handed out only if no rule was broken, so a target never meets a field whose
//! type is missing or an event without a partition. Every node keeps its span, for docs that cite
//! the schema and for the checks of single targets.

mod contents;
mod event;
mod owner;
mod ty;

use std::ops::{Index, IndexMut};
use std::sync::Arc;

pub(crate) use contents::{Contents, ModuleContents};
pub use event::{Carried, Context, Event, Example, FieldRef, Home, Storage, Stream, Transform};
pub use owner::Owner;
pub use ty::{Body, Enum, EnumValue, Field, Newtype, Rules, Type, TypeRef, Union, Variant};
pub(crate) use ty::{FieldRest, MAX_NEWTYPES, compare_numbers};

pub use crate::words::{Expect, Fill, Period, Scalar, Store, TransformKind};

use crate::source::Span;

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident => $list:ident: $node:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(usize);

        #[allow(clippy::indexing_slicing, reason = "an id is made by adding to the list it indexes")]
        impl Index<$id> for Catalog {
            type Output = $node;
            fn index(&self, id: $id) -> &$node {
                &self.$list[id.0]
            }
        }

        #[allow(clippy::indexing_slicing, reason = "an id is made by adding to the list it indexes")]
        impl IndexMut<$id> for Catalog {
            fn index_mut(&mut self, id: $id) -> &mut $node {
                &mut self.$list[id.0]
            }
        }

        impl $node {
            /// Adds it to the catalog.
            pub(crate) fn add_to(self, catalog: &mut Catalog) -> $id {
                catalog.$list.push(self);
                $id(catalog.$list.len() - 1)
            }

            /// The ids of all of its kind, in the order they were declared.
            pub fn ids(catalog: &Catalog) -> impl Iterator<Item = $id> + use<> {
                (0..catalog.$list.len()).map($id)
            }
        }
    )*};
}

ids! {
    /// A module of a catalog.
    ModuleId => modules: Module
    /// A named type.
    TypeId => types: Type
    /// A context.
    ContextId => contexts: Context
    /// A stream.
    StreamId => streams: Stream
    /// An event.
    EventId => events: Event
}

/// A whole schema.
#[derive(Debug, Default)]
pub struct Catalog {
    /// `acme`
    pub name: String,
    /// The targets beside Rust, in alphabetical order.
    pub targets: Vec<String>,
    /// The root first, then the others in the order of their paths.
    pub modules: Vec<Module>,
    /// All types, those that stand in place of a name inside a field included.
    pub types: Vec<Type>,
    /// All contexts.
    pub contexts: Vec<Context>,
    /// All streams.
    pub streams: Vec<Stream>,
    /// All events.
    pub events: Vec<Event>,
}

/// A file of the schema, or a folder that holds some.
#[derive(Debug)]
pub struct Module {
    /// `["backend", "request"]`; empty for the root.
    pub path: Vec<String>,
    /// The start of its file; none for a folder without a file of its own.
    pub span: Option<Span>,
    /// What the file says about itself.
    pub description: Option<String>,
}

/// What people read about a thing.
#[derive(Debug, Clone, Default)]
pub struct Docs {
    /// In Markdown.
    pub description: Option<Box<str>>,
    /// Who answers for it; inherited from the file and the root, and so the same text for nearly all of them.
    pub owner: Option<Arc<str>>,
    /// Since when it is there, in the schema's own words.
    pub since: Option<Box<str>>,
    /// Why it should no longer be used.
    pub deprecated: Option<Box<Deprecated>>,
}

/// What people read about a field or a value of an enum. Nobody asks who answers for one.
#[derive(Debug, Clone, Default)]
pub struct MemberDocs {
    /// In Markdown.
    pub description: Option<Box<str>>,
    /// Since when it is there, in the schema's own words.
    pub since: Option<RareText>,
    /// Why it should no longer be used.
    pub deprecated: Option<Box<Deprecated>>,
}

/// A text that few fields have: where there is none, it takes one word of memory and not two.
pub type RareText = Box<Box<str>>;

/// That a thing should no longer be used.
#[derive(Debug, Clone)]
pub struct Deprecated {
    /// Why.
    pub reason: Option<String>,
    /// The event to use in its place.
    pub instead: Option<EventId>,
}
