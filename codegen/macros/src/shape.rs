//! What a type's tokens alone say about it. An alias says nothing: the runtime's trait bounds judge those.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

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
        if is_of_this_crate(ty) {
            return Shape::Named;
        }
        match last_name(ty).as_deref() {
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

/// Whether the path says that the type is the crate's own: `self::Date` is nobody else's, whatever it is called.
fn is_of_this_crate(ty: &Type) -> bool {
    let Type::Path(path) = ungrouped(ty) else {
        return false;
    };
    let first = path.path.segments.first();
    path.path.segments.len() > 1
        && first.is_some_and(|first| {
            first.ident == "self" || first.ident == "crate" || first.ident == "super"
        })
}

/// The name a type's path ends in; generics left out.
pub(crate) fn last_name(ty: &Type) -> Option<String> {
    match ungrouped(ty) {
        Type::Path(path) if path.qself.is_none() => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// The type as someone would write it: `BTreeMap<String, u8>`, without the path before the name.
pub(crate) fn words(ty: &Type) -> String {
    let written = match ungrouped(ty) {
        Type::Path(path) => path.path.segments.last().to_token_stream(),
        ty => ty.to_token_stream(),
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
pub(crate) fn argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ungrouped(ty) else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// A type that came through a `macro_rules!` fragment is wrapped in an invisible group.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(group) => ungrouped(&group.elem),
        _ => ty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn looks_at_the_last_segment() {
        assert_eq!(
            Shape::of(&parse_quote!(::core::option::Option<u8>)),
            Shape::Option
        );
        assert_eq!(Shape::of(&parse_quote!(eventc::Key<Timestamp>)), Shape::Key);
        assert_eq!(Shape::of(&parse_quote!(TenantId)), Shape::Named);
        assert_eq!(Shape::of(&parse_quote!([u8; 4])), Shape::Named);
        assert_eq!(Shape::of(&parse_quote!(self::Date)), Shape::Named);
    }

    #[test]
    fn writes_types_as_people_do() {
        assert_eq!(
            words(&parse_quote!(std::collections::BTreeMap<String, Vec<a::B>>)),
            "BTreeMap<String, Vec<a::B>>"
        );
    }

    #[test]
    fn finds_the_argument() {
        let ty: Type = parse_quote!(Option<Box<Node>>);
        let inner = argument(&ty).unwrap();
        assert_eq!(Shape::of(inner), Shape::Boxed);
        assert_eq!(last_name(argument(inner).unwrap()).as_deref(), Some("Node"));
    }
}
