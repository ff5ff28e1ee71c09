//! Fields: what is filled and accepted, which names share a message, what is personal.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::is_known;
use super::{field_groups, field_groups_mut};
use crate::catalog::{Body, Catalog, Event, Field, Fill, Home, Scalar, TypeRef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, a_quoted};
use crate::source::Span;

/// The members that every message has.
const MESSAGE_MEMBERS: [&str; 2] = ["event", "version"];

pub(super) fn check(catalog: &mut Catalog, diagnostics: &mut Diagnostics) {
    for fields in field_groups(catalog) {
        for field in fields {
            accept_is_for_timestamps(catalog, field, diagnostics);
            map_keys_are_text(catalog, &field.ty, field.span, diagnostics);
        }
        wire_names_differ(fields, diagnostics);
    }
    fill_is_for_headers(catalog, diagnostics);
    message_members_are_taken(catalog, diagnostics);
    let mut reported = BTreeSet::new();
    for event in &catalog.events {
        names_of_a_message_differ(catalog, event, &mut reported, diagnostics);
    }
    inherit_pii(catalog);
}

/// The rule: `accept` is a window around now, for a timestamp.
fn accept_is_for_timestamps(catalog: &Catalog, field: &Field, diagnostics: &mut Diagnostics) {
    let is_time = *catalog.base(&field.ty) == TypeRef::Scalar(Scalar::Timestamp);
    if field.accept.is_some() && !is_time && is_known(catalog, field) {
        let message = format!("`{}` has `accept`, but is no timestamp", field.name);
        let label = format!("is of type `{}`", catalog.type_name(&field.ty));
        let place = field.accept_place();
        let diagnostic = Diagnostic::new(Code::AcceptType, place, message)
            .label("a window around now is for a timestamp")
            .also(field.span, label);
        diagnostics.push(
            diagnostic.help("remove `accept`; the rules of other values belong to their types"),
        );
    }
}

/// The rule: `fill: uuid_v7` is for a uuid, `fill: now` for a timestamp, in a header.
fn fill_is_for_headers(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let own_streams = catalog
        .events
        .iter()
        .filter(|event| matches!(event.home, Home::Own(_)));
    let headers = catalog
        .streams
        .iter()
        .flat_map(|stream| &stream.fields)
        .chain(own_streams.flat_map(|event| &event.fields));
    let places: BTreeSet<Span> = headers.map(|field| field.span).collect();
    for field in field_groups(catalog).flatten() {
        let Some(fill) = field.fill else { continue };
        let (word, scalar) = match fill {
            Fill::UuidV7 => ("uuid_v7", Scalar::Uuid),
            Fill::Now => ("now", Scalar::Timestamp),
        };
        let is_filled = *catalog.base(&field.ty) == TypeRef::Scalar(scalar);
        let (message, help) = if !places.contains(&field.span) {
            let message = format!(
                "`{}` cannot be filled: only a stream's fields are",
                field.name
            );
            (
                message,
                "remove `fill`, or move the field to a stream".to_owned(),
            )
        } else if !field.required && field.key {
            // What places an event is never optional: that was said.
            continue;
        } else if !field.required {
            let message = format!("`{}` is optional, and filled", field.name);
            (message, "remove the `?` of the field, or `fill`".to_owned())
        } else if !is_filled && is_known(catalog, field) {
            let message = format!(
                "`fill: {word}` makes {}, but `{}` is {}",
                a_quoted(scalar.name()),
                field.name,
                a_quoted(&catalog.type_name(&field.ty))
            );
            (
                message,
                format!(
                    "remove `fill`, or give the field the type `{}`",
                    scalar.name()
                ),
            )
        } else {
            continue;
        };
        let place = field.fill_place();
        let diagnostic =
            Diagnostic::new(Code::FillType, place, message).label("does not go with this field");
        diagnostics.push(diagnostic.also(field.span, "the field").help(help));
    }
}

/// The rule: `event` and `version` are members of every message.
fn message_members_are_taken(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let contexts = catalog.contexts.iter().flat_map(|context| &context.fields);
    let streams = catalog.streams.iter().flat_map(|stream| &stream.fields);
    let events = catalog.events.iter().flat_map(|event| &event.fields);
    for field in contexts.chain(streams).chain(events) {
        if MESSAGE_MEMBERS.contains(&field.wire()) {
            let message = format!("every message has a member `{}` of its own", field.wire());
            let diagnostic =
                Diagnostic::new(Code::ReservedMember, field.span, message).label("taken");
            diagnostics.push(
                diagnostic
                    .help("rename the field, or give it another name on the wire with `wire:`"),
            );
        }
    }
}

/// The rule: fields that are declared together differ on the wire.
fn wire_names_differ(fields: &[Field], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Field> = BTreeMap::new();
    for field in fields {
        if let Some(first) = seen.get(field.wire()) {
            diagnostics.push(same_member(
                field.wire(),
                field.span,
                first.span,
                "first here",
            ));
        } else {
            seen.insert(field.wire(), field);
        }
    }
}

/// The rule: the fields of an event, its header and its contexts share one flat message.
fn names_of_a_message_differ(
    catalog: &Catalog,
    event: &Event,
    reported: &mut BTreeSet<(Span, Span)>,
    diagnostics: &mut Diagnostics,
) {
    let mut groups: Vec<(String, Option<Span>, &[Field])> = Vec::new();
    if let Some(stream) = catalog.stream_of(event) {
        groups.push((
            format!("the header of `{}`", stream.name),
            None,
            &stream.fields,
        ));
    }
    for carried in &event.contexts {
        let context = &catalog[carried.context];
        groups.push((
            format!("the context `{}`", context.name),
            Some(carried.span),
            &context.fields,
        ));
    }
    groups.push(("the event".to_owned(), None, &event.fields));
    let mut seen: BTreeMap<&str, (usize, &Field)> = BTreeMap::new();
    for (group, (_, carried, fields)) in groups.iter().enumerate() {
        for field in *fields {
            for name in BTreeSet::from([field.name.as_str(), field.wire()]) {
                let Some(&(other, first)) = seen.get(name) else {
                    seen.insert(name, (group, field));
                    continue;
                };
                // Within one group the other check speaks, and a pair of places is one mistake.
                if other == group || !reported.insert((first.span, field.span)) {
                    continue;
                }
                let from = groups.get(other).map_or("", |(what, ..)| what.as_str());
                let mut diagnostic = same_member(
                    name,
                    carried.unwrap_or(field.span),
                    first.span,
                    &format!("also in {from}"),
                );
                if first.wire() != field.wire() {
                    diagnostic.help =
                        vec!["rename one: within an event a name means one thing".to_owned()];
                }
                if carried.is_some() {
                    diagnostic = diagnostic
                        .also(field.span, "and in this context")
                        .note(format!("both are in `{}`", event.name));
                }
                diagnostics.push(diagnostic);
            }
        }
    }
}

fn same_member(name: &str, span: Span, first: Span, where_first: &str) -> Diagnostic {
    Diagnostic::new(
        Code::FieldCollision,
        span,
        format!("two fields of one message are called `{name}`"),
    )
    .label("a second one")
    .also(first, where_first)
    .note("a message is one flat object: header, contexts and own fields stand side by side")
    .help("rename one, or give it another name on the wire with `wire:`")
}

/// The rule: the key of a map is `string`, a newtype of it, or an enum.
pub(super) fn map_keys_are_text(
    catalog: &Catalog,
    ty: &TypeRef,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    match ty {
        TypeRef::List(item) => map_keys_are_text(catalog, item, span, diagnostics),
        TypeRef::Map(key, value) => {
            let is_enum =
                matches!(&**key, TypeRef::Named(id) if matches!(catalog[*id].body, Body::Enum(_)));
            let base = catalog.base(key);
            // A newtype of something else than a scalar is refused as such.
            let is_said = base != &**key && matches!(base, TypeRef::Named(_));
            let is_text = *base == TypeRef::Scalar(Scalar::String);
            if !is_enum && !is_text && !is_said && catalog.is_known(key) {
                let message = format!("`{}` cannot be the key of a map", catalog.type_name(key));
                let diagnostic = Diagnostic::new(Code::MapKey, span, message)
                    .label(format!("is of type `{}`", catalog.type_name(ty)));
                diagnostics.push(
                    diagnostic.note("the keys of a JSON object are text").help(
                        "use `string`, a newtype of string, or an enum; or a list of records",
                    ),
                );
            }
            map_keys_are_text(catalog, value, span, diagnostics);
        }
        TypeRef::Scalar(_) | TypeRef::Named(_) => {}
    }
}

/// A field of a type that is personal is personal, unless it says of what class it is.
fn inherit_pii(catalog: &mut Catalog) {
    let fields = field_groups(catalog).flatten().enumerate();
    let inherits = fields.filter(|(_, field)| field.pii.is_none());
    let inherited: Vec<_> = inherits
        .filter_map(|(index, field)| Some((index, catalog.pii_in(&field.ty)?)))
        .collect();
    let mut inherited = inherited.into_iter().peekable();
    for (index, field) in field_groups_mut(catalog).flatten().enumerate() {
        if let Some((_, class)) = inherited.next_if(|(of, _)| *of == index) {
            field.pii = Some(Box::new(class.into()));
        }
    }
}
