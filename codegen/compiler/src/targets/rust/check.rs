//! What Rust cannot express: two names that become one, and values without a name.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{
    EVENTS, Named, UNRECOGNIZED, events_of, stream_enum, stream_variant, type_names,
};
use super::names;
use crate::catalog::{Body, Catalog, Enum, Event, Home, Module, Stream, StreamId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

pub(crate) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for module in Module::ids(catalog) {
        differ("type", type_names(catalog, module), diagnostics);
        module_name_is_free(&catalog[module], diagnostics);
    }
    // Two events of one module were told apart above.
    let mut seen = BTreeSet::new();
    let mut events: BTreeMap<Option<StreamId>, Vec<Named>> = BTreeMap::new();
    for event in &catalog.events {
        if seen.insert((event.module, names::camel(&event.ident))) {
            let stream = match event.home {
                Home::Stream(id) => Some(id),
                Home::Own(_) | Home::Unresolved => None,
            };
            events.entry(stream).or_default().push(Named {
                rust: names::camel(&event.name),
                what: format!("the event `{}`", event.name),
                span: event.span,
            });
        }
    }
    for (stream, mut variants) in events {
        match stream {
            Some(id) => {
                let stream = stream_enum(&catalog[id].name);
                differ(&format!("variant of `{stream}`"), variants, diagnostics);
            }
            None => {
                let streams =
                    Stream::ids(catalog).filter(|&id| events_of(catalog, id).next().is_some());
                variants.extend(streams.map(|id| Named {
                    rust: stream_variant(catalog, &catalog[id]),
                    what: format!("the stream `{}`", catalog[id].name),
                    span: catalog[id].span,
                }));
                differ(&format!("variant of `{EVENTS}`"), variants, diagnostics);
            }
        }
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
                    what: format!("`{}`", variant.name),
                    span: variant.span,
                });
                differ("variant", variants.collect(), diagnostics);
            }
            Body::Newtype(_) | Body::Record(_) => {}
        }
    }
}

/// The fields of an event's struct: its header, its contexts, its own.
fn fields_of(catalog: &Catalog, event: &Event) -> Vec<Named> {
    let named = |name: &str, what: String, span: Span| Named {
        rust: names::snake(name),
        what,
        span,
    };
    let header = match event.home {
        Home::Stream(id) => Some(named(
            &catalog[id].name,
            format!("the header of the stream `{}`", catalog[id].name),
            event.span,
        )),
        Home::Own(_) | Home::Unresolved => None,
    };
    let contexts = event.contexts.iter().map(|carried| {
        let name = &catalog[carried.context].name;
        named(name, format!("the context `{name}`"), carried.span)
    });
    let own = event.fields.iter().map(|field| {
        named(
            &field.name,
            format!("the field `{}`", field.name),
            field.span,
        )
    });
    header.into_iter().chain(contexts).chain(own).collect()
}

/// The rule: two names that become one in a target cannot be told apart.
fn differ(kind: &str, all: Vec<Named>, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, Named> = BTreeMap::new();
    for named in all {
        match seen.get(&named.rust) {
            Some(first) => {
                let (first, second) = if first.span <= named.span {
                    (first, &named)
                } else {
                    (&named, first)
                };
                let message = format!("two things become the {kind} `{}` in Rust", named.rust);
                diagnostics.push(
                    Diagnostic::new(Code::NameCollision, second.span, message)
                        .label(second.what.clone())
                        .also(first.span, first.what.clone())
                        .help("rename one of them"),
                );
            }
            None => {
                seen.insert(named.rust.clone(), named);
            }
        }
    }
}

/// The rule: the module that is called like the runtime would hide it.
fn module_name_is_free(module: &Module, diagnostics: &mut Diagnostics) {
    if let ([name], Some(span)) = (module.path.as_slice(), module.span)
        && name == "eventc"
    {
        let message = "a module cannot be called `eventc`: generated code names the runtime so";
        diagnostics
            .push(Diagnostic::new(Code::NameCollision, span, message).help("rename the file"));
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
        let wrong = match (&value.rust, names::variant(&value.wire)) {
            (Some(rust), _) if !names::is_variant(rust) => {
                let message = format!("`{rust}` cannot be the name of a variant in Rust");
                Some((message, value.rust_span.unwrap_or(value.span)))
            }
            (None, None) => {
                let message = format!("casing finds no name for `{}` in Rust", value.wire);
                Some((message, value.span))
            }
            _ => None,
        };
        if let Some((message, span)) = wrong {
            let wire = &value.wire;
            let given = value.rust.as_deref().and_then(names::variant);
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
            what: format!("the value `{}`", value.wire),
            span: value.span,
        });
    }
    if let Some(first) = enumeration.values.first().filter(|_| enumeration.open) {
        let what = "what keeps the values that an open enum does not know".to_owned();
        variants.push(Named {
            rust: UNRECOGNIZED.to_owned(),
            what,
            span: first.span.at_start(),
        });
    }
    differ("variant", variants, diagnostics);
}
