//! The rule: the checks of a newtype, together with those of what it is made of, leave it at least one value.
//!
//! It is said once, of the newtype that brings it about, and not of those that are made of it.

use std::cmp::Ordering;

use eventc_pattern::Pattern;

use crate::catalog::{Body, Catalog, Newtype, Scalar, Type, TypeRef, compare_numbers};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast;

/// Looks at `min` and `max`.
pub(super) fn bounds_leave_a_value(
    catalog: &Catalog,
    ty: &Type,
    newtype: &Newtype,
    ast: &ast::Newtype<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(place) = ast.max.as_ref().or(ast.min.as_ref()) else {
        return;
    };
    let Some((min, max)) = crossed_bounds(catalog, newtype) else {
        return;
    };
    let inner = inner(catalog, newtype);
    if inner.is_some_and(|(_, inner)| crossed_bounds(catalog, inner).is_some()) {
        return;
    }
    let label = format!("it must be at least {min} and at most {max}");
    let mut diagnostic = empty(ty, place.span, label);
    if let Some(min) = ast.min.as_ref().filter(|min| min.span != place.span) {
        diagnostic = diagnostic.also(min.span, "the least value is here");
    }
    let is_own = ast.min.is_some() && ast.max.is_some();
    let is_made_so = newtype.min.as_deref() == Some(&min) && newtype.max.as_deref() == Some(&max);
    diagnostics.push(match inner {
        Some((inner, _)) if !(is_own && is_made_so) => narrowed(diagnostic, inner),
        _ => diagnostic.help(UPSIDE_DOWN),
    });
}

/// Looks at `length`, beside `pattern` and the keys of a map.
pub(super) fn length_leaves_a_value(
    catalog: &Catalog,
    ty: &Type,
    newtype: &Newtype,
    ast: &ast::Newtype<'_>,
    diagnostics: &mut Diagnostics,
) {
    let length = ast.length.as_ref().map(|length| length.span);
    let pattern = ast.pattern.as_ref().map(|pattern| pattern.span);
    let Some(place) = length.or(pattern) else {
        return;
    };
    let Some(nothing) = impossible_length(catalog, newtype) else {
        return;
    };
    let inner = inner(catalog, newtype);
    if inner.is_some_and(|(_, inner)| impossible_length(catalog, inner).is_some()) {
        return;
    }
    diagnostics.push(match nothing {
        Nothing::Crossed(least, most) => match (newtype.length, inner) {
            (Some((Some(own_least), Some(own_most))), _) if own_least > own_most => {
                empty(ty, place, "nothing is that long").help(UPSIDE_DOWN)
            }
            (_, Some((inner, _))) => {
                let label = format!("it must have at least {least} and at most {most}");
                narrowed(empty(ty, place, label), inner)
            }
            _ => empty(ty, place, "nothing is that long").help(UPSIDE_DOWN),
        },
        Nothing::OfPattern(label) => {
            let diagnostic = empty(ty, place, label);
            match (pattern.filter(|pattern| *pattern != place), inner) {
                (Some(pattern), _) => diagnostic
                    .also(pattern, "the pattern is here")
                    .help("change one of them: a value keeps both"),
                (None, Some((inner, _))) => narrowed(diagnostic, inner),
                (None, None) => diagnostic,
            }
        }
        Nothing::OfKeys(label) => {
            empty(ty, place, label).help("allow fewer entries, or an `open` enum as their key")
        }
    });
}

/// What to do about a range whose ends are both its own.
const UPSIDE_DOWN: &str = "the first is the least, the second the greatest";

fn empty(ty: &Type, span: Span, label: impl Into<String>) -> Diagnostic {
    let message = format!("nothing can be a value of `{}`", ty.name);
    Diagnostic::new(Code::EmptyRange, span, message).label(label)
}

/// Says that the rest of the rules is that of another newtype.
fn narrowed(diagnostic: Diagnostic, inner: &Type) -> Diagnostic {
    let help = format!(
        "what is made of `{}` keeps its checks, and can only narrow them",
        inner.name
    );
    diagnostic.also(inner.span, "it is made of this").help(help)
}

/// The newtype that a newtype is made of.
fn inner<'c>(catalog: &'c Catalog, newtype: &Newtype) -> Option<(&'c Type, &'c Newtype)> {
    let TypeRef::Named(id) = newtype.of else {
        return None;
    };
    match &catalog[id].body {
        Body::Newtype(inner) => Some((&catalog[id], inner)),
        _ => None,
    }
}

/// The least and the greatest value, if there is none between them.
fn crossed_bounds(catalog: &Catalog, newtype: &Newtype) -> Option<(String, String)> {
    let rules = catalog.rules_of(newtype);
    let (min, max) = (rules.min?, rules.max?);
    (compare_numbers(&min, &max) == Some(Ordering::Greater)).then_some((min, max))
}

/// Why no value is as long as it must be.
enum Nothing {
    /// The least and the greatest length.
    Crossed(u64, u64),
    /// In words.
    OfPattern(String),
    /// In words.
    OfKeys(String),
}

fn impossible_length(catalog: &Catalog, newtype: &Newtype) -> Option<Nothing> {
    let rules = catalog.rules_of(newtype);
    let (least, most) = (rules.length.0.unwrap_or(0), rules.length.1);
    if let Some(most) = most.filter(|most| least > *most) {
        return Some(Nothing::Crossed(least, most));
    }
    match catalog.base(&newtype.of) {
        TypeRef::Scalar(Scalar::String) if rules.length != (None, None) => {
            let pattern = Pattern::parse(&rules.pattern?).ok()?;
            let has_text = pattern.has_length(least, most);
            (!has_text).then(|| Nothing::OfPattern(against(&pattern, least, most)))
        }
        TypeRef::Map(key, _) => {
            let TypeRef::Named(key) = **key else {
                return None;
            };
            let Body::Enum(keys) = &catalog[key].body else {
                return None;
            };
            let count = keys.values.len() as u64;
            (!keys.open && count < least).then(|| {
                let name = &catalog[key].name;
                let label = format!("it must have at least {least}, and no more than the {count} values of `{name}` can be keys");
                Nothing::OfKeys(label)
            })
        }
        _ => None,
    }
}

/// How a length and a pattern contradict each other.
fn against(pattern: &Pattern, least: u64, most: Option<u64>) -> String {
    let (shortest, longest) = pattern.lengths();
    match (longest, most) {
        (_, Some(most)) if most < shortest => {
            format!("the pattern asks for at least {shortest}, the length for at most {most}")
        }
        (Some(longest), _) if longest < least => {
            format!("the pattern asks for at most {longest}, the length for at least {least}")
        }
        _ => "no text of the pattern is that long".to_owned(),
    }
}
