//! A catalog as people and programs look at it.

pub(crate) mod find;
pub(crate) mod objects;
pub(crate) mod table;
pub(crate) mod words;

use clap::ValueEnum;
use eventc_compiler::catalog::{
    Body, Context, ContextId, Event, EventId, Field, Home, ModuleId, Stream, StreamId, Type,
    TypeId, TypeRef,
};
use eventc_compiler::{Catalog, Span};

use crate::schema::Checked;

/// How a catalog is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: lines that fit the terminal, and whole lines in a pipe.
    Text,
    /// For programs: one JSON object, always with the fields.
    Json,
}

/// Something that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Event(EventId),
    Type(TypeId),
    Stream(StreamId),
    Context(ContextId),
}

impl Thing {
    /// Everything that a catalog declares.
    pub(crate) fn all(catalog: &Catalog) -> Vec<Self> {
        let mut things: Vec<_> = Event::ids(catalog).map(Self::Event).collect();
        things.extend(Type::ids(catalog).map(Self::Type));
        things.extend(Stream::ids(catalog).map(Self::Stream));
        things.extend(Context::ids(catalog).map(Self::Context));
        things
    }

    /// `event`, `type`, `stream` or `context`.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::Type(_) => "type",
            Self::Stream(_) => "stream",
            Self::Context(_) => "context",
        }
    }

    /// Its name with its module: `billing.Money`.
    pub(crate) fn name(self, catalog: &Catalog) -> String {
        match self {
            Self::Event(id) => catalog[id].name.clone(),
            Self::Type(id) => qualified(catalog, catalog[id].module, &catalog[id].name),
            Self::Stream(id) => qualified(catalog, catalog[id].module, &catalog[id].name),
            Self::Context(id) => qualified(catalog, catalog[id].module, &catalog[id].name),
        }
    }
}

/// A name with its module before it; in the root, the name.
fn qualified(catalog: &Catalog, module: ModuleId, name: &str) -> String {
    let path = &catalog[module].path;
    let parts = path.iter().map(String::as_str).chain([name]);
    parts.collect::<Vec<_>>().join(".")
}

/// Where something stands, as messages name it: `schema/billing.yaml:12`.
pub(crate) fn place(checked: &Checked, span: Span) -> String {
    let file = checked.sources.file(span.file);
    let line = file.position(span.start).line;
    format!("{}:{line}", checked.sources.shown(&file.path))
}

/// The events that go to a stream.
pub(crate) fn events_of(catalog: &Catalog, stream: StreamId) -> Vec<EventId> {
    let goes_there =
        |id: &EventId| matches!(catalog[*id].home, Home::Stream(home) if home == stream);
    Event::ids(catalog).filter(goes_there).collect()
}

/// The events that carry a context.
pub(crate) fn events_with(catalog: &Catalog, context: ContextId) -> Vec<EventId> {
    let carries = |id: &EventId| {
        let mut carried = catalog[*id].contexts.iter();
        carried.any(|carried| carried.context == context)
    };
    Event::ids(catalog).filter(carries).collect()
}

/// The names of some events.
pub(crate) fn names(catalog: &Catalog, events: &[EventId]) -> Vec<String> {
    events.iter().map(|id| catalog[*id].name.clone()).collect()
}

/// The fields that have a type, and the types that are made of it: `checkout.order_placed.total`.
pub(crate) fn uses(catalog: &Catalog, wanted: TypeId) -> Vec<String> {
    let mut uses = Vec::new();
    for thing in Thing::all(catalog) {
        let fields: &[Field] = match thing {
            Thing::Event(id) => &catalog[id].fields,
            Thing::Stream(id) => &catalog[id].fields,
            Thing::Context(id) => &catalog[id].fields,
            Thing::Type(id) => match &catalog[id].body {
                Body::Record(fields) => fields,
                Body::Newtype(newtype) if mentions(&newtype.of, wanted) => {
                    uses.push(thing.name(catalog));
                    continue;
                }
                Body::Union(union) => {
                    let variants = union.variants.iter();
                    let variants = variants.filter(|variant| mentions(&variant.ty, wanted));
                    let named = |name: &str| format!("{}.{name}", thing.name(catalog));
                    uses.extend(variants.map(|variant| named(&variant.name)));
                    continue;
                }
                Body::Newtype(_) | Body::Enum(_) => continue,
            },
        };
        let having = fields.iter().filter(|field| mentions(&field.ty, wanted));
        uses.extend(having.map(|field| format!("{}.{}", thing.name(catalog), field.name)));
    }
    uses
}

/// The named types that others are made of, and those that these are made of; each once, the nearest first.
pub(crate) fn types_in<'c>(
    catalog: &'c Catalog,
    types: impl IntoIterator<Item = &'c TypeRef>,
) -> Vec<TypeId> {
    let mut found = Vec::new();
    for ty in types {
        named_in(ty, &mut found);
    }
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        next += 1;
        match &catalog[id].body {
            Body::Newtype(newtype) => named_in(&newtype.of, &mut found),
            Body::Record(fields) => fields
                .iter()
                .for_each(|field| named_in(&field.ty, &mut found)),
            Body::Union(union) => union
                .variants
                .iter()
                .for_each(|variant| named_in(&variant.ty, &mut found)),
            Body::Enum(_) => {}
        }
    }
    found
}

/// Adds the named types that a type is written with, those that are not there yet.
fn named_in(ty: &TypeRef, found: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Scalar(_) => {}
        TypeRef::List(item) => named_in(item, found),
        TypeRef::Map(key, value) => {
            named_in(key, found);
            named_in(value, found);
        }
        TypeRef::Named(id) if found.contains(id) => {}
        TypeRef::Named(id) => found.push(*id),
    }
}

fn mentions(ty: &TypeRef, wanted: TypeId) -> bool {
    let mut named = Vec::new();
    named_in(ty, &mut named);
    named.contains(&wanted)
}
