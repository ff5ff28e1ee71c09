//! What a catalog declares, as JSON objects. `FORMATS.md` is the reference.

use eventc_compiler::catalog::{
    Body, Deprecated, EnumValue, Event, Field, Fill, Home, Storage, Store, Type, Variant,
    range_text,
};
use eventc_compiler::{Catalog, Json};

use super::{Thing, events_of, events_with, names, words};
use crate::json::{array, number, object, optional, text};
use crate::schema::Checked;

/// Everything that is said of a thing.
pub(crate) fn thing(checked: &Checked, thing: Thing) -> Json {
    let catalog = &checked.catalog;
    let mut members = head(checked, thing);
    let rest = match thing {
        Thing::Event(id) => event(catalog, &catalog[id]),
        Thing::Type(id) => ty(catalog, &catalog[id]),
        Thing::Stream(id) => {
            let stream = &catalog[id];
            let store = match stream.store {
                Store::Typed => "typed",
                Store::Shared => "shared",
            };
            object([
                ("storage", storage(&stream.storage, &stream.fields)),
                ("store", text(store)),
                ("fields", fields(catalog, &stream.fields)),
                ("events", texts(names(catalog, &events_of(catalog, id)))),
            ])
        }
        Thing::Context(id) => object([
            ("fields", fields(catalog, &catalog[id].fields)),
            ("events", texts(names(catalog, &events_with(catalog, id)))),
        ]),
    };
    if let Json::Object(rest) = rest {
        members.extend(rest);
    }
    Json::Object(members)
}

/// What is said of everything that has a name.
fn head(checked: &Checked, thing: Thing) -> Vec<(String, Json)> {
    let catalog = &checked.catalog;
    let (span, docs) = (thing.span(catalog), thing.docs(catalog));
    let file = checked.sources.file(span.file);
    let members = [
        ("kind", text(thing.kind())),
        ("name", text(thing.name(catalog))),
        ("file", text(checked.sources.shown(&file.path))),
        ("line", number(file.position(span.start).line)),
        ("description", optional(docs.description.as_deref())),
        ("owner", optional(docs.owner.as_deref())),
        ("since", optional(docs.since.as_deref())),
        (
            "deprecated",
            deprecated(catalog, docs.deprecated.as_deref()),
        ),
    ];
    let named = members.into_iter();
    named
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn event(catalog: &Catalog, event: &Event) -> Json {
    let (stream, header) = match &event.home {
        Home::Stream(id) => {
            let name = Thing::Stream(*id).name(catalog);
            (text(name), fields(catalog, &catalog[*id].fields))
        }
        Home::Own(_) | Home::Unresolved => (Json::Null, array([])),
    };
    let stored = catalog.storage_of(event);
    let contexts = event.contexts.iter().map(|carried| {
        let id = carried.context;
        object([
            ("name", text(Thing::Context(id).name(catalog))),
            ("required", Json::Bool(!carried.optional)),
            ("fields", fields(catalog, &catalog[id].fields)),
        ])
    });
    let examples = event.examples.iter().map(|example| {
        object([
            ("name", text(&example.name)),
            ("value", example.json.clone()),
        ])
    });
    object([
        ("version", number(event.version)),
        ("stream", stream),
        (
            "storage",
            stored.map_or(Json::Null, |(how, of)| storage(how, of)),
        ),
        ("header", header),
        ("contexts", array(contexts)),
        ("fields", fields(catalog, &event.fields)),
        ("reserved", texts(event.reserved.clone())),
        ("examples", array(examples)),
    ])
}

fn ty(catalog: &Catalog, ty: &Type) -> Json {
    let mut members = vec![
        ("pii".to_owned(), optional(ty.pii.as_deref())),
        ("unit".to_owned(), optional(ty.unit.as_deref())),
    ];
    let body = match &ty.body {
        Body::Newtype(newtype) => object([
            ("is", text("newtype")),
            ("of", text(words::type_text(catalog, &newtype.of))),
            (
                "length",
                optional(newtype.length.map(|(least, most)| range_text(least, most))),
            ),
            ("pattern", optional(newtype.pattern.as_deref())),
            ("min", optional(newtype.min.as_deref())),
            ("max", optional(newtype.max.as_deref())),
        ]),
        Body::Enum(values) => {
            let value = |value: &EnumValue| {
                object([
                    ("value", text(&value.wire)),
                    ("description", optional(value.docs.description.as_deref())),
                    (
                        "deprecated",
                        deprecated(catalog, value.docs.deprecated.as_deref()),
                    ),
                ])
            };
            object([
                ("is", text("enum")),
                ("open", Json::Bool(values.open)),
                ("values", array(values.values.iter().map(value))),
            ])
        }
        Body::Record(list) => object([("is", text("record")), ("fields", fields(catalog, list))]),
        Body::Union(union) => {
            let variant = |variant: &Variant| {
                object([
                    ("name", text(&variant.name)),
                    ("type", text(words::type_text(catalog, &variant.ty))),
                ])
            };
            object([
                ("is", text("union")),
                ("tag", optional(union.tag.as_deref())),
                ("variants", array(union.variants.iter().map(variant))),
            ])
        }
    };
    if let Json::Object(body) = body {
        members.extend(body);
    }
    Json::Object(members)
}

fn storage(storage: &Storage, fields: &[Field]) -> Json {
    let name = |index: usize| fields.get(index).map_or("", |field| field.name.as_str());
    let transforms = storage.partition.iter();
    let transforms =
        transforms.map(|transform| text(transform.kind.text(name(transform.field.index))));
    object([
        ("partition", array(transforms)),
        ("key", optional(storage.key.map(|key| name(key.index)))),
        ("id", optional(storage.id.map(|id| name(id.index)))),
        ("retain_seconds", storage.retain.map_or(Json::Null, number)),
    ])
}

fn fields(catalog: &Catalog, fields: &[Field]) -> Json {
    array(fields.iter().map(|field| {
        let accept = field
            .accept
            .as_deref()
            .map_or(Json::Null, |(earliest, latest)| {
                object([
                    ("earliest_seconds", number(earliest)),
                    ("latest_seconds", number(latest)),
                ])
            });
        object([
            ("name", text(&field.name)),
            ("wire", text(field.wire())),
            ("type", text(words::type_text(catalog, &field.ty))),
            ("required", Json::Bool(field.required)),
            ("description", optional(field.docs.description.as_deref())),
            ("unit", optional(field.unit.as_deref())),
            ("pii", optional(field.pii.as_deref())),
            ("fill", optional(field.fill.map(Fill::name))),
            ("accept", accept),
            ("since", optional(field.docs.since.as_deref())),
            (
                "backfill",
                field.backfill.as_deref().cloned().unwrap_or(Json::Null),
            ),
            (
                "deprecated",
                deprecated(catalog, field.docs.deprecated.as_deref()),
            ),
        ])
    }))
}

fn deprecated(catalog: &Catalog, deprecated: Option<&Deprecated>) -> Json {
    deprecated.map_or(Json::Null, |deprecated| {
        let instead = deprecated.instead.map(|id| catalog[id].name.as_str());
        object([
            ("reason", optional(deprecated.reason.as_deref())),
            ("use", optional(instead)),
        ])
    })
}

fn texts(list: Vec<String>) -> Json {
    array(list.iter().map(text))
}
