//! `derive(Events)`: an enum over events, decoded by the event's name.

use crate::attributes::refuse_serde;
use crate::expansion::{Errors, allow_deprecated, item, refuse_generics, runtime};
use crate::impls;
use crate::record::runtime_path;
use crate::shape::{Shape, argument};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, Ident, Type, Variant};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    // Whether one of the events is deprecated can't be seen from here.
    allow_deprecated(item(input, expand))
}

/// A variant and the event in it.
struct Member<'a> {
    ident: &'a Ident,
    /// The event, without its `Box`.
    event: &'a Type,
    is_boxed: bool,
}

fn expand(input: &DeriveInput, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Events", errors);
    refuse_serde(&input.attrs, errors);
    let path = runtime_path(input, "an enum over events", &["crate"], errors);
    let eventc = &runtime(path.as_ref());
    let members = members(input, errors);
    let (ident, visibility) = (&input.ident, &input.vis);

    let count = Literal::usize_unsuffixed(members.len());
    let readers = members.iter().map(|member| {
        let (variant, event) = (member.ident, member.event);
        let read = quote!(#eventc::__private::read_event::<#event>(node));
        let wrapped = if member.is_boxed {
            quote!(#read.map(::std::boxed::Box::new).map(Self::#variant))
        } else {
            quote!(#read.map(Self::#variant))
        };
        quote!((<#event as #eventc::Event>::NAME, |node| #wrapped))
    });
    let views = members.iter().map(|member| {
        let (variant, event) = (member.ident, member.event);
        quote!(Self::#variant(event) => #eventc::__private::event::<#event>(event),)
    });
    let view = if members.is_empty() {
        quote!(match *self {})
    } else {
        quote!(match self { #(#views)* })
    };
    let conversions = members.iter().map(|member| {
        let (variant, event) = (member.ident, member.event);
        let value = if member.is_boxed {
            quote!(::std::boxed::Box::new(event))
        } else {
            quote!(event)
        };
        quote! {
            #[automatically_derived]
            impl ::core::convert::From<#event> for #ident {
                fn from(event: #event) -> Self { Self::#variant(#value) }
            }
        }
    });
    let formats = impls::formats(
        eventc,
        ident,
        quote!(#eventc::__private::serialize_event(#eventc::Events::event(self), serializer)),
        quote!(#eventc::__private::deserialize(deserializer, #eventc::__private::read_events::<Self>)),
        quote!(#eventc::__private::debug_event(#eventc::Events::event(self), f)),
    );
    quote! {
        #[automatically_derived]
        impl #eventc::Events for #ident {
            const READERS: &'static [(&'static str, #eventc::Reader<Self>)] = &#eventc::__private::sorted::<#eventc::Reader<Self>, #count>([#(#readers),*]);
            fn event(&self) -> #eventc::EventRef<'_> { #view }
        }
        #[automatically_derived]
        impl #ident {
            /// The names of its events, sorted.
            #visibility const NAMES: &'static [&'static str] =
                &#eventc::__private::names::<_, #count>(<Self as #eventc::Events>::READERS);
            /// The event that a JSON message is.
            ///
            /// # Errors
            ///
            /// If it is not JSON, names no event or one that is not of these, or is not such an event.
            #visibility fn decode(message: &[u8]) -> ::core::result::Result<Self, #eventc::Refusal> {
                #eventc::__private::events_decode(message)
            }
            /// The event as a JSON message.
            ///
            /// # Errors
            ///
            /// If a number in it is not finite.
            #visibility fn encode(&self) -> ::core::result::Result<::std::vec::Vec<u8>, #eventc::Refusal> {
                #eventc::__private::events_encode(#eventc::Events::event(self))
            }
            /// The name of the event.
            #[must_use]
            #visibility fn name(&self) -> &'static str {
                #eventc::Events::event(self).name()
            }
        }
        #(#conversions)*
        #formats
    }
}

fn members<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Vec<Member<'a>> {
    let Data::Enum(data) = &input.data else {
        errors.at(&input.ident, "`derive(Events)` is for an enum over events: `enum AllEvents { Success(request::Success), … }`");
        return Vec::new();
    };
    data.variants
        .iter()
        .filter_map(|variant| read(variant, errors))
        .collect()
}

fn read<'a>(variant: &'a Variant, errors: &mut Errors) -> Option<Member<'a>> {
    refuse_attributes(variant, errors);
    let fields = match &variant.fields {
        Fields::Unnamed(fields) => fields.unnamed.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let [field] = fields.as_slice() else {
        errors.at(
            variant,
            "a variant holds one event: `Success(request::Success)`",
        );
        return None;
    };
    let boxed = (Shape::of(&field.ty) == Shape::Boxed)
        .then(|| argument(&field.ty))
        .flatten();
    Some(Member {
        ident: &variant.ident,
        event: boxed.unwrap_or(&field.ty),
        is_boxed: boxed.is_some(),
    })
}

/// Rule: a variant has no attributes, since the name is the event's own.
fn refuse_attributes(variant: &Variant, errors: &mut Errors) {
    refuse_serde(&variant.attrs, errors);
    for entry in crate::attributes::entries(&variant.attrs, errors) {
        errors.at(
            &entry.key,
            "a variant says nothing about its event: name and fields are the event's own",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_what_is_boxed() {
        let output = derive(quote!(
            pub enum All {
                A(a::A),
                B(Box<B>),
            }
        ))
        .to_string();
        assert!(output.contains("From < B > for All"), "{output}");
        assert!(!output.contains("compile_error"), "{output}");
    }

    #[test]
    fn reports_all_mistakes_at_once() {
        let input = syn::parse_quote!(
            enum All {
                A,
                B(A, B),
                #[event(wire = "x")]
                C(C),
            }
        );
        let mut errors = Errors::default();
        expand(&input, &mut errors);
        assert_eq!(errors.messages().len(), 3);
    }
}
