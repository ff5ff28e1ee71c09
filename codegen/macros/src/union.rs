//! `derive(Union)`: an enum whose variants hold one value each.

use crate::attributes::{entries, refuse_serde};
use crate::docs::text;
use crate::expansion::{Errors, allowed, item, refuse_generics, runtime};
use crate::impls;
use crate::input::{Body, Fields, Item, Variant};
use crate::shape::Shape;
use crate::wire::{self, Named};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{LitStr, Path};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

fn expand(input: &Item, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Union", errors);
    refuse_serde(&input.attributes, errors);
    let mut path: Option<Path> = None;
    let mut tag: Option<LitStr> = None;
    for entry in entries(&input.attributes, errors) {
        match entry.key.to_string().as_str() {
            "tag" => tag = entry.text(errors),
            "crate" => {
                path = entry.value_with(
                    errors,
                    "a path, as in `crate = ::events::eventc`",
                    Path::parse_mod_style,
                );
            }
            _ => entry.unknown("a union", &["tag", "crate"], errors),
        }
    }
    let eventc = &runtime(path.as_ref());
    let variants = variants(input, errors);
    wire::refuse_equal_names(&variants, errors);
    let ident = &input.ident;
    let name = text(&ident.to_string());
    let tag = match &tag {
        Some(tag) => quote!(::core::option::Option::Some(#tag)),
        None => quote!(::core::option::Option::None),
    };
    let wires: Vec<_> = variants.iter().map(|variant| text(&variant.wire)).collect();
    let idents: Vec<_> = variants.iter().map(|variant| variant.ident).collect();
    let gets = idents.iter().zip(&wires).map(|(ident, wire)| {
        quote!(Self::#ident(value) => #eventc::__private::tagged(
            const { &#eventc::Variant { wire: #wire, tag: #tag } },
            value,
        ),)
    });
    let get = match idents.as_slice() {
        [] => quote!(::core::unreachable!()),
        _ => quote!(match self { #(#gets)* }),
    };
    let reads = idents.iter().enumerate().map(|(index, ident)| {
        // The last one needs no number: the index is one of the table's.
        let is_last = index + 1 == idents.len();
        let index = Literal::usize_unsuffixed(index);
        let index = if is_last { quote!(_) } else { quote!(#index) };
        quote!(#index => #eventc::Value::read(node).map(Self::#ident),)
    });
    let read = match idents.as_slice() {
        [] => quote!({
            let _ = node;
            ::core::unreachable!()
        }),
        _ => quote! {
            #eventc::__private::read_union(node, #name, #tag, &[#(#wires),*], |index, node| match index { #(#reads)* })
        },
    };
    let formats = impls::value_formats(
        eventc,
        &allowed(input),
        ident,
        quote!(#eventc::__private::debug_value(#eventc::Value::get(self), f)),
    );
    quote! {
        #[automatically_derived]
        impl #eventc::Value for #ident {
            const EXPECTED: &'static str = "an object";
            #[inline]
            fn get(&self) -> #eventc::ValueRef<'_> { #get }
            #[inline]
            fn read(node: #eventc::Node<'_>) -> ::core::result::Result<Self, #eventc::Refusal> { #read }
        }
        #formats
    }
}

fn variants<'a>(input: &'a Item, errors: &mut Errors) -> Vec<Named<'a>> {
    let Body::Enum(all) = &input.body else {
        errors.at(
            &input.ident,
            "a union is an enum whose variants hold one value each",
        );
        return Vec::new();
    };
    if all.is_empty() {
        errors.at(&input.ident, "a union has at least one variant");
    }
    all.iter()
        .filter_map(|variant| read(variant, errors))
        .collect()
}

fn read<'a>(variant: &'a Variant, errors: &mut Errors) -> Option<Named<'a>> {
    refuse_serde(&variant.attributes, errors);
    let mut wire = None;
    for entry in entries(&variant.attributes, errors) {
        if entry.is("wire") {
            wire = entry.text(errors);
        } else {
            entry.unknown("a variant of a union", &["wire"], errors);
        }
    }
    let held = match &variant.fields {
        Fields::Unnamed(fields, _) => fields.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    match held.as_slice() {
        // Rule: a variant is there or it is another one: it holds nothing optional.
        [field] if Shape::of(&field.ty) == Shape::Option => {
            errors.at(&field.ty, "what a variant holds can't be optional");
            None
        }
        [_] => Some(Named::new(&variant.ident, wire)),
        _ => {
            errors.at(
                &variant.ident,
                "a variant of a union holds one record: `Card(CardPayment)`",
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_union() {
        let output = derive(quote! {
            #[event(tag = "kind")]
            pub enum Payment { #[event(wire = "card")] Card(CardPayment), Invoice(Box<InvoicePayment>) }
        })
        .to_string();
        assert!(output.contains("\"invoice\""), "{output}");
        assert!(!output.contains("compile_error"), "{output}");
    }

    #[test]
    fn reports_all_mistakes_at_once() {
        let input = Item::read(quote! {
            #[event(tga = "kind")]
            enum Payment { Card, Two(u8, u8), Maybe(Option<A>), #[event(wire = "x")] A(A), #[event(wire = "x")] B(A) }
        })
        .unwrap();
        let mut errors = Errors::default();
        expand(&input, &mut errors);
        let found = errors.messages();
        assert_eq!(found.len(), 5, "{found:#?}");
    }
}
