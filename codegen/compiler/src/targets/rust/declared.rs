//! What a module declares in Rust: a type for each noun, and the enums over events.

use std::fmt;

use super::super::postgres;
use super::names;
use crate::catalog::{Catalog, Contents, Context, Event, ModuleId, Stream};
use crate::source::Span;

/// The variant that keeps a value which is not known.
pub(super) const UNRECOGNIZED: &str = "Unrecognized";

/// The enum over the whole catalog.
pub(super) const EVENTS: &str = "Events";

/// The constant that describes the tables of PostgreSQL.
pub(super) const TABLES: &str = "POSTGRES";

/// A name in Rust, and what it is made from.
pub(super) struct Named<'c> {
    pub(super) rust: String,
    pub(super) what: What<'c>,
    pub(super) span: Span,
}

/// What a name is made from: put into words only where two names are one.
pub(super) enum What<'c> {
    /// "the field", and its name in the schema.
    The(&'static str, &'c str),
    /// A name that needs no noun.
    Name(&'c str),
    /// Something without a name of its own.
    Other(&'static str),
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::The(noun, name) => write!(f, "{noun} `{name}`"),
            Self::Name(name) => write!(f, "`{name}`"),
            Self::Other(words) => f.write_str(words),
        }
    }
}

/// The names of all types that a module declares.
pub(super) fn type_names<'c>(
    catalog: &'c Catalog,
    contents: &Contents,
    module: ModuleId,
) -> Vec<Named<'c>> {
    let named = |rust: String, noun: &'static str, name: &'c str, span: Span| Named {
        rust,
        what: What::The(noun, name),
        span,
    };
    let declared = contents.module(module);
    let mut all = Vec::new();
    for &id in &declared.types {
        let ty = &catalog[id];
        all.push(named(
            names::camel_type(&ty.name),
            "the type",
            &ty.name,
            ty.span,
        ));
    }
    for &id in &declared.contexts {
        let Context { name, span, .. } = &catalog[id];
        all.push(named(names::camel(name), "the context", name, *span));
    }
    for &id in &declared.streams {
        let Stream { name, span, .. } = &catalog[id];
        all.push(named(names::camel(name), "the stream", name, *span));
        if !contents.events_of(id).is_empty() {
            all.push(named(
                stream_enum(name),
                "all events of the stream",
                name,
                *span,
            ));
        }
    }
    for &id in &declared.events {
        let Event { ident, span, .. } = &catalog[id];
        all.push(named(names::camel(ident), "the event", ident, *span));
    }
    if let (true, Some(span)) = (catalog[module].path.is_empty(), catalog[module].span) {
        let mut own = |is_there: bool, name: &str, what| {
            all.extend(is_there.then(|| Named {
                rust: name.to_owned(),
                what: What::Other(what),
                span,
            }));
        };
        own(
            !catalog.events.is_empty(),
            EVENTS,
            "all events of the catalog",
        );
        own(
            postgres::is_asked(catalog),
            TABLES,
            "the tables of the target `postgres`",
        );
    }
    all
}

/// The enum of a stream's events.
pub(super) fn stream_enum(stream: &str) -> String {
    names::camel(&format!("{stream}_event"))
}

/// The variant of `Events` that holds the enum of a stream's events: the stream's name, after that of its module.
pub(super) fn stream_variant(catalog: &Catalog, stream: &Stream) -> String {
    let mut path = catalog[stream.module].path.clone();
    path.push(stream.name.clone());
    names::camel(&path.join("."))
}
