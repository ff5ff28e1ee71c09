//! What people and stores ask for, and a schema may leave out.

use crate::catalog::{Catalog, Docs, Home, Storage};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The rule: what people read has a description: events, streams and contexts.
pub(super) fn description(catalog: &Catalog) -> Vec<Diagnostic> {
    let events = catalog
        .events
        .iter()
        .map(|event| ("event", &event.ident, &event.docs, event.span));
    let streams = catalog
        .streams
        .iter()
        .map(|stream| ("stream", &stream.name, &stream.docs, stream.span));
    let contexts = catalog
        .contexts
        .iter()
        .map(|context| ("context", &context.name, &context.docs, context.span));
    let all = events.chain(streams).chain(contexts);
    let bare =
        all.filter(|(_, _, docs, _): &(&str, &String, &Docs, Span)| docs.description.is_none());
    bare.map(|(what, name, _, span)| {
        Diagnostic::new(
            Code::MissingDescription,
            span,
            format!("the {what} `{name}` has no description"),
        )
        .label("nobody can know what it means")
        .help("add `description:` with a sentence that says what happened, and when it is sent")
    })
    .collect()
}

/// The rule: every event has an owner.
pub(super) fn owner(catalog: &Catalog) -> Vec<Diagnostic> {
    let orphans = catalog
        .events
        .iter()
        .filter(|event| event.docs.owner.is_none());
    orphans
        .map(|event| {
            Diagnostic::new(
                Code::MissingOwner,
                event.span,
                format!("nobody owns the event `{}`", event.name),
            )
            .label("no owner")
            .help("add `owner:` here, at the top of the file, or in `catalog.yaml`")
        })
        .collect()
}

/// The rule: an event has an `id`, so that one that arrives twice is one event.
pub(super) fn id(catalog: &Catalog) -> Vec<Diagnostic> {
    let without = stores(catalog).filter(|(_, storage, _)| storage.id.is_none());
    without
        .map(|(name, _, span)| {
            Diagnostic::new(Code::MissingId, span, format!("`{name}` has no `id`"))
                .label("an event that arrives twice is two events")
                .help("name a field that is different in every event: `id: event_id`")
        })
        .collect()
}

/// The rule: it is said how long events are kept.
pub(super) fn retain(catalog: &Catalog) -> Vec<Diagnostic> {
    let without = stores(catalog).filter(|(_, storage, _)| storage.retain.is_none());
    without
        .map(|(name, _, span)| {
            Diagnostic::new(
                Code::MissingRetain,
                span,
                format!("`{name}` has no `retain`"),
            )
            .label("its events are kept for ever")
            .help("say how long they are of use: `retain: 400d`")
        })
        .collect()
}

/// What events are stored by: its name, how, and its place.
fn stores(catalog: &Catalog) -> impl Iterator<Item = (&String, &Storage, Span)> {
    let streams = catalog
        .streams
        .iter()
        .map(|stream| (&stream.name, &stream.storage, stream.span));
    let own = catalog.events.iter().filter_map(|event| match &event.home {
        Home::Own(storage) => Some((&event.name, storage, event.span)),
        _ => None,
    });
    streams.chain(own)
}
