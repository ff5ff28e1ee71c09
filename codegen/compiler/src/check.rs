//! The rules of the language, one function each under a sentence that states it.

mod bodies;
mod damaged;
mod events;
mod examples;
mod fields;
mod keys;
pub(crate) mod lint;
mod ranges;
mod recursion;
mod scalar_text;
mod values;

use crate::catalog::{Body, Catalog, Context, Event, Field, Home, Storage, Stream, Type};
use crate::diagnostic::Diagnostics;
use crate::resolve::Draft;
use crate::syntax::ast;
use damaged::Damaged;

/// Checks a draft by every rule. What it finds out on the way is written into the draft: which fields
/// place events, which hold themselves, and the values of examples and backfills.
pub(crate) fn check(draft: &mut Draft<'_>, files: &[ast::File<'_>], diagnostics: &mut Diagnostics) {
    bodies::check(&draft.catalog, files, diagnostics);
    recursion::check(&mut draft.catalog, diagnostics);
    keys::check(&mut draft.catalog, diagnostics);
    fields::check(&mut draft.catalog, diagnostics);
    events::check(&draft.catalog, files, diagnostics);
    let damaged = Damaged::of(diagnostics, files);
    examples::read(draft, &damaged, diagnostics);
}

/// Every group of fields that is declared together.
fn field_groups(catalog: &Catalog) -> impl Iterator<Item = &[Field]> {
    let events = catalog.events.iter().map(|event| event.fields.as_slice());
    shared_groups(catalog).chain(events)
}

/// The groups of fields that several events may have.
fn shared_groups(catalog: &Catalog) -> impl Iterator<Item = &[Field]> {
    let records = catalog.types.iter().filter_map(|ty| match &ty.body {
        Body::Record(fields) => Some(fields.as_slice()),
        _ => None,
    });
    let contexts = catalog
        .contexts
        .iter()
        .map(|context| context.fields.as_slice());
    let streams = catalog
        .streams
        .iter()
        .map(|stream| stream.fields.as_slice());
    records.chain(contexts).chain(streams)
}

/// All of them, to be changed.
fn field_groups_mut(catalog: &mut Catalog) -> impl Iterator<Item = &mut Vec<Field>> {
    let Catalog {
        types,
        contexts,
        streams,
        events,
        ..
    } = catalog;
    let records = types.iter_mut().filter_map(|Type { body, .. }| match body {
        Body::Record(fields) => Some(fields),
        _ => None,
    });
    let contexts = contexts.iter_mut().map(|Context { fields, .. }| fields);
    let streams = streams.iter_mut().map(|Stream { fields, .. }| fields);
    let events = events.iter_mut().map(|Event { fields, .. }| fields);
    records.chain(contexts).chain(streams).chain(events)
}

/// Everything that says where events go, with the fields that it speaks of.
fn storages(catalog: &Catalog) -> impl Iterator<Item = (&Storage, &[Field])> {
    let streams = catalog
        .streams
        .iter()
        .map(|stream| (&stream.storage, stream.fields.as_slice()));
    let events = catalog.events.iter().filter_map(|event| match &event.home {
        Home::Own(storage) => Some((storage, event.fields.as_slice())),
        _ => None,
    });
    streams.chain(events)
}
