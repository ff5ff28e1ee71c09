//! Types: the checks of newtypes, the values of enums, the variants of unions.

use std::collections::BTreeMap;

use eventc_pattern::Pattern;

use super::fields::map_keys_are_text;
use super::{ranges, scalar_text};
use crate::catalog::{
    Body, Catalog, Enum, MAX_NEWTYPES, Newtype, Scalar, Type, TypeId, TypeRef, Union, Variant,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, a_quoted};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::tree::Text;

pub(super) fn check(catalog: &Catalog, files: &[ast::File<'_>], diagnostics: &mut Diagnostics) {
    let declared: BTreeMap<Span, TypeId> = Type::ids(catalog)
        .map(|id| (catalog[id].span, id))
        .collect();
    for declaration in files.iter().flat_map(|file| &file.types) {
        if let (ast::Body::Newtype(newtype), Some(&id)) =
            (&declaration.body, declared.get(&declaration.name.span))
        {
            if !catalog.is_known(&TypeRef::Named(id)) {
                newtypes_come_to_an_end(catalog, &catalog[id], newtype, diagnostics);
                continue;
            }
            newtype_of_a_value(catalog, &catalog[id], newtype, diagnostics);
            newtype_checks(catalog, &catalog[id], newtype, diagnostics);
        }
    }
    for ty in &catalog.types {
        match &ty.body {
            Body::Newtype(newtype) => map_keys_are_text(catalog, &newtype.of, ty.span, diagnostics),
            Body::Enum(enumeration) => enum_values(ty, enumeration, diagnostics),
            Body::Union(union) => {
                for variant in &union.variants {
                    map_keys_are_text(catalog, &variant.ty, variant.span, diagnostics);
                }
                union_variants(catalog, ty, union, diagnostics);
            }
            Body::Record(_) => {}
        }
    }
}

/// The rule: newtypes of newtypes come to an end. Says so where they become too many; a newtype of itself is
/// reported with the other types that hold themselves.
fn newtypes_come_to_an_end(
    catalog: &Catalog,
    ty: &Type,
    ast: &ast::Newtype<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Body::Newtype(newtype) = &ty.body else {
        return;
    };
    if !newtype.unresolved && catalog.is_known(&newtype.of) {
        let message = format!("`{}` is made of more than {MAX_NEWTYPES} newtypes", ty.name);
        let diagnostic =
            Diagnostic::new(Code::NewtypeOf, ast.of.span, message).label("one too many");
        diagnostics.push(diagnostic.help("make it of the built-in type at their end"));
    }
}

/// The rule: a newtype is made of a built-in type, a list, a map, or another newtype.
fn newtype_of_a_value(
    catalog: &Catalog,
    ty: &Type,
    ast: &ast::Newtype<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Body::Newtype(newtype) = &ty.body else {
        return;
    };
    let TypeRef::Named(id) = catalog.base(&newtype.of) else {
        return;
    };
    let kind = match &catalog[*id].body {
        Body::Enum(_) => "an enum",
        Body::Record(_) => "a record",
        Body::Union(_) => "a union",
        // A newtype of itself is reported with the other types that hold themselves.
        Body::Newtype(_) => return,
    };
    let name = &catalog[*id].name;
    let message = format!("`{}` cannot be made of `{name}`, which is {kind}", ty.name);
    let diagnostic =
        Diagnostic::new(Code::NewtypeOf, ast.of.span, message).label(format!("is {kind}"));
    diagnostics.push(
        diagnostic
            .also(catalog[*id].span, "defined here")
            .help(format!("use `{name}` itself where `{}` is meant", ty.name)),
    );
}

/// The rule: a check fits the type it is for.
fn newtype_checks(
    catalog: &Catalog,
    ty: &Type,
    ast: &ast::Newtype<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Body::Newtype(newtype) = &ty.body else {
        return;
    };
    let base = catalog.base(&newtype.of);
    let scalar = match base {
        TypeRef::Scalar(scalar) => Some(*scalar),
        _ => None,
    };
    let name = catalog.type_name(base);
    let misfit = |check: &str, span: Span, fits: &str| {
        let message = format!("`{check}` does not fit {}", a_quoted(&name));
        Diagnostic::new(Code::CheckType, span, message)
            .label(format!("`{check}` is for {fits}"))
            .help("remove it")
    };
    let has_length = matches!(scalar, Some(Scalar::String | Scalar::Bytes))
        || matches!(base, TypeRef::List(_) | TypeRef::Map(..));
    let length = ast.length.as_ref().filter(|_| !has_length);
    let of_length =
        length.map(|length| misfit("length", length.span, "strings, bytes, lists and maps"));
    let pattern = ast.pattern.as_ref();
    let of_pattern = pattern.and_then(|pattern| {
        if scalar == Some(Scalar::String) {
            pattern_of_a_string(catalog, ty, newtype, pattern)
        } else {
            Some(misfit("pattern", pattern.span, "strings"))
        }
    });
    if of_length.is_none() && of_pattern.is_none() {
        ranges::length_leaves_a_value(catalog, ty, newtype, ast, diagnostics);
    }
    diagnostics.extend(of_length.into_iter().chain(of_pattern));
    let mut is_read = |check: &str, bound: &Option<ast::Name<'_>>| {
        let bound = bound.as_ref();
        bound.is_none_or(|bound| is_number(check, bound, scalar, &misfit, diagnostics))
    };
    // Both are looked at, whatever the first one is.
    let are_read = is_read("min", &ast.min) & is_read("max", &ast.max);
    if are_read {
        ranges::bounds_leave_a_value(catalog, ty, newtype, ast, diagnostics);
    }
}

/// The rule: there is one pattern in all, and every target reads it alike.
fn pattern_of_a_string(
    catalog: &Catalog,
    ty: &Type,
    newtype: &Newtype,
    pattern: &Text<'_>,
) -> Option<Diagnostic> {
    let inner = Newtype {
        pattern: None,
        ..newtype.clone()
    };
    if let Some(other) = catalog.rules_of(&inner).pattern {
        let message = format!("`{}` is made of a type that has a pattern already", ty.name);
        let diagnostic =
            Diagnostic::new(Code::CheckType, pattern.span, message).label("a second pattern");
        return Some(diagnostic.help(format!(
            "the other is `{other}`: make one pattern of both, on a newtype of `string`"
        )));
    }
    let error = Pattern::parse(&pattern.value).err()?;
    let message = format!("the pattern of `{}` cannot be used", ty.name);
    let diagnostic = Diagnostic::new(Code::BadPattern, pattern.part(error.at, 1), message);
    Some(diagnostic.label(error.reason).note(
        "a pattern is read by Rust, TypeScript, JSON Schema and Postgres: it uses only what all of them read alike",
    ))
}

/// Whether one end of a range is a number of the type.
fn is_number(
    check: &str,
    text: &ast::Name<'_>,
    scalar: Option<Scalar>,
    misfit: &impl Fn(&str, Span, &str) -> Diagnostic,
    diagnostics: &mut Diagnostics,
) -> bool {
    let has_order = |scalar: Scalar| {
        scalar.integer_range().is_some() || scalar.is_float() || scalar == Scalar::Decimal
    };
    let Some(scalar) = scalar.filter(|&scalar| has_order(scalar)) else {
        diagnostics.push(misfit(check, text.span, "numbers"));
        return false;
    };
    let read = scalar_text::read(scalar, &text.value, true);
    if let Err(expected) = &read {
        let message = format!(
            "`{}` is not the `{check}` of `{}`",
            text.value,
            scalar.name()
        );
        diagnostics.push(
            Diagnostic::new(Code::EmptyRange, text.span, message)
                .label(format!("expected {expected}")),
        );
    }
    read.is_ok()
}

/// The rule: an enum has a value, and every value is printable text.
fn enum_values(ty: &Type, enumeration: &Enum, diagnostics: &mut Diagnostics) {
    if enumeration.values.is_empty() {
        let diagnostic = Diagnostic::new(
            Code::NoMembers,
            ty.span,
            format!("the enum `{}` has no values", ty.name),
        );
        diagnostics.push(
            diagnostic
                .label("nothing can have this type")
                .help("list its values: `[web, ios]`"),
        );
    }
    for value in &enumeration.values {
        if value.wire.is_empty() || value.wire.chars().any(char::is_control) {
            let diagnostic = Diagnostic::new(
                Code::WrongValue,
                value.span,
                "a value of an enum is printable text",
            );
            diagnostics.push(diagnostic.label("empty, or with a control character"));
        }
    }
}

/// The rule: a union has a variant; those of a tagged one are records without the tag among their fields.
fn union_variants(catalog: &Catalog, ty: &Type, union: &Union, diagnostics: &mut Diagnostics) {
    if union.variants.is_empty() {
        let diagnostic = Diagnostic::new(
            Code::NoMembers,
            ty.span,
            format!("the union `{}` has no variants", ty.name),
        );
        diagnostics.push(
            diagnostic
                .label("nothing can have this type")
                .help("name its variants: `{ card: CardPayment }`"),
        );
    }
    let Some(tag) = &union.tag else { return };
    let known = |variant: &&Variant| !variant.unresolved && catalog.is_known(&variant.ty);
    for variant in union.variants.iter().filter(known) {
        let record = match variant.ty {
            TypeRef::Named(id) => match &catalog[id].body {
                Body::Record(fields) => Some(fields),
                _ => None,
            },
            _ => None,
        };
        let Some(fields) = record else {
            let name = catalog.type_name(&variant.ty);
            let message = format!(
                "the variant `{}` of a tagged union is not a record",
                variant.name
            );
            diagnostics.push(
                Diagnostic::new(Code::TaggedVariant, variant.span, message)
                    .label(format!("is of type `{name}`"))
                    .note(format!("the tag `{tag}` is a member beside those of the variant, so the variant must have members"))
                    .help("make it a record, or remove `tag`: then it is `{\"variant\": value}`"),
            );
            continue;
        };
        if let Some(field) = fields.iter().find(|field| field.wire() == *tag) {
            let message = format!(
                "the variant `{}` has a field that is called like the tag",
                variant.name
            );
            let diagnostic = Diagnostic::new(Code::TaggedVariant, variant.span, message)
                .label(format!("the tag is `{tag}`"));
            diagnostics.push(
                diagnostic
                    .also(field.span, "this field")
                    .help("rename the field or the tag"),
            );
        }
    }
}
