//! What places events: the impl of `Stream` for a header, or for an event that is a stream of its own.

use crate::docs::text;
use crate::fields::Field;
use crate::partition::{Part, Place, Transform};
use crate::settings::Settled;
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

/// `Stream`, and `StreamBy` for each part whose type stands there once.
pub(crate) fn stream(
    eventc: &TokenStream,
    ident: &Ident,
    name: &str,
    settled: &Settled,
    fields: &[Field<'_>],
) -> TokenStream {
    let name = text(name);
    let (ty, partition, segments, impls) = match &settled.parts {
        Some(parts) => by_parts(eventc, ident, parts, fields),
        None => by_nothing(eventc, ident),
    };
    let key = value_of(eventc, "key_of", settled.key.as_ref(), fields);
    let id = value_of(eventc, "id_of", settled.id.as_ref(), fields);
    quote! {
        #[automatically_derived]
        impl #eventc::Stream for #ident {
            const NAME_OF_STREAM: &'static str = #name;
            type Partition = #ty;
            #[inline]
            fn partition_of(&self) -> Self::Partition { #partition }
            #[inline]
            fn segments_of(&self, each: &mut dyn ::core::ops::FnMut(&'static str, &dyn ::core::fmt::Display)) { #segments }
            #key
            #id
        }
        #impls
    }
}

/// The type of the partition, the bodies of the two functions, and the impls of `StreamBy`.
type Partition = (TokenStream, TokenStream, TokenStream, TokenStream);

fn by_parts(
    eventc: &TokenStream,
    ident: &Ident,
    parts: &[Part],
    fields: &[Field<'_>],
) -> Partition {
    let types: Vec<TokenStream> = parts
        .iter()
        .map(|part| part_type(eventc, part, fields))
        .collect();
    let values: Vec<TokenStream> = parts
        .iter()
        .map(|part| part_value(eventc, part, fields))
        .collect();
    let place = |index: usize| {
        let index = Literal::usize_unsuffixed(index);
        if parts.len() == 1 {
            TokenStream::new()
        } else {
            quote!(.#index)
        }
    };
    // The same expressions as in `partition_of`, so that what rustc says of one it says once.
    let names = segment_names(parts);
    let segments = names.iter().zip(&values).map(|(name, value)| {
        let name = text(name);
        quote!(each(#name, &#value);)
    });
    let segments = quote!(#(#segments)*);
    let written: Vec<String> = types.iter().map(ToString::to_string).collect();
    let once = |index: usize| {
        let own = written.get(index);
        written.iter().filter(|other| Some(*other) == own).count() == 1
    };
    let impls = types
        .iter()
        .enumerate()
        .filter(|(index, _)| once(*index))
        .map(|(index, ty)| {
            let place = place(index);
            // Between tokens of the struct's own, rustc shows the struct and not the derive.
            let implement = quote_spanned!(ident.span()=> impl);
            let mut body = Group::new(
                Delimiter::Brace,
                quote!(fn part_of(&self) -> #ty { #eventc::Stream::partition_of(self) #place }),
            );
            body.set_span(ident.span());
            quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                #implement #eventc::StreamBy<#ty> for #ident #body
            }
        })
        .collect();
    match (types.as_slice(), values.as_slice()) {
        ([ty], [value]) => (ty.clone(), value.clone(), segments, impls),
        ([], _) => (quote!(()), TokenStream::new(), quote!(let _ = each;), impls),
        _ => (
            quote!((#(#types,)*)),
            quote!((#(#values,)*)),
            segments,
            impls,
        ),
    }
}

/// After an error: impls that satisfy every caller, so that one mistake is one error.
fn by_nothing(eventc: &TokenStream, ident: &Ident) -> Partition {
    (
        quote!(()),
        quote!(::core::unreachable!()),
        quote!(let _ = each;),
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl<K> #eventc::StreamBy<K> for #ident {
                fn part_of(&self) -> K { ::core::unreachable!() }
            }
        },
    )
}

fn part_type(eventc: &TokenStream, part: &Part, fields: &[Field<'_>]) -> TokenStream {
    match &part.transform {
        Transform::Time(_, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(#eventc::#ty)
        }
        Transform::Bucket(count) => quote!(#eventc::Bucket<#count>),
        Transform::Identity => match part.place.field(fields) {
            Some(field) => {
                let ty = field.ty;
                quote!(#ty)
            }
            None => quote!(()),
        },
    }
}

fn part_value(eventc: &TokenStream, part: &Part, fields: &[Field<'_>]) -> TokenStream {
    let field = borrow(&part.place);
    let of = type_of(&part.place, fields);
    match &part.transform {
        Transform::Time(_, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(#eventc::#ty::of #of (#field))
        }
        Transform::Bucket(count) => quote!(#eventc::Bucket::<#count>::of #of (#field)),
        Transform::Identity => quote!(#eventc::__private::identity #of (#field)),
    }
}

/// The type of a field, by which rustc's word on it stands under that type.
fn type_of(place: &Place, fields: &[Field<'_>]) -> Option<TokenStream> {
    let ty = place.field(fields)?.ty;
    Some(quote!(::<#ty>))
}

/// The field as an expression with its span in the attribute, so that what rustc says about it stands there.
fn borrow(place: &Place) -> TokenStream {
    let field = &place.0;
    quote_spanned!(field.span()=> &self.#field)
}

/// The names of the parts, as they stand in a path: `day`, `tenant_id_bucket`, `region`.
/// Two parts of one name are told apart by their fields.
pub(crate) fn segment_names(parts: &[Part]) -> Vec<String> {
    let short = |part: &Part| {
        let field = part.place.0.to_string();
        match &part.transform {
            Transform::Time(name, _) => name.to_string(),
            Transform::Bucket(_) => format!("{field}_bucket"),
            Transform::Identity => field,
        }
    };
    let names: Vec<String> = parts.iter().map(short).collect();
    parts
        .iter()
        .zip(&names)
        .map(|(part, name)| {
            let once = names.iter().filter(|other| *other == name).count() == 1;
            if once {
                name.clone()
            } else {
                format!("{}_{name}", part.place.name())
            }
        })
        .collect()
}

/// `fn key_of` or `fn id_of`; without a field the trait's own says that there is none.
fn value_of(
    eventc: &TokenStream,
    function: &str,
    place: Option<&Place>,
    fields: &[Field<'_>],
) -> Option<TokenStream> {
    let place = place?;
    let function = Ident::new(function, Span::call_site());
    let (field, of) = (borrow(place), type_of(place, fields));
    Some(quote! {
        fn #function(&self) -> ::core::option::Option<#eventc::ValueRef<'_>> {
            ::core::option::Option::Some(#eventc::__private::key #of (#field))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_name_are_told_apart() {
        let parts: Vec<Part> = [quote!(day(seen_at)), quote!(day(sent_at)), quote!(region)]
            .into_iter()
            .map(|part| syn::parse2(part).unwrap())
            .collect();
        assert_eq!(
            segment_names(&parts),
            ["seen_at_day", "sent_at_day", "region"]
        );
    }
}
