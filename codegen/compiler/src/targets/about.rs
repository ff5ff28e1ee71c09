//! What people read about an event, a type or a field: its description, then a line for each thing that the form of a value does not say.

use crate::catalog::{Catalog, Deprecated, Event, Field, MemberDocs, Type};
use crate::words;

/// None if there is nothing to say.
pub(super) fn ty(catalog: &Catalog, ty: &Type) -> Option<String> {
    let unit = ty.unit.as_deref().map(|text| fact("unit", text));
    let pii = ty.pii.as_deref().map(|text| fact("personal data", text));
    let since = ty.docs.since.as_deref().map(|text| fact("since", text));
    let facts = [unit, pii, since].into_iter().flatten().collect();
    let deprecated = ty.docs.deprecated.as_deref();
    text(catalog, ty.docs.description.as_deref(), facts, deprecated)
}

/// None if there is nothing to say.
pub(super) fn field(catalog: &Catalog, field: &Field) -> Option<String> {
    let unit = field.unit.as_deref().map(|text| fact("unit", text));
    let pii = field.pii.as_deref();
    let pii = pii.map(|text| fact("personal data", text));
    let window = field.accept.as_deref();
    let window = window.map(|window| fact("accepted", &words::window_text(*window)));
    let facts = [unit, pii, window].into_iter().flatten().collect();
    member(catalog, &field.docs, facts)
}

/// A value of an enum; none if there is nothing to say.
pub(super) fn value(catalog: &Catalog, docs: &MemberDocs) -> Option<String> {
    member(catalog, docs, Vec::new())
}

fn member(catalog: &Catalog, docs: &MemberDocs, mut facts: Vec<String>) -> Option<String> {
    facts.extend(docs.since.as_deref().map(|text| fact("since", text)));
    let deprecated = docs.deprecated.as_deref();
    text(catalog, docs.description.as_deref(), facts, deprecated)
}

/// Where the event goes and what places it, too.
pub(super) fn event(catalog: &Catalog, event: &Event) -> Option<String> {
    let mut facts = Vec::new();
    let stream = catalog.stream_of(event);
    facts.extend(stream.map(|stream| fact("stream", &stream.name)));
    if let Some((storage, fields)) = catalog.storage_of(event) {
        let wire = |index: usize| fields.get(index).map_or("", Field::wire).to_owned();
        facts.push(fact("partition", &storage.partition_text(wire)));
        facts.extend(storage.key.map(|key| fact("key", &wire(key.index))));
        facts.extend(storage.id.map(|id| fact("id", &wire(id.index))));
        let retain = storage.retain.map(words::duration_text);
        facts.extend(retain.map(|retain| fact("retain", &retain)));
    }
    facts.extend(event.expect.map(|expect| {
        let (least, per) = (expect.at_least, expect.per.name());
        fact("expected", &format!("at least {least} per {per}"))
    }));
    let docs = &event.docs;
    facts.extend(docs.owner.as_deref().map(|text| fact("owner", text)));
    facts.extend(docs.since.as_deref().map(|text| fact("since", text)));
    let deprecated = docs.deprecated.as_deref();
    text(catalog, docs.description.as_deref(), facts, deprecated)
}

fn fact(name: &str, value: &str) -> String {
    format!("{name}: {value}")
}

fn text(
    catalog: &Catalog,
    description: Option<&str>,
    mut facts: Vec<String>,
    deprecated: Option<&Deprecated>,
) -> Option<String> {
    facts.extend(deprecated.map(|deprecated| deprecated.line(catalog)));
    let facts = (!facts.is_empty()).then(|| facts.join("\n"));
    let parts = description.map(str::trim_end).into_iter();
    let parts: Vec<_> = parts.chain(facts.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}
