//! What is valid, and rarely what was meant.

use std::collections::HashMap;

use crate::catalog::{Body, Catalog, Contents, Deprecated, Event, Field, Scalar, Stream, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The rule: an enum has more than one value, or says that it is open.
pub(super) fn single_value(catalog: &Catalog) -> Vec<Diagnostic> {
    let lone = catalog.types.iter().filter_map(|ty| match &ty.body {
        Body::Enum(values) if !values.open => match values.values.as_slice() {
            [only] => Some(only),
            _ => None,
        },
        _ => None,
    });
    lone.map(|value| {
        let message = format!("`{}` is the only value of its enum", value.wire);
        Diagnostic::new(Code::SingleValue, value.span, message)
            .label("what can only be this says nothing")
            .help("add the other values, say `open: true` if more will come, or leave it out")
    })
    .collect()
}

/// The rule: an event of three fields and more has one that is always there.
pub(super) fn all_optional(catalog: &Catalog) -> Vec<Diagnostic> {
    let hollow = catalog.events.iter().filter(|event| {
        event.fields.len() >= 3 && event.fields.iter().all(|field| !field.required)
    });
    hollow
        .map(|event| {
            let message = format!("all fields of `{}` are optional", event.name);
            Diagnostic::new(Code::AllOptional, event.span, message)
                .label("an event without any of them is whole")
                .help("remove the `?` of those that every event has")
        })
        .collect()
}

/// The rule: what is not deprecated does without what is.
pub(super) fn deprecated_in_use(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for event in catalog.events.iter().filter(|event| !is_old(event)) {
        for carried in &event.contexts {
            let context = &catalog[carried.context];
            if let Some(old) = &context.docs.deprecated {
                let what = format!("the context `{}`", context.name);
                found.push(outdated(carried.span, &what, context.span, old));
            }
        }
        if let Some(stream) = catalog.stream_of(event)
            && let Some(old) = &stream.docs.deprecated
        {
            let what = format!("the stream `{}`", stream.name);
            found.push(outdated(event.span, &what, stream.span, old));
        }
    }
    let fields = alive(catalog).filter(|field| field.docs.deprecated.is_none());
    for field in fields {
        if let Some(ty) = named(&field.ty).map(|id| &catalog[id])
            && let Some(old) = &ty.docs.deprecated
        {
            let what = format!("the type `{}`", ty.name);
            found.push(outdated(field.span, &what, ty.span, old));
        }
    }
    found.extend(catalog.events.iter().filter_map(|event| {
        let old = event.docs.deprecated.as_ref()?;
        let instead = &catalog[old.instead?];
        instead.docs.deprecated.as_ref()?;
        Some(replaced_by_old(event, instead))
    }));
    found
}

fn replaced_by_old(event: &Event, instead: &Event) -> Diagnostic {
    let message = format!(
        "`{}` is to be replaced by what is deprecated too",
        event.name
    );
    Diagnostic::new(Code::DeprecatedInUse, event.span, message)
        .label("who follows its `use` has to move twice")
        .also(instead.span, "deprecated")
        .help("name the event that will stay, or none")
}

fn is_old(event: &Event) -> bool {
    event.docs.deprecated.is_some()
}

/// The fields of all that is not deprecated.
fn alive(catalog: &Catalog) -> impl Iterator<Item = &Field> {
    let types = catalog.types.iter();
    let types = types.filter(|ty| ty.docs.deprecated.is_none());
    let records = types.filter_map(|ty| match &ty.body {
        Body::Record(fields) => Some(fields),
        _ => None,
    });
    let contexts = catalog.contexts.iter();
    let contexts = contexts.filter(|context| context.docs.deprecated.is_none());
    let streams = catalog.streams.iter();
    let streams = streams.filter(|stream| stream.docs.deprecated.is_none());
    let events = catalog.events.iter().filter(|event| !is_old(event));
    let groups = records
        .chain(contexts.map(|context| &context.fields))
        .chain(streams.map(|stream| &stream.fields))
        .chain(events.map(|event| &event.fields));
    groups.flatten()
}

/// The type that a field names, alone or as the items of a list or the values of a map.
fn named(ty: &TypeRef) -> Option<crate::catalog::TypeId> {
    match ty {
        TypeRef::Scalar(_) => None,
        TypeRef::List(item) => named(item),
        TypeRef::Map(_, value) => named(value),
        TypeRef::Named(id) => Some(*id),
    }
}

fn outdated(place: Span, what: &str, declared: Span, old: &Deprecated) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::DeprecatedInUse,
        place,
        format!("{what} is deprecated, and used here"),
    )
    .label("not deprecated itself")
    .also(declared, "deprecated");
    match &old.reason {
        Some(reason) => diagnostic.help(format!("it says: {reason}")),
        None => diagnostic.help("use what takes its place, or deprecate this one with it"),
    }
}

/// The rule: in the events of a stream a field of one name is one thing: text or a number, in one unit.
pub(super) fn inconsistent_field(catalog: &Catalog) -> Vec<Diagnostic> {
    let contents = Contents::of(catalog);
    let mut found = Vec::new();
    for stream in Stream::ids(catalog) {
        let mut first_of: HashMap<&str, (Scalar, &Field)> = HashMap::new();
        let events = contents.events_of(stream).iter();
        for field in events.flat_map(|&event| &catalog[event].fields) {
            let TypeRef::Scalar(scalar) = catalog.base(&field.ty) else {
                continue;
            };
            if field.unresolved {
                continue;
            }
            let kind = kind(*scalar);
            let (first_kind, first) = *first_of.entry(field.wire()).or_insert((kind, field));
            let stream = &catalog[stream].name;
            if kind != first_kind {
                let message = format!("`{}` has two types in the stream `{stream}`", field.name);
                let (one, other) = (&field.ty, &first.ty);
                found.push(differs(
                    message,
                    field,
                    catalog.type_name(one),
                    first,
                    catalog.type_name(other),
                ));
            } else if let (Some(unit), Some(other)) = (&field.unit, &first.unit)
                && unit != other
            {
                let message = format!("`{}` has two units in the stream `{stream}`", field.name);
                found.push(differs(
                    message,
                    field,
                    unit.to_string(),
                    first,
                    other.to_string(),
                ));
            }
        }
    }
    found
}

/// A scalar for all of its kind: how wide an integer is changes nothing for who reads it.
fn kind(scalar: Scalar) -> Scalar {
    if scalar.integer_range().is_some() {
        Scalar::I64
    } else if scalar.is_float() {
        Scalar::F64
    } else {
        scalar
    }
}

fn differs(
    message: String,
    field: &Field,
    one: String,
    first: &Field,
    other: String,
) -> Diagnostic {
    Diagnostic::new(Code::InconsistentField, field.span, message)
        .label(format!("`{one}` here"))
        .also(first.span, format!("`{other}` here"))
        .help(
            "give both the same, or one of them another name: who adds them up will not look twice",
        )
}
