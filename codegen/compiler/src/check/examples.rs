//! Values in the schema: examples, which are whole events, and what `backfill` gives.

use super::damaged::Damaged;
use super::values::{Group, ValueReader};
use crate::catalog::{Catalog, Event, Example, Field};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::json::Json;
use crate::resolve::Draft;
use crate::syntax::ast::Name;
use crate::syntax::tree::{Data, Node};

/// Reads the values of a draft into its catalog.
pub(super) fn read(draft: &mut Draft<'_>, damaged: &Damaged, diagnostics: &mut Diagnostics) {
    for (path, node) in std::mem::take(&mut draft.backfills) {
        let catalog = &mut draft.catalog;
        let Some(field) = catalog.fields_of(path.owner).get(path.index) else {
            continue;
        };
        let value = backfill(catalog, field, node, damaged, diagnostics);
        let fields = catalog.fields_of_mut(path.owner);
        if let Some(field) = fields.and_then(|fields| fields.get_mut(path.index)) {
            field.backfill = value.map(Box::new);
        }
    }
    for (id, name, node) in std::mem::take(&mut draft.examples) {
        let (catalog, event) = (&draft.catalog, &draft.catalog[id]);
        if !is_known(catalog, event, damaged) {
            continue;
        }
        if let Some(example) = example(catalog, event, name, node, damaged, diagnostics) {
            draft.catalog[id].examples.push(example);
        }
    }
}

/// The rule: a `backfill` is a value of its field's type, for a required field.
fn backfill(
    catalog: &Catalog,
    field: &Field,
    node: &Node<'_>,
    damaged: &Damaged,
    diagnostics: &mut Diagnostics,
) -> Option<Json> {
    if !field.required {
        let message = format!("`{}` is optional, and needs no `backfill`", field.name);
        let diagnostic = Diagnostic::new(Code::BadBackfill, node.span, message).label("never used");
        diagnostics.push(
            diagnostic
                .also(field.span, "absent in older messages, and then `None`")
                .help("remove the `backfill`"),
        );
        return None;
    }
    if field.unresolved {
        return None;
    }
    let mut reader = ValueReader {
        catalog,
        code: Code::BadBackfill,
        what: "the `backfill`".to_owned(),
        damaged,
        diagnostics,
    };
    reader.value(&field.ty, false, node)
}

/// Whether an event is known whole, and without an error. Of another one nothing can be said to be missing.
fn is_known(catalog: &Catalog, event: &Event, damaged: &Damaged) -> bool {
    let stream = catalog.stream_of(event);
    let contexts = event.contexts.iter();
    let mut contexts = contexts.map(|carried| catalog[carried.context].span);
    !event.unresolved
        && !damaged.has(event.span)
        && stream.is_none_or(|stream| !stream.unresolved && !damaged.has(stream.span))
        && !contexts.any(|context| damaged.has(context))
}

/// The rule: an example is a whole event, as it is on the wire.
fn example(
    catalog: &Catalog,
    event: &Event,
    name: &Name<'_>,
    node: &Node<'_>,
    damaged: &Damaged,
    diagnostics: &mut Diagnostics,
) -> Option<Example> {
    let Data::Map(entries) = &node.data else {
        return None;
    };
    let what = format!("the example `{}`", name.value);
    let mut reader = ValueReader {
        catalog,
        code: Code::BadExample,
        what,
        damaged,
        diagnostics,
    };
    let header = catalog.stream_of(event).map(|stream| Group {
        name: &stream.name,
        ..Group::required(&stream.fields)
    });
    let contexts = event.contexts.iter().map(|carried| Group {
        name: &catalog[carried.context].name,
        fields: &catalog[carried.context].fields,
        optional: carried.optional,
    });
    let groups: Vec<_> = header
        .into_iter()
        .chain(contexts)
        .chain([Group::required(&event.fields)])
        .collect();
    let fixed = [
        ("event", event.name.clone()),
        ("version", event.version.to_string()),
    ];
    let mut members = vec![
        ("event".to_owned(), Json::String(event.name.clone())),
        (
            "version".to_owned(),
            Json::Number(event.version.to_string()),
        ),
    ];
    members.extend(reader.members(&groups, &fixed, entries, name.span)?);
    Some(Example {
        name: name.value.to_string(),
        span: name.span,
        json: Json::Object(members),
    })
}
