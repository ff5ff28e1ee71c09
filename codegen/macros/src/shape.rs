//! What a type's tokens alone say about it. An alias says nothing: the runtime's trait bounds judge those.

use crate::input::Type;
use proc_macro2::{Ident, Punct, TokenStream, TokenTree};
use quote::ToTokens;

/// The kinds of type that rules tell apart, by the last segment of the type's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Bool,
    Integer,
    Float,
    Decimal,
    /// `String`: may be empty.
    String,
    /// `Text`: what newtypes of text hold.
    Text,
    Bytes,
    Uuid,
    Date,
    Timestamp,
    Ip,
    Json,
    List,
    Map,
    Option,
    Boxed,
    Key,
    /// Anything else: a type of the user's.
    Named,
}

impl Shape {
    pub(crate) fn of(ty: &Type) -> Shape {
        let Some(path) = Path::of(ty) else {
            return Shape::Named;
        };
        if path.is_of_this_crate {
            return Shape::Named;
        }
        match Some(path.last.to_string().as_str()) {
            Some("bool") => Shape::Bool,
            Some("i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64") => Shape::Integer,
            Some("f32" | "f64") => Shape::Float,
            Some("Decimal") => Shape::Decimal,
            Some("String") => Shape::String,
            Some("Text") => Shape::Text,
            Some("Bytes") => Shape::Bytes,
            Some("Uuid") => Shape::Uuid,
            Some("Date") => Shape::Date,
            Some("Timestamp") => Shape::Timestamp,
            Some("IpAddr") => Shape::Ip,
            Some("Json") => Shape::Json,
            Some("Vec") => Shape::List,
            Some("BTreeMap") => Shape::Map,
            Some("Option") => Shape::Option,
            Some("Box") => Shape::Boxed,
            Some("Key") => Shape::Key,
            _ => Shape::Named,
        }
    }
}

/// A type that is a path.
struct Path<'a> {
    /// The name it ends in, without generics.
    last: &'a Ident,
    /// Whether the path says that the type is the crate's own: `self::Date` is nobody else's, whatever it is called.
    is_of_this_crate: bool,
    /// What follows the name.
    generics: &'a [TokenTree],
}

impl<'a> Path<'a> {
    fn of(ty: &'a Type) -> Option<Self> {
        let mut rest = ty.0.as_slice();
        let (mut first, mut last) = (None, None);
        loop {
            match rest {
                [TokenTree::Punct(colon), after @ ..] if colon.as_char() == ':' => rest = after,
                [TokenTree::Ident(ident), after @ ..] => {
                    first = first.or(Some(ident));
                    last = Some(ident);
                    rest = after;
                }
                _ => break,
            }
        }
        let (first, last) = (first?, last?);
        let is_generic = |punct: &Punct| punct.as_char() == '<';
        match rest {
            [] => {}
            [TokenTree::Punct(punct), ..] if is_generic(punct) => {}
            _ => return None,
        }
        let is_of_this_crate =
            !std::ptr::eq(first, last) && (first == "self" || first == "crate" || first == "super");
        Some(Path {
            last,
            is_of_this_crate,
            generics: rest,
        })
    }
}

/// The name a type's path ends in; generics left out.
pub(crate) fn last_name(ty: &Type) -> Option<String> {
    Path::of(ty).map(|path| path.last.to_string())
}

/// The type as someone would write it: `BTreeMap<String, u8>`, without the path before the name.
pub(crate) fn words(ty: &Type) -> String {
    let written: TokenStream = match Path::of(ty) {
        Some(path) => {
            let generics = path.generics.iter().cloned();
            [TokenTree::Ident(path.last.clone())]
                .into_iter()
                .chain(generics)
                .collect()
        }
        None => ty.to_token_stream(),
    };
    written
        .to_string()
        .replace(" <", "<")
        .replace("< ", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
        .replace(" :: ", "::")
}

/// `T` of `Option<T>`, `Box<T>`, `Key<T>`.
pub(crate) fn argument(ty: &Type) -> Option<Type> {
    match Path::of(ty)?.generics {
        [_, arguments @ .., _] if !arguments.is_empty() => Some(Type::first(arguments)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn ty(tokens: TokenStream) -> Type {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        Type::first(&tokens)
    }

    #[test]
    fn looks_at_the_last_segment() {
        assert_eq!(
            Shape::of(&ty(quote!(::core::option::Option<u8>))),
            Shape::Option
        );
        assert_eq!(Shape::of(&ty(quote!(eventc::Key<Timestamp>))), Shape::Key);
        assert_eq!(Shape::of(&ty(quote!(TenantId))), Shape::Named);
        assert_eq!(Shape::of(&ty(quote!([u8; 4]))), Shape::Named);
        assert_eq!(Shape::of(&ty(quote!(self::Date))), Shape::Named);
    }

    #[test]
    fn writes_types_as_people_do() {
        assert_eq!(
            words(&ty(quote!(std::collections::BTreeMap<String, Vec<a::B>>))),
            "BTreeMap<String, Vec<a::B>>"
        );
    }

    #[test]
    fn finds_the_argument() {
        let inner = argument(&ty(quote!(Option<Box<Node>>))).unwrap();
        assert_eq!(Shape::of(&inner), Shape::Boxed);
        let innermost = argument(&inner).unwrap();
        assert_eq!(last_name(&innermost).as_deref(), Some("Node"));
    }
}
