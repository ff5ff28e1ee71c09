//! `derive(Event)`.

mod placement;
mod settings;

use crate::attributes::refuse_serde;
use crate::docs::text;
use crate::expansion::{Errors, item, refuse_generics, runtime};
use crate::fields::{self, Field, Role};
use crate::impls;
use crate::literal;
use crate::partition::{self, FieldPath, Part, Purpose};
use crate::record::refuse_serde_of;
use placement::Placement;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use settings::Settings;
use syn::{DeriveInput, LitStr};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

/// An event as far as it could be read.
pub(crate) struct Event<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    pub(crate) parts: &'a [Part],
    pub(crate) key: Option<&'a FieldPath>,
    pub(crate) id: Option<&'a FieldPath>,
    pub(crate) fields: &'a [Field<'a>],
}

fn expand(input: &DeriveInput, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Event", errors);
    refuse_serde(&input.attrs, errors);
    let fields = fields::read(input, "event", errors);
    refuse_reserved_names(&fields, errors);
    refuse_second_header(&fields, errors);
    impls::refuse_idle_attributes(&fields, errors);
    let mut settings = settings::read(input, errors);
    let ident = &input.ident;
    let name = settings::name(input, &settings, errors);

    let placed = check_paths(&mut settings, &name, &fields, errors);
    for field in &fields {
        if field.serde_default().is_none() || !is_place(field, &settings) {
            refuse_serde_of(field, errors);
        }
    }

    let eventc = &runtime(settings.eventc.as_ref());
    let version = settings.version.unwrap_or(1);
    let stream = settings
        .stream
        .as_ref()
        .map_or_else(|| name.clone(), LitStr::value);
    let parts = settings.parts.as_deref().unwrap_or_default();
    let record = impls::record(eventc, ident, &fields, version);
    let Placement {
        ty,
        partition,
        segments,
        impls,
    } = if placed {
        placement::by_partition(eventc, ident, parts, &fields)
    } else {
        placement::by_nothing(eventc, ident)
    };
    let key = placement::value_of(eventc, "key", settings.key.as_ref(), &fields);
    let id = placement::value_of(eventc, "id", settings.id.as_ref(), &fields);
    let formats = impls::formats(
        eventc,
        ident,
        quote!(#eventc::__private::serialize_event(#eventc::__private::event(self), serializer)),
        quote!(#eventc::__private::deserialize(deserializer, #eventc::__private::read_event::<Self>)),
        quote!(#eventc::__private::debug(self, f)),
    );
    let distinct = if errors.is_empty() {
        distinct(eventc, ident, &fields)
    } else {
        None
    };
    let event = Event {
        ident,
        name: name.clone(),
        parts,
        key: settings.key.as_ref(),
        id: settings.id.as_ref(),
        fields: &fields,
    };
    let literal = literal::table(&event, &input.vis);
    let (name, stream, version) = (text(&name), text(&stream), Literal::u32_unsuffixed(version));
    quote! {
        #record
        #[automatically_derived]
        impl #eventc::Event for #ident {
            const NAME: &'static str = #name;
            const VERSION: u32 = #version;
            const STREAM: &'static str = #stream;
            type Partition = #ty;
            fn partition(&self) -> Self::Partition { #partition }
            fn partition_segments(&self, each: &mut dyn ::core::ops::FnMut(&'static str, &dyn ::core::fmt::Display)) { #segments }
            #key
            #id
        }
        #impls
        #formats
        #distinct
        #literal
    }
}

/// Rule: `event` and `version` are the message's own members.
fn refuse_reserved_names(fields: &[Field<'_>], errors: &mut Errors) {
    for field in fields.iter().filter(|field| !field.is_flat()) {
        let wire = field.wire_name();
        if wire == "event" || wire == "version" {
            let message = format!(
                "no field is called `{wire}` on the wire: every message has a member of this name, \
                 with the {} of the event",
                if wire == "event" { "name" } else { "version" }
            );
            match &field.wire {
                Some(name) => errors.at(name, message),
                None => errors.at(field.ident, message),
            }
        }
    }
}

/// Rule: an event belongs to one stream, so it has one header.
fn refuse_second_header(fields: &[Field<'_>], errors: &mut Errors) {
    let mut headers = fields.iter().filter(|field| field.role == Role::Header);
    let Some(first) = headers.next() else { return };
    for header in headers {
        errors.at(
            header.ident,
            format_args!(
                "an event belongs to one stream and has its header in `{}`; make `{}` a `context`",
                first.name, header.name
            ),
        );
    }
}

/// Checks the paths of partition, key and id, each field once; what was refused is taken out.
/// Says whether the partition stands.
fn check_paths(
    settings: &mut Settings,
    event: &str,
    fields: &[Field<'_>],
    errors: &mut Errors,
) -> bool {
    let mut refused: Vec<String> = Vec::new();
    let mut check = |path: &FieldPath, purpose: Purpose| {
        let words = path.words();
        if refused.contains(&words) {
            return false;
        }
        let stands = partition::check(path, purpose, event, fields, errors);
        if !stands {
            refused.push(words);
        }
        stands
    };
    let mut placed = settings.parts.is_some();
    for part in settings.parts.iter().flatten() {
        placed &= check(&part.path, Purpose::Partition);
    }
    settings.key = settings.key.take().filter(|path| check(path, Purpose::Key));
    settings.id = settings.id.take().filter(|path| check(path, Purpose::Id));
    placed
}

/// Whether the partition, the key or the id is this field.
fn is_place(field: &Field<'_>, settings: &Settings) -> bool {
    let parts = settings.parts.iter().flatten().map(|part| &part.path);
    parts
        .chain(&settings.key)
        .chain(&settings.id)
        .any(|path| path.rest.is_empty() && path.first == *field.ident)
}

/// Rule: the names of an event's own fields, its header's and its contexts' differ. Only a
/// constant can see the members of a header.
fn distinct(eventc: &TokenStream, ident: &Ident, fields: &[Field<'_>]) -> Option<TokenStream> {
    let tables: Vec<TokenStream> = fields
        .iter()
        .filter(|field| field.is_flat())
        .map(|field| {
            let ty = if field.is_optional() {
                crate::shape::argument(field.ty).unwrap_or(field.ty)
            } else {
                field.ty
            };
            quote!(<#ty as #eventc::Record>::TABLE)
        })
        .collect();
    if tables.is_empty() {
        return None;
    }
    let first = fields.iter().find(|field| field.is_flat())?;
    let call =
        quote!(#eventc::__private::distinct(<#ident as #eventc::Record>::TABLE, &[#(#tables),*]));
    let call = impls::respanned(call, first.ident.span());
    Some(quote!(#[allow(deprecated)] const _: () = #call;))
}

#[cfg(test)]
mod tests;
