//! `derive(Record)`: records, contexts and headers.

use crate::attributes::{entries, refuse_serde};
use crate::expansion::{Errors, allowed, item, refuse_generics, runtime};
use crate::fields::{self, Field};
use crate::impls;
use crate::input::Item;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

fn expand(input: &Item, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Record", errors);
    refuse_serde(&input.attributes, errors);
    let path = runtime_path(input, "a record", &["crate"], errors);
    let eventc = &runtime(path.as_ref());
    let fields = fields::read(input, "record", errors);
    for field in &fields {
        refuse_serde_of(field, errors);
    }
    record(eventc, input, &fields)
}

/// What a record has: also one that is a header.
pub(crate) fn record(eventc: &TokenStream, input: &Item, fields: &[Field<'_>]) -> TokenStream {
    let (ident, allowed) = (&input.ident, &allowed(input));
    let record = impls::record(eventc, allowed, ident, fields, PRESENT);
    let new = new(eventc, input, fields);
    quote! {
        #record
        #eventc::__value! { #allowed #ident }
        #new
    }
}

/// The version a `backfill` without `since` belongs to: a record has none of its own, so that of its event.
const PRESENT: u32 = u32::MAX;

/// `crate = path` of an item whose other keys, if any, someone else reads.
pub(crate) fn runtime_path(
    input: &Item,
    place: &str,
    known: &[&str],
    errors: &mut Errors,
) -> Option<Path> {
    let mut path = None;
    for entry in entries(&input.attributes, errors) {
        if entry.is("crate") {
            path = entry.value_with(
                errors,
                "a path, as in `crate = ::events::eventc`",
                Path::parse_mod_style,
            );
        } else if !known.iter().any(|key| entry.is(key)) {
            entry.unknown(place, known, errors);
        }
    }
    path
}

pub(crate) fn refuse_serde_of(field: &Field<'_>, errors: &mut Errors) {
    refuse_serde(field.attributes, errors);
}

/// `new`, from what is neither filled in nor optional, where something is filled in at all.
fn new(eventc: &TokenStream, input: &Item, fields: &[Field<'_>]) -> Option<TokenStream> {
    if !fields.iter().any(|field| field.fill) {
        return None;
    }
    let ident = &input.ident;
    let parameters = fields
        .iter()
        .filter(|field| !field.fill && !field.is_optional())
        .map(|field| {
            let (ident, ty) = (field.ident, field.ty);
            quote!(#ident: #ty)
        });
    let values = fields.iter().map(|field| {
        let ident = field.ident;
        if field.fill {
            quote!(#ident: #eventc::Fill::fill())
        } else if field.is_optional() {
            quote!(#ident: ::core::option::Option::None)
        } else {
            quote!(#ident)
        }
    });
    let visibility = &input.visibility;
    Some(quote! {
        #[automatically_derived]
        #[allow(clippy::too_many_arguments)]
        impl #ident {
            /// Fills in what the schema says to fill in; what is optional is left out.
            #[must_use]
            #visibility fn new(#(#parameters),*) -> Self {
                Self { #(#values),* }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(input: TokenStream) -> Vec<String> {
        let input = Item::read(input).unwrap();
        let mut errors = Errors::default();
        expand(&input, &mut errors);
        errors.messages()
    }

    #[test]
    fn a_header_gets_a_constructor() {
        let output = derive(quote! {
            pub struct Telemetry {
                #[event(fill)] pub event_id: EventId,
                #[event(fill, accept(-604800, 3600))] pub occurred_at: Key<Timestamp>,
                pub tenant_id: TenantId,
                pub note: Option<String>,
            }
        })
        .to_string();
        assert!(
            output.contains("pub fn new (tenant_id : TenantId) -> Self"),
            "{output}"
        );
        assert!(
            output.contains("Note :: Accept (- 604800 , 3600)"),
            "{output}"
        );
        assert!(!output.contains("compile_error"), "{output}");
    }

    #[test]
    fn reports_all_mistakes_at_once() {
        let found = messages(quote! {
            #[event(nmae = "x")]
            struct A<T> {
                #[event(header)] a: u8,
                #[event(wier = "x")] b: u8,
                #[event(wire = "a")] c: u8,
                #[serde(rename = "f")] e: u8,
                #[event(fill)] g: Option<Uuid>,
            }
        });
        assert_eq!(found.len(), 7, "{found:#?}");
    }

    #[test]
    fn an_enum_is_no_record() {
        let found = messages(quote!(
            enum A {
                B,
            }
        ));
        assert_eq!(
            found,
            ["a record is a struct; an enum is made a value by `derive(Enum)` or `derive(Union)`"]
        );
    }
}
