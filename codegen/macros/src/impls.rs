//! The impls that several derives share. Each is a delegation: what it delegates to is compiled
//! once, in the runtime, and not once per event.

use crate::docs::text;
use crate::expansion::Errors;
use crate::fields::Field;
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::ext::IdentExt;

/// `Record`: what the fields are, in the form that the runtime's macro takes.
///
/// `version` is the version that a `backfill` without `since` belongs to.
pub(crate) fn record(
    eventc: &TokenStream,
    allowed: &Group,
    ident: &Ident,
    fields: &[Field<'_>],
    version: u32,
) -> TokenStream {
    let names = names(ident, fields);
    let notes = notes(eventc, fields, version);
    let count = Literal::usize_unsuffixed(fields.len());
    let mut list = TokenStream::new();
    if fields.len() <= CHUNK {
        let mut types = TokenStream::new();
        for (index, field) in fields.iter().enumerate() {
            list.append(field.ident.clone());
            list.append(Literal::usize_unsuffixed(index));
            list.append(Punct::new(',', Spacing::Alone));
            field.ty.to_tokens(&mut types);
            types.append(Punct::new(',', Spacing::Alone));
        }
        // what rustc says of a type that is no value stands under the struct's name
        let mut types = Group::new(Delimiter::Parenthesis, types);
        types.set_span(Span::call_site().located_at(ident.span()));
        return quote!(#eventc::__record! { #allowed #ident #names #count #notes of #types [#list] });
    }
    let chunks = fields.len().div_ceil(CHUNK);
    for (chunk, fields) in fields.chunks(CHUNK).enumerate() {
        let fields = fields.iter().enumerate().map(|(index, field)| {
            let (ident, ty) = (field.ident, field.ty);
            let place = place(chunk, chunks, &Literal::usize_unsuffixed(index));
            quote!(#ident #place #ty,)
        });
        list.extend(quote!([#(#fields)*]));
    }
    quote!(#eventc::__record! { #allowed #ident #names #count #notes several #list })
}

/// So many fields fit into one tuple.
const CHUNK: usize = 16;

/// Where a field is in a chain of tuples: `(.1 .0 .3)`.
fn place(chunk: usize, chunks: usize, index: &Literal) -> TokenStream {
    let rests = (0..chunk).map(|_| quote!(.1));
    let first = (chunk + 1 < chunks).then(|| quote!(.0));
    quote!((#(#rests)* #first .#index))
}

/// The names of the struct and of its fields, with the marks of those that are several members or may be missing.
fn names(ident: &Ident, fields: &[Field<'_>]) -> Literal {
    let mut names = ident.unraw().to_string();
    for field in fields {
        names.push(' ');
        names.push_str(&field.name);
        names.push_str(if field.is_flat() { "*" } else { "" });
        names.push_str(if field.is_optional() { "?" } else { "" });
    }
    text(&names)
}

/// What is to be said of few fields.
fn notes(eventc: &TokenStream, fields: &[Field<'_>], version: u32) -> Option<TokenStream> {
    let mut notes = TokenStream::new();
    for (index, field) in fields.iter().enumerate() {
        let index = Literal::usize_unsuffixed(index);
        let mut note =
            |note: TokenStream| notes.extend(quote!((#index, #eventc::__private::Note::#note),));
        if let Some(wire) = &field.wire {
            note(quote!(Wire(#wire)));
        }
        if let Some(class) = &field.pii {
            note(quote!(Pii(#class)));
        }
        if let Some(json) = &field.backfill {
            let since = Literal::u32_unsuffixed(field.since.unwrap_or(version));
            note(quote!(Backfill(#since, #json)));
        }
        if let Some((from, to)) = field.accept {
            let (from, to) = (Literal::i64_unsuffixed(from), Literal::i64_unsuffixed(to));
            note(quote!(Accept(#from, #to)));
        }
    }
    (!notes.is_empty()).then(|| quote!(notes [#notes]))
}

/// The hash of a text, the same in every build.
pub(crate) fn fnv_1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// `Serialize`, `Deserialize` and `Debug` of a type that is a `Value`.
pub(crate) fn value_formats(
    eventc: &TokenStream,
    allowed: &Group,
    ident: &Ident,
    debug: impl ToTokens,
) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #debug
            }
        }
        #eventc::__formats! { #allowed #ident }
    }
}

/// The same tokens as if they were written at `span`, where rustc then points.
pub(crate) fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                token = Group::new(group.delimiter(), respanned(group.stream(), span)).into();
            }
            token.set_span(span);
            token
        })
        .collect()
}

/// Rule: what nothing reads is said so.
pub(crate) fn refuse_idle_attributes(fields: &[Field<'_>], errors: &mut Errors) {
    for field in fields {
        if field.is_flat() {
            let idle = [
                ("wire", field.wire.as_ref()),
                ("pii", field.pii.as_ref()),
                ("backfill", field.backfill.as_ref()),
            ];
            for (key, value) in idle {
                if let Some(value) = value {
                    errors.at(
                        value,
                        format_args!(
                            "`{key}` belongs on a member: the members of `{}` have their own",
                            field.name
                        ),
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published vector for "a".
    #[test]
    fn hashes_are_fnv_1a() {
        assert_eq!(fnv_1a("a"), 0xaf63_dc4c_8601_ec8c_u64);
    }
}
