//! The impls that several derives share. Each is a delegation: what it delegates to is compiled
//! once, in the runtime, and not once per event.

use crate::docs::text;
use crate::expansion::Errors;
use crate::fields::Field;
use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Visibility;

/// `Record`: the table of fields, and the two functions that get at them by their place in it.
///
/// `version` is the version that a `backfill` without `since` belongs to.
pub(crate) fn record(
    eventc: &TokenStream,
    ident: &Ident,
    fields: &[Field<'_>],
    version: u32,
) -> TokenStream {
    let table = fields
        .iter()
        .map(|field| table_entry(eventc, field, version));
    let gets = fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let (ident, ty) = (field.ident, field.ty);
        // With its type, so that what rustc says of a type that is no value stands under it.
        quote!(#index => <#ty as #eventc::Value>::get(&self.#ident),)
    });
    let reads = fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let (ident, ty) = (field.ident, field.ty);
        match (field.is_flat(), field.is_optional()) {
            (true, true) => quote!(#ident: members.flat_optional()?,),
            (true, false) => quote!(#ident: members.flat()?,),
            (false, _) => quote!(#ident: <#ty as #eventc::Value>::take(members, &fields[#index])?,),
        }
    });
    let has_members = fields.iter().any(|field| !field.is_flat());
    let own = has_members.then(|| quote!(let fields = <Self as #eventc::Record>::TABLE.fields;));
    let members = if fields.is_empty() {
        quote!(_)
    } else {
        quote!(members)
    };
    let name = text(&ident.to_string());
    quote! {
        #[automatically_derived]
        impl #eventc::Record for #ident {
            const TABLE: &'static #eventc::Table = &#eventc::Table { name: #name, fields: &[#(#table,)*] };
            fn get(&self, index: usize) -> #eventc::ValueRef<'_> {
                match index { #(#gets)* _ => #eventc::ValueRef::Absent }
            }
            fn read(#members: &mut #eventc::Members<'_>) -> ::core::result::Result<Self, #eventc::Refusal> {
                #own
                ::core::result::Result::Ok(Self { #(#reads)* })
            }
        }
    }
}

fn table_entry(eventc: &TokenStream, field: &Field<'_>, version: u32) -> TokenStream {
    let name = text(&field.name);
    let required = !field.is_optional();
    let mut entry = if field.is_flat() {
        quote!(#eventc::Field::flat(#name, #required))
    } else {
        let wire = text(&field.wire_name());
        quote!(#eventc::Field::member(#name, #wire, #required))
    };
    if let Some(class) = &field.pii {
        entry.extend(quote!(.with_pii(#class)));
    }
    if let Some(json) = &field.backfill {
        let since = Literal::u32_unsuffixed(field.since.unwrap_or(version));
        entry.extend(quote!(.with_backfill(#since, #json)));
    }
    if let Some((from, to)) = field.accept {
        let (from, to) = (Literal::i64_unsuffixed(from), Literal::i64_unsuffixed(to));
        entry.extend(quote!(.with_accept(#from, #to)));
    }
    entry
}

/// `Member` for each field that is as public as its struct, so that the type of `header.field` has a name.
/// The type of a field that is less public may be so, too, and then nothing public may name it.
pub(crate) fn members(
    eventc: &TokenStream,
    ident: &Ident,
    visibility: &Visibility,
    fields: &[Field<'_>],
) -> TokenStream {
    let written = |visibility: &Visibility| visibility.to_token_stream().to_string();
    let own = written(visibility);
    let is_as_public = |field: &&Field<'_>| match field.visibility {
        Visibility::Public(_) => true,
        other => own.is_empty() || written(other) == own,
    };
    fields
        .iter()
        .filter(is_as_public)
        .map(|field| {
            let (name, ty) = (member_name(&field.name), field.ty);
            quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl #eventc::__private::Member<#name> for #ident { type Of = #ty; }
            }
        })
        .collect()
}

/// A field's name as a constant that a type can carry.
pub(crate) fn member_name(name: &str) -> Literal {
    Literal::u64_unsuffixed(fnv_1a(name))
}

/// The hash of a text, the same in every build.
pub(crate) fn fnv_1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// `Serialize`, `Deserialize` and `Debug`, from the three calls that do the work: one given
/// `self` and `serializer`, one given `deserializer`, one given `self` and `f`.
pub(crate) fn formats(
    eventc: &TokenStream,
    ident: &Ident,
    serialize: impl ToTokens,
    deserialize: impl ToTokens,
    debug: impl ToTokens,
) -> TokenStream {
    let serde = quote!(#eventc::__private::serde);
    quote! {
        #[automatically_derived]
        impl #serde::Serialize for #ident {
            fn serialize<S: #serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                #serialize
            }
        }
        #[automatically_derived]
        impl<'de> #serde::Deserialize<'de> for #ident {
            fn deserialize<D: #serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                #deserialize
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #debug
            }
        }
    }
}

/// `Serialize`, `Deserialize` and `Debug` of a type that is a `Value`.
pub(crate) fn value_formats(
    eventc: &TokenStream,
    ident: &Ident,
    debug: impl ToTokens,
) -> TokenStream {
    formats(
        eventc,
        ident,
        quote!(#eventc::__private::serialize(#eventc::Value::get(self), serializer)),
        quote!(#eventc::__private::deserialize(deserializer, <Self as #eventc::Value>::read)),
        debug,
    )
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

    /// The published vector for "a"; both derives must agree for ever.
    #[test]
    fn member_names_are_fnv_1a() {
        assert_eq!(
            member_name("a").to_string(),
            0xaf63_dc4c_8601_ec8c_u64.to_string()
        );
    }
}
