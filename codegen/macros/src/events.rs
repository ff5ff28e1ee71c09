//! `derive(Events)`: an enum over events, decoded by the event's name.

use crate::attributes::refuse_serde;
use crate::expansion::{Errors, allow_deprecated, item, refuse_generics, runtime};
use crate::impls::respanned;
use crate::input::{Body, Fields, Item, Type, Variant};
use crate::record::runtime_path;
use crate::shape::{Shape, argument};
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use std::borrow::Cow;
use syn::Ident;
use syn::spanned::Spanned;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    // Whether one of the events is deprecated can't be seen from here.
    allow_deprecated(item(input, expand))
}

/// A variant and what it holds.
struct Member<'a> {
    ident: &'a Ident,
    /// The event, without its `Box`, or the enum of events.
    held: Cow<'a, Type>,
    is_boxed: bool,
    /// `#[event(stream)]`: it holds the enum of a stream's events.
    is_group: bool,
}

impl Member<'_> {
    /// The same tokens where the event stands, which is where rustc's word on it belongs; still those of the derive.
    fn located(&self, tokens: TokenStream) -> TokenStream {
        respanned(tokens, Span::call_site().located_at(self.held.span()))
    }
}

fn expand(input: &Item, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Events", errors);
    refuse_serde(&input.attributes, errors);
    let path = runtime_path(input, "an enum over events", &["crate"], errors);
    let eventc = &runtime(path.as_ref());
    let members = members(input, errors);
    let (ident, visibility) = (&input.ident, &input.visibility);

    let (groups, events): (Vec<&Member<'_>>, Vec<&Member<'_>>) =
        members.iter().partition(|member| member.is_group);

    // With half as many places free, a name is found at the first look or soon after.
    let slots = Literal::usize_unsuffixed(events.len() * 3 / 2 + 1);
    let readers = events.iter().map(|member| {
        let variant = member.ident;
        let reader = if member.is_boxed {
            quote!(#eventc::Reader::boxed(&#eventc::__private::Boxed(Self::#variant)))
        } else {
            quote!(#eventc::Reader::of(&#eventc::__private::Variant(Self::#variant)))
        };
        member.located(reader)
    });
    let group_readers = groups.iter().map(|member| {
        let variant = member.ident;
        member.located(quote!(&#eventc::__private::Holding(Self::#variant)))
    });
    let group_readers = (!groups.is_empty()).then(|| quote! {
        const GROUPS: &'static [&'static (dyn #eventc::__private::Group<Self> + ::core::marker::Sync)] = &[#(#group_readers),*];
    });
    let views = members.iter().map(|member| {
        let (variant, held) = (member.ident, &*member.held);
        if member.is_group {
            quote!(Self::#variant(event) => #eventc::Events::event(event),)
        } else {
            quote!(Self::#variant(event) => #eventc::__private::event::<#held>(event),)
        }
    });
    let view = if members.is_empty() {
        quote!(match *self {})
    } else {
        quote!(match self { #(#views)* })
    };
    let conversions = members.iter().map(|member| {
        let (variant, held) = (member.ident, &*member.held);
        if member.is_boxed {
            quote!(#held => #variant(::std::boxed::Box::new),)
        } else {
            quote!(#held => #variant(),)
        }
    });
    quote! {
        #[automatically_derived]
        impl #eventc::Events for #ident {
            const READERS: &'static [#eventc::Reader<Self>] = &[#(#readers),*];
            type Index = #eventc::Indexed<Self, #slots>;
            #group_readers
            #[inline]
            fn event(&self) -> #eventc::EventRef<'_> { #view }
        }
        #[automatically_derived]
        impl #ident {
            /// The names of its events: first those that it holds itself, then those of each stream.
            #[must_use]
            #[inline]
            #visibility fn names() -> ::std::vec::Vec<&'static str> {
                #eventc::__private::names::<Self>()
            }
            /// The event that a JSON message is.
            ///
            /// # Errors
            ///
            /// If it is not JSON, names no event or one that is not of these, or is not such an event.
            #[inline]
            #visibility fn decode(message: &[u8]) -> ::core::result::Result<Self, #eventc::Refusal> {
                #eventc::__private::events_decode(message)
            }
            /// The event as a JSON message.
            ///
            /// # Errors
            ///
            /// If a number in it is not finite.
            #[inline]
            #visibility fn encode(&self) -> ::core::result::Result<::std::vec::Vec<u8>, #eventc::Refusal> {
                #eventc::__private::events_encode(#eventc::Events::event(self))
            }
            /// The name of the event.
            #[must_use]
            #[inline]
            #visibility fn name(&self) -> &'static str {
                #eventc::Events::event(self).name()
            }
        }
        #eventc::__events! { #ident #(#conversions)* }
    }
}

fn members<'a>(input: &'a Item, errors: &mut Errors) -> Vec<Member<'a>> {
    let Body::Enum(all) = &input.body else {
        errors.at(&input.ident, "`derive(Events)` is for an enum over events: `enum AllEvents { Success(request::Success), … }`");
        return Vec::new();
    };
    all.iter()
        .filter_map(|variant| read(variant, errors))
        .collect()
}

fn read<'a>(variant: &'a Variant, errors: &mut Errors) -> Option<Member<'a>> {
    let is_group = is_group(variant, errors);
    let fields = match &variant.fields {
        Fields::Unnamed(fields, _) => fields.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let [field] = fields.as_slice() else {
        errors.at(
            &variant.ident,
            "a variant holds one event: `Success(request::Success)`",
        );
        return None;
    };
    let boxed = (Shape::of(&field.ty) == Shape::Boxed)
        .then(|| argument(&field.ty))
        .flatten();
    Some(Member {
        ident: &variant.ident,
        is_boxed: boxed.is_some(),
        held: boxed.map_or(Cow::Borrowed(&field.ty), Cow::Owned),
        is_group,
    })
}

/// Rule: a variant says nothing of its event, since name and fields are the event's own.
fn is_group(variant: &Variant, errors: &mut Errors) -> bool {
    refuse_serde(&variant.attributes, errors);
    let mut is_group = false;
    for entry in crate::attributes::entries(&variant.attributes, errors) {
        if entry.is("stream") {
            is_group = entry.word(errors);
        } else {
            errors.at(
                &entry.key,
                "a variant says nothing about its event: name and fields are the event's own",
            );
        }
    }
    is_group
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
        assert!(
            output.contains("B => B (:: std :: boxed :: Box :: new)"),
            "{output}"
        );
        assert!(!output.contains("compile_error"), "{output}");
    }

    #[test]
    fn holds_the_enums_of_streams() {
        let output = derive(quote!(
            pub enum All {
                #[event(stream)]
                Telemetry(catalog::TelemetryEvent),
                A(a::A),
            }
        ))
        .to_string();
        assert!(!output.contains("compile_error"), "{output}");
        for part in [
            "& [& :: eventc :: __private :: Holding (Self :: Telemetry)]",
            "READERS : & 'static [:: eventc :: Reader < Self >] = & [:: eventc :: Reader :: of (& :: eventc :: __private :: Variant (Self :: A))]",
            "catalog :: TelemetryEvent => Telemetry () , a :: A => A () ,",
        ] {
            assert!(output.contains(part), "{part}\n{output}");
        }
    }

    #[test]
    fn reports_all_mistakes_at_once() {
        let input = Item::read(quote!(
            enum All {
                A,
                B(A, B),
                #[event(wire = "x")]
                C(C),
            }
        ))
        .unwrap();
        let mut errors = Errors::default();
        expand(&input, &mut errors);
        assert_eq!(errors.messages().len(), 3);
    }
}
