//! What Rust cannot express: two names that become one, and values without a name.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::catalog::{Body, Catalog, Enum, Event, Home, Module, ModuleId, Stream, StreamId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// The variant that keeps a value which is not known.
pub(super) const UNRECOGNIZED: &str = "Unrecognized";

/// The enum over the whole catalog.
pub(super) const EVENTS: &str = "Events";

/// A name in a module, and what it is made from.
pub(super) struct Named {
    pub(super) rust: String,
    what: String,
    span: Span,
}

/// The names of all types that a module declares.
pub(super) fn type_names(catalog: &Catalog, module: ModuleId) -> Vec<Named> {
    let named = |rust: String, what: String, span: Span| Named { rust, what, span };
    let mut all = Vec::new();
    for ty in catalog.types.iter().filter(|ty| ty.module == module) {
        all.push(named(
            names::camel_type(&ty.name),
            format!("the type `{}`", ty.name),
            ty.span,
        ));
    }
    for context in catalog
        .contexts
        .iter()
        .filter(|context| context.module == module)
    {
        all.push(named(
            names::camel(&context.name),
            format!("the context `{}`", context.name),
            context.span,
        ));
    }
    for id in Stream::ids(catalog).filter(|&id| catalog[id].module == module) {
        let stream = &catalog[id];
        all.push(named(
            names::camel(&stream.name),
            format!("the stream `{}`", stream.name),
            stream.span,
        ));
        if events_of(catalog, id).next().is_some() {
            all.push(named(
                stream_enum(&stream.name),
                format!("all events of the stream `{}`", stream.name),
                stream.span,
            ));
        }
    }
    for event in catalog.events.iter().filter(|event| event.module == module) {
        all.push(named(
            names::camel(&event.ident),
            format!("the event `{}`", event.ident),
            event.span,
        ));
    }
    if let (true, Some(span)) = (
        catalog[module].path.is_empty() && !catalog.events.is_empty(),
        catalog[module].span,
    ) {
        all.push(named(
            EVENTS.to_owned(),
            "all events of the catalog".to_owned(),
            span,
        ));
    }
    all
}

/// The events that go to a stream.
pub(super) fn events_of(catalog: &Catalog, stream: StreamId) -> impl Iterator<Item = &Event> {
    catalog
        .events
        .iter()
        .filter(move |event| matches!(event.home, Home::Stream(id) if id == stream))
}

/// The enum of a stream's events.
pub(super) fn stream_enum(stream: &str) -> String {
    names::camel(&format!("{stream}_event"))
}

pub(crate) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for module in Module::ids(catalog) {
        differ("type", type_names(catalog, module), diagnostics);
        module_name_is_free(&catalog[module], diagnostics);
    }
    // Two events of one module were told apart above.
    let mut seen = BTreeSet::new();
    let events = catalog
        .events
        .iter()
        .filter(|event| seen.insert((event.module, names::camel(&event.ident))));
    let events = events.map(|event| Named {
        rust: names::camel(&event.name),
        what: format!("the event `{}`", event.name),
        span: event.span,
    });
    differ("variant of `Events`", events.collect(), diagnostics);
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
