//! What the partition, the key and the id of an event become: types and the bodies of functions.

use crate::docs::text;
use crate::fields::Field;
use crate::impls;
use crate::partition::{self, FieldPath, Part, Transform};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;

/// What the partition of an event becomes.
pub(super) struct Placement {
    /// `Event::Partition`
    pub(super) ty: TokenStream,
    /// The body of `Event::partition`.
    pub(super) partition: TokenStream,
    /// The body of `Event::partition_segments`.
    pub(super) segments: TokenStream,
    /// `PartitionedBy`, for each part of a type that stands there once.
    pub(super) impls: TokenStream,
}

/// The partition as the event says it.
pub(super) fn by_partition(
    eventc: &TokenStream,
    ident: &Ident,
    parts: &[Part],
    fields: &[Field<'_>],
) -> Placement {
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
    // The same expressions as in `partition`, so that what rustc says of one it says once.
    let names = segment_names(parts);
    let segments = names.iter().zip(&values).map(|(name, value)| {
        let name = text(name);
        quote!(each(#name, &#value);)
    });
    let segments = quote!(#(#segments)*);
    let written: Vec<String> = types.iter().map(ToString::to_string).collect();
    let impls = types.iter().enumerate().filter(|(index, _)| {
        let own = written.get(*index);
        let once = written.iter().filter(|other| Some(*other) == own).count() == 1;
        once && has_known_type(parts, *index)
    });
    let impls: TokenStream = impls
        .map(|(index, ty)| {
            let place = place(index);
            // Between tokens of the struct's own, rustc shows the struct and not the derive.
            let implement = quote_spanned!(ident.span()=> impl);
            let mut body = Group::new(
                Delimiter::Brace,
                quote!(fn partition_key(&self) -> #ty { #eventc::Event::partition(self) #place }),
            );
            body.set_span(ident.span());
            let implementation = quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                #implement #eventc::PartitionedBy<#ty> for #ident #body
            };
            // The type of a header's field may turn out not to exist: then all of this points there.
            match parts.get(index) {
                Some(part) if is_foreign(part) => {
                    impls::respanned(implementation, part.path.last().span())
                }
                _ => implementation,
            }
        })
        .collect();
    match (types.as_slice(), values.as_slice()) {
        ([ty], [value]) => Placement {
            ty: ty.clone(),
            partition: value.clone(),
            segments,
            impls,
        },
        ([], _) => Placement {
            ty: quote!(()),
            partition: TokenStream::new(),
            segments: quote!(let _ = each;),
            impls,
        },
        _ => Placement {
            ty: match parts.iter().find(|part| is_foreign(part)) {
                Some(part) => impls::respanned(quote!((#(#types,)*)), part.path.last().span()),
                None => quote!((#(#types,)*)),
            },
            partition: quote!((#(#values,)*)),
            segments,
            impls,
        },
    }
}

/// After an error: impls that satisfy every caller, so that one mistake is one error.
pub(super) fn by_nothing(eventc: &TokenStream, ident: &Ident) -> Placement {
    Placement {
        ty: quote!(()),
        partition: quote!(::core::unreachable!()),
        segments: quote!(let _ = each;),
        impls: quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl<K> #eventc::PartitionedBy<K> for #ident {
                fn partition_key(&self) -> K { ::core::unreachable!() }
            }
        },
    }
}

/// The type of a part; that of `header.field` is looked up in the header.
fn part_type(eventc: &TokenStream, part: &Part, fields: &[Field<'_>]) -> TokenStream {
    match &part.transform {
        Transform::Time(_, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(#eventc::#ty)
        }
        Transform::Bucket(count) => quote!(#eventc::Bucket<#count>),
        Transform::Identity => {
            let Some(field) = part.path.start(fields) else {
                return quote!(());
            };
            let ty = field.ty;
            let ty = part.path.rest.iter().fold(quote!(#ty), |ty, segment| {
                let name = segment.unraw().to_string();
                let (name, hash) = (text(&name), impls::member_name(&name));
                let table = quote!(<#ty as #eventc::Record>::TABLE);
                let member = quote!(#eventc::__private::member(#table, #name, #hash));
                quote!(<#ty as #eventc::__private::Member<{ #member }>>::Of)
            });
            if part.path.rest.is_empty() {
                ty
            } else {
                impls::respanned(ty, part.path.last().span())
            }
        }
    }
}

fn part_value(eventc: &TokenStream, part: &Part, fields: &[Field<'_>]) -> TokenStream {
    let field = partition::borrow(&part.path);
    let of = own_type(&part.path, fields).map(|ty| quote!(::<#ty>));
    match &part.transform {
        Transform::Time(_, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(#eventc::#ty::of #of (#field))
        }
        Transform::Bucket(count) => quote!(#eventc::Bucket::<#count>::of #of (#field)),
        Transform::Identity => quote!(#eventc::__private::identity #of (#field)),
    }
}

/// The type of a field of the event's own, by which rustc's word on it stands under that type.
fn own_type<'a>(path: &FieldPath, fields: &'a [Field<'_>]) -> Option<&'a Type> {
    if path.rest.is_empty() {
        path.start(fields).map(|field| field.ty)
    } else {
        None
    }
}

/// The names of the parts, as they stand in a path: `day`, `tenant_id_bucket`, `region`.
/// Two parts of one name are told apart by their fields.
pub(super) fn segment_names(parts: &[Part]) -> Vec<String> {
    let short = |part: &Part| {
        let field = part.path.last().to_string();
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
                format!("{}_{name}", part.path.words().replace('.', "_"))
            }
        })
        .collect()
}

/// Whether a part is the value of a header's field itself, whose type is not known here.
fn is_foreign(part: &Part) -> bool {
    matches!(part.transform, Transform::Identity) && !part.path.rest.is_empty()
}

/// Whether the type of a part is certain to differ from that of all others. The type of a header's
/// field is not known here, so it is certain only where no other part is the value itself.
fn has_known_type(parts: &[Part], index: usize) -> bool {
    let Some(part) = parts.get(index) else {
        return false;
    };
    let identities = parts
        .iter()
        .filter(|part| matches!(part.transform, Transform::Identity))
        .count();
    !is_foreign(part) || identities == 1
}

/// `fn key` or `fn id`; without a path the trait's own says that there is none.
pub(super) fn value_of(
    eventc: &TokenStream,
    function: &str,
    path: Option<&FieldPath>,
    fields: &[Field<'_>],
) -> TokenStream {
    let function = Ident::new(function, Span::call_site());
    let value = match path {
        Some(path) => {
            let field = partition::borrow(path);
            let of = own_type(path, fields).map(|ty| quote!(::<#ty>));
            quote!(::core::option::Option::Some(#eventc::__private::key #of (#field)))
        }
        None => quote!(::core::option::Option::None),
    };
    quote!(fn #function(&self) -> ::core::option::Option<#eventc::ValueRef<'_>> { #value })
}
