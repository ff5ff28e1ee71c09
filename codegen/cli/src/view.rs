//! A catalog as people and programs look at it.

pub(crate) mod find;
pub(crate) mod objects;
pub(crate) mod table;
pub(crate) mod words;

use clap::ValueEnum;
pub(crate) use eventc_compiler::catalog::Thing;
use eventc_compiler::catalog::{ContextId, Event, EventId, Home, StreamId, TypeId, TypeRef};
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
        for (member, ty) in thing.members(catalog) {
            if mentions(ty, wanted) {
                let name = thing.name(catalog);
                uses.push(member.map_or_else(|| name.clone(), |member| format!("{name}.{member}")));
            }
        }
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
        ty.named(&mut found);
    }
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        next += 1;
        for (_, ty) in Thing::Type(id).members(catalog) {
            ty.named(&mut found);
        }
    }
    found
}

fn mentions(ty: &TypeRef, wanted: TypeId) -> bool {
    let mut named = Vec::new();
    ty.named(&mut named);
    named.contains(&wanted)
}
