//! What a module declares in Rust: a type for each noun, and the enums over events.

use super::names;
use crate::catalog::{Catalog, Event, Home, ModuleId, Stream, StreamId};
use crate::source::Span;

/// The variant that keeps a value which is not known.
pub(super) const UNRECOGNIZED: &str = "Unrecognized";

/// The enum over the whole catalog.
pub(super) const EVENTS: &str = "Events";

/// A name in a module, and what it is made from.
pub(super) struct Named {
    pub(super) rust: String,
    pub(super) what: String,
    pub(super) span: Span,
}

/// The names of all types that a module declares.
pub(super) fn type_names(catalog: &Catalog, module: ModuleId) -> Vec<Named> {
    let named = |rust: String, what: String, span: Span| Named { rust, what, span };
    let mut all = Vec::new();
    for ty in catalog.types.iter().filter(|ty| ty.module == module) {
        all.push(named(
            names::camel_type(&ty.name),
            format!("the type `{}`", ty.name),
            ty.span,
        ));
    }
    for context in catalog
        .contexts
        .iter()
        .filter(|context| context.module == module)
    {
        all.push(named(
            names::camel(&context.name),
            format!("the context `{}`", context.name),
            context.span,
        ));
    }
    for id in Stream::ids(catalog).filter(|&id| catalog[id].module == module) {
        let stream = &catalog[id];
        all.push(named(
            names::camel(&stream.name),
            format!("the stream `{}`", stream.name),
            stream.span,
        ));
        if events_of(catalog, id).next().is_some() {
            all.push(named(
                stream_enum(&stream.name),
                format!("all events of the stream `{}`", stream.name),
                stream.span,
            ));
        }
    }
    for event in catalog.events.iter().filter(|event| event.module == module) {
        all.push(named(
            names::camel(&event.ident),
            format!("the event `{}`", event.ident),
            event.span,
        ));
    }
    if let (true, Some(span)) = (
        catalog[module].path.is_empty() && !catalog.events.is_empty(),
        catalog[module].span,
    ) {
        all.push(named(
            EVENTS.to_owned(),
            "all events of the catalog".to_owned(),
            span,
        ));
    }
    all
}

/// The events that go to a stream.
pub(super) fn events_of(catalog: &Catalog, stream: StreamId) -> impl Iterator<Item = &Event> {
    catalog
        .events
        .iter()
        .filter(move |event| matches!(event.home, Home::Stream(id) if id == stream))
}

/// The enum of a stream's events.
pub(super) fn stream_enum(stream: &str) -> String {
    names::camel(&format!("{stream}_event"))
}

/// The variant of `Events` that holds the enum of a stream's events: the stream's name, after that of its module.
pub(super) fn stream_variant(catalog: &Catalog, stream: &Stream) -> String {
    let mut path = catalog[stream.module].path.clone();
    path.push(stream.name.clone());
    names::camel(&path.join("."))
}
