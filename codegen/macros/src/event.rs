//! `derive(Event)`.

use crate::attributes::refuse_serde;
use crate::docs::text;
use crate::expansion::{Errors, allowed, item, refuse_generics, runtime};
use crate::fields::{self, Field, Role};
use crate::impls;
use crate::input::Item;
use crate::literal;
use crate::placement;
use crate::record::refuse_serde_of;
use crate::settings::{self, Settled};
use crate::shape::{argument, words};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

/// An event as far as it could be read.
pub(crate) struct Event<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    /// What places it, where no header does.
    pub(crate) placement: &'a Settled,
    pub(crate) fields: &'a [Field<'a>],
}

fn expand(input: &Item, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Event", errors);
    refuse_serde(&input.attributes, errors);
    let fields = fields::read(input, "event", errors);
    refuse_reserved_names(&fields, errors);
    refuse_second_header(&fields, errors);
    impls::refuse_idle_attributes(&fields, errors);
    let mut settings = settings::read(input, "an event", &settings::EVENT, errors);
    let ident = &input.ident;
    let name = settings::name(input, &settings, "event", errors);

    let header = fields.iter().find(|field| field.role == Role::Header);
    let placement = &mut settings.placement;
    // one that was refused places nothing, and is not asked to
    let header_of_stream = header.filter(|header| !header.is_optional());
    match header {
        Some(header) => refuse_placement(placement, header, errors),
        None => {
            placement.require_partition(ident, errors);
            placement.check("event", &name, &fields, errors);
        }
    }
    let placement = &settings.placement;
    for field in &fields {
        if field.serde_default().is_none() || !placement.names(field) {
            refuse_serde_of(field, errors);
        }
    }

    let eventc = &runtime(settings.eventc.as_ref());
    let version = settings.version.unwrap_or(1);
    let allowed = &allowed(input);
    let record = impls::record(eventc, allowed, ident, &fields, version);
    let (stream, of_stream) = match header_of_stream {
        Some(header) => {
            let (ident, ty) = (header.ident, header.ty);
            (None, quote!(#ty [#ident]))
        }
        None => (
            Some(placement::stream(eventc, ident, &name, placement, &fields)),
            quote!(Self []),
        ),
    };
    let distinct = if errors.is_empty() && !settings.checked {
        distinct(eventc, ident, &fields)
    } else {
        None
    };
    let event = Event {
        ident,
        name: name.clone(),
        placement,
        fields: &fields,
    };
    let literal = literal::table(&event, &input.visibility);
    let (name, version) = (text(&name), Literal::u32_unsuffixed(version));
    quote! {
        #record
        #eventc::__event! { #allowed #ident #name #version #of_stream }
        #stream
        #distinct
        #literal
    }
}

/// Rule: what is in a stream is placed by the stream, all of it in the same way.
fn refuse_placement(placement: &Settled, header: &Field<'_>, errors: &mut Errors) {
    if let Some(key) = &placement.written {
        let ty = words(header.ty);
        errors.at(
            key,
            format_args!(
                "an event with a header is placed by it, so `{key}` belongs on `{ty}`: \
                 `#[derive(Stream)] #[event({key} = …)]`"
            ),
        );
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

/// Rule: the names of an event's own fields, its header's and its contexts' differ. Only a
/// constant can see the members of a header.
fn distinct(eventc: &TokenStream, ident: &Ident, fields: &[Field<'_>]) -> Option<TokenStream> {
    let tables: Vec<TokenStream> = fields
        .iter()
        .filter(|field| field.is_flat())
        .map(|field| {
            let held = field.is_optional().then(|| argument(field.ty)).flatten();
            let ty = held.as_ref().unwrap_or(field.ty);
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
