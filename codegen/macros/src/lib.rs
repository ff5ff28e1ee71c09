//! The derives and macros of `eventc`. Everything here is re-exported, documented and meant to be
//! used through that crate.
//!
//! This file holds shims. What a macro expands to is a function over tokens in the file of its name.

use proc_macro::TokenStream;

mod attributes;
mod docs;
mod enumeration;
mod event;
mod events;
mod expansion;
mod fields;
mod impls;
mod input;
mod key;
mod literal;
mod newtype;
mod partition;
mod placement;
mod record;
mod schema;
mod settings;
mod shape;
mod stream;
mod suggest;
mod union;
mod wire;

/// Makes a struct an event: `eventc::Event`, `Record`, `Debug`, `Clone`, `PartialEq`, `Serialize`,
/// `Deserialize`, and what `event!` needs to know. None of these is derived beside it.
///
/// It is placed by its header, a field that says `#[event(header)]`, or by fields of its own: then it says
/// `#[event(partition = …)]`, and is a stream of its own.
#[proc_macro_derive(Event, attributes(event, serde))]
pub fn event(input: TokenStream) -> TokenStream {
    event::derive(input.into()).into()
}

/// Makes a struct the header of a stream: all that `Record` makes, and `eventc::Stream`, which says what every event
/// of the stream is partitioned by, ordered and known by:
/// `#[event(name = "telemetry", partition = day(occurred_at), key = tenant_id, id = event_id)]`.
#[proc_macro_derive(Stream, attributes(event, serde))]
pub fn stream(input: TokenStream) -> TokenStream {
    stream::derive(input.into()).into()
}

/// Makes a struct a record or a context: `eventc::Record`, `Value`, `Debug`, `Clone`, `PartialEq`, `Serialize`,
/// `Deserialize`, and `new` if any of its fields says `#[event(fill)]`.
#[proc_macro_derive(Record, attributes(event, serde))]
pub fn record(input: TokenStream) -> TokenStream {
    record::derive(input.into()).into()
}

/// Makes an enum of unit variants a value that is text on the wire, with all that an enum of such values can have: `Debug`,
/// `Display`, `FromStr`, `Clone`, `PartialEq`, `Eq`, `PartialOrd`, `Ord`, `Hash`, `Serialize`, `Deserialize`, and `Copy`
/// unless it keeps values that it does not know.
#[proc_macro_derive(Enum, attributes(event, serde))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    enumeration::derive(input.into()).into()
}

/// Makes an enum whose variants hold one value each a value: one of several.
#[proc_macro_derive(Union, attributes(event, serde))]
pub fn union(input: TokenStream) -> TokenStream {
    union::derive(input.into()).into()
}

/// Makes a struct around one value a checked value of its own type.
#[proc_macro_derive(Newtype, attributes(event, serde))]
pub fn newtype(input: TokenStream) -> TokenStream {
    newtype::derive(input.into()).into()
}

/// Makes an enum over events one that is decoded by the event's name, with `Debug`, `PartialEq`, `Serialize`, `Deserialize`.
#[proc_macro_derive(Events, attributes(event, serde))]
pub fn events(input: TokenStream) -> TokenStream {
    events::derive(input.into()).into()
}

/// The first half of `event!`: finds the event's own macro, which knows its fields.
#[doc(hidden)]
#[proc_macro]
pub fn __event(input: TokenStream) -> TokenStream {
    literal::event(input.into()).into()
}

/// The second half of `event!`: the literal, filled up, or with the error that says what it misses.
#[doc(hidden)]
#[proc_macro]
pub fn __fill(input: TokenStream) -> TokenStream {
    literal::fill(input.into()).into()
}

/// A newtype's value from a literal, checked when the program is compiled:
/// `key!(TenantId("018f7a3e-5f0c-7000-8000-000000000001"))`.
#[proc_macro]
pub fn key(input: TokenStream) -> TokenStream {
    key::expand(input.into()).into()
}

/// `schema!("schema")` raises what the build script found wrong with the schema, on this line.
///
/// With the feature `inline`, `schema!(include "folder")` and `schema! { r#"…"# }` compile a folder,
/// or YAML that stands right here, without a build script: for tests and small programs.
#[proc_macro]
pub fn schema(input: TokenStream) -> TokenStream {
    schema::expand(input.into()).into()
}
