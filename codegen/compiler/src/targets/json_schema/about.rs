//! What people read about a type, a field or an event: its description, then a line for each thing that a validator does not ask about.

use super::schema::Schema;
use crate::catalog::{Catalog, Deprecated, Event, Field, MemberDocs, Type};
use crate::words;

pub(super) fn of_type(catalog: &Catalog, ty: &Type) -> Schema {
    let unit = ty.unit.as_deref().map(unit);
    let pii = ty.pii.as_deref().map(personal_data);
    let since = ty.docs.since.as_deref().map(since);
    let facts = [unit, pii, since].into_iter().flatten().collect();
    let deprecated = ty.docs.deprecated.as_deref();
    about(catalog, ty.docs.description.as_deref(), facts, deprecated)
}

/// A field; its backfill is what a reader takes where an older message lacks it.
pub(super) fn of_field(catalog: &Catalog, field: &Field) -> Schema {
    let unit = field.unit.as_deref().map(|text| unit(text));
    let pii = field.pii.as_deref().map(|text| personal_data(text));
    let accepted = field.accept.as_deref();
    let accepted = accepted.map(|window| format!("accepted: {}", words::window_text(*window)));
    let facts = [unit, pii, accepted].into_iter().flatten().collect();
    let backfill = field.backfill.as_deref().cloned();
    of_member(catalog, &field.docs, facts).with_some("default", backfill)
}

/// A field or a value of an enum.
pub(super) fn of_member(catalog: &Catalog, docs: &MemberDocs, mut facts: Vec<String>) -> Schema {
    facts.extend(docs.since.as_deref().map(|text| since(text)));
    let deprecated = docs.deprecated.as_deref();
    about(catalog, docs.description.as_deref(), facts, deprecated)
}

/// Whether there is nothing to say.
pub(super) fn is_plain(docs: &MemberDocs) -> bool {
    docs.description.is_none() && docs.since.is_none() && docs.deprecated.is_none()
}

/// An event: where it goes and what places it, too.
pub(super) fn of_event(catalog: &Catalog, event: &Event) -> Schema {
    let mut facts = Vec::new();
    facts.extend(
        catalog
            .stream_of(event)
            .map(|stream| format!("stream: {}", stream.name)),
    );
    if let Some((storage, fields)) = catalog.storage_of(event) {
        let wire = |index: usize| fields.get(index).map_or("", Field::wire).to_owned();
        facts.push(format!("partition: {}", storage.partition_text(wire)));
        facts.extend(storage.key.map(|key| format!("key: {}", wire(key.index))));
        facts.extend(storage.id.map(|id| format!("id: {}", wire(id.index))));
        facts.extend(
            storage
                .retain
                .map(|retain| format!("retain: {}", words::duration_text(retain))),
        );
    }
    let expected = event.expect.map(|expect| {
        format!(
            "expected: at least {} per {}",
            expect.at_least,
            expect.per.name()
        )
    });
    facts.extend(expected);
    facts.extend(
        event
            .docs
            .owner
            .as_deref()
            .map(|owner| format!("owner: {owner}")),
    );
    facts.extend(event.docs.since.as_deref().map(since));
    let deprecated = event.docs.deprecated.as_deref();
    about(
        catalog,
        event.docs.description.as_deref(),
        facts,
        deprecated,
    )
}

fn about(
    catalog: &Catalog,
    description: Option<&str>,
    mut facts: Vec<String>,
    deprecated: Option<&Deprecated>,
) -> Schema {
    facts.extend(deprecated.map(|deprecated| deprecated.line(catalog)));
    let facts = (!facts.is_empty()).then(|| facts.join("\n"));
    let parts: Vec<_> = description
        .map(str::trim_end)
        .into_iter()
        .chain(facts.as_deref())
        .collect();
    let text = (!parts.is_empty()).then(|| parts.join("\n\n"));
    Schema::new()
        .with_some("description", text)
        .with_some("deprecated", deprecated.map(|_| true))
}

fn unit(text: &str) -> String {
    format!("unit: {text}")
}

fn personal_data(class: &str) -> String {
    format!("personal data: {class}")
}

fn since(text: &str) -> String {
    format!("since: {text}")
}
