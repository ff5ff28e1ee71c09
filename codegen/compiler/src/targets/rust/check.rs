//! What Rust cannot express: two names that become one, and values without a name.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{EVENTS, Named, UNRECOGNIZED, What, stream_enum, stream_variant, type_names};
use super::names;
use crate::catalog::{Body, Catalog, Contents, Enum, Event, Home, Module, Stream, StreamId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

pub(crate) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let contents = Contents::of(catalog);
    for module in Module::ids(catalog) {
        let declared = type_names(catalog, &contents, module);
        differ("type", declared, diagnostics);
    }
    // Two events of one module were told apart above.
    let mut seen = BTreeSet::new();
    let mut events: BTreeMap<Option<StreamId>, Vec<Named<'_>>> = BTreeMap::new();
    for event in &catalog.events {
        if seen.insert((event.module, names::camel(&event.ident))) {
            let stream = match event.home {
                Home::Stream(id) => Some(id),
                Home::Own(_) | Home::Unresolved => None,
            };
            events.entry(stream).or_default().push(Named {
                rust: names::camel(&event.name),
                what: What::The("the event", &event.name),
                span: event.span,
            });
        }
    }
    // The enum over the catalog holds the events without a stream, and an enum for each stream.
    let own = events.entry(None).or_default();
    for id in Stream::ids(catalog).filter(|&id| !contents.events_of(id).is_empty()) {
        own.push(Named {
            rust: stream_variant(catalog, &catalog[id]),
            what: What::The("the stream", &catalog[id].name),
            span: catalog[id].span,
        });
    }
    for (stream, variants) in events {
        let name = stream.map_or(EVENTS.to_owned(), |id| stream_enum(&catalog[id].name));
        differ(&format!("variant of `{name}`"), variants, diagnostics);
    }
    for event in &catalog.events {
        differ("field", fields_of(catalog, event), diagnostics);
    }
    for ty in &catalog.types {
        match &ty.body {
            Body::Enum(enumeration) => enum_variants(enumeration, diagnostics),
            Body::Union(union) => {
                let variants = union.variants.iter().map(|variant| Named {
                    rust: names::camel(&variant.name),
                    what: What::Name(&variant.name),
                    span: variant.span,
                });
                differ("variant", variants.collect(), diagnostics);
            }
            Body::Newtype(_) | Body::Record(_) => {}
        }
    }
}

/// The fields of an event's struct: its header, its contexts, its own.
fn fields_of<'c>(catalog: &'c Catalog, event: &'c Event) -> Vec<Named<'c>> {
    let named = |noun: &'static str, name: &'c str, span: Span| Named {
        rust: names::snake(name),
        what: What::The(noun, name),
        span,
    };
    let mut fields = Vec::with_capacity(event.contexts.len() + event.fields.len() + 1);
    if let Home::Stream(id) = event.home {
        let name = &catalog[id].name;
        fields.push(named("the header of the stream", name, event.span));
    }
    for carried in &event.contexts {
        let name = &catalog[carried.context].name;
        fields.push(named("the context", name, carried.span));
    }
    for field in &event.fields {
        fields.push(named("the field", &field.name, field.span));
    }
    fields
}

/// The rule: two names that become one in a target cannot be told apart.
fn differ(kind: &str, all: Vec<Named<'_>>, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Named<'_>> = BTreeMap::new();
    for named in &all {
        let Some(&first) = seen.get(named.rust.as_str()) else {
            seen.insert(&named.rust, named);
            continue;
        };
        let (first, second) = if first.span <= named.span {
            (first, named)
        } else {
            (named, first)
        };
        let message = format!("two things become `{}` in Rust, each a {kind}", named.rust);
        diagnostics.push(
            Diagnostic::new(Code::NameCollision, second.span, message)
                .label(second.what.to_string())
                .also(first.span, first.what.to_string())
                .help("rename one of them"),
        );
    }
}

/// The rule: every value of an enum has a name that Rust can write, and no two have the same.
fn enum_variants(enumeration: &Enum, diagnostics: &mut Diagnostics) {
    let mut variants = Vec::new();
    // An empty value is refused by the language itself.
    for value in enumeration
        .values
        .iter()
        .filter(|value| !value.wire.is_empty())
    {
        let wrong = match (value.rust(), names::variant(&value.wire)) {
            (Some(rust), _) if !names::is_variant(rust) => {
                let message = format!("`{rust}` cannot be the name of a variant in Rust");
                let given = value.rust.as_ref().map(|rust| rust.span);
                Some((message, given.unwrap_or(value.span)))
            }
            (None, None) => {
                let message = format!("casing finds no name for `{}` in Rust", value.wire);
                Some((message, value.span))
            }
            _ => None,
        };
        if let Some((message, span)) = wrong {
            let wire = &value.wire;
            let given = value.rust().and_then(names::variant);
            let name = given.filter(|name| names::is_variant(name));
            let name = name.as_deref().unwrap_or("Name");
            diagnostics.push(
                Diagnostic::new(Code::NoRustName, span, message)
                    .label("needs a PascalCase name")
                    .help(format!(
                        "name it: `{{ enum: {{ '{wire}': {{ rust: {name} }} }} }}`"
                    )),
            );
            continue;
        }
        variants.push(Named {
            rust: names::variant_of(value),
            what: What::The("the value", &value.wire),
            span: value.span,
        });
    }
    if let Some(first) = enumeration.values.first().filter(|_| enumeration.open) {
        variants.push(Named {
            rust: UNRECOGNIZED.to_owned(),
            what: What::Other("what keeps the values that an open enum does not know"),
            span: first.span.at_start(),
        });
    }
    differ("variant", variants, diagnostics);
}
