//! Types that hold themselves.

use std::collections::BTreeSet;

use crate::catalog::{Body, Catalog, Type, TypeId, TypeRef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Refuses types without a finite value, and marks the optional fields and variants that close a circle.
pub(super) fn check(catalog: &mut Catalog, diagnostics: &mut Diagnostics) {
    let infinite = infinite_types(catalog);
    report(catalog, &infinite, diagnostics);
    mark(catalog);
}

/// What a value of a type holds right inside itself: by a required field, an optional one, or a variant.
fn held(catalog: &Catalog, id: TypeId) -> Vec<(TypeId, bool, Span)> {
    let named = |ty: &TypeRef| match ty {
        TypeRef::Named(id) => Some(*id),
        _ => None,
    };
    match &catalog[id].body {
        Body::Newtype(newtype) => named(&newtype.of)
            .map(|inner| (inner, true, catalog[id].span))
            .into_iter()
            .collect(),
        Body::Enum(_) => Vec::new(),
        Body::Record(fields) => fields
            .iter()
            .filter_map(|field| Some((named(&field.ty)?, field.required, field.span)))
            .collect(),
        Body::Union(union) => union
            .variants
            .iter()
            .filter_map(|variant| Some((named(&variant.ty)?, false, variant.span)))
            .collect(),
    }
}

/// The types of which no value can be finite: a record with such a field, a union of nothing but such variants.
fn infinite_types(catalog: &Catalog) -> BTreeSet<TypeId> {
    let mut infinite: BTreeSet<TypeId> = Type::ids(catalog).collect();
    loop {
        let still = |id: &TypeId| {
            let held = held(catalog, *id);
            match &catalog[*id].body {
                Body::Enum(_) => false,
                Body::Newtype(_) | Body::Record(_) => held
                    .iter()
                    .any(|(inner, required, _)| *required && infinite.contains(inner)),
                Body::Union(union) => {
                    held.len() == union.variants.len()
                        && !held.is_empty()
                        && held.iter().all(|(inner, ..)| infinite.contains(inner))
                }
            }
        };
        let next: BTreeSet<TypeId> = infinite.iter().filter(|id| still(id)).copied().collect();
        if next.len() == infinite.len() {
            return next;
        }
        infinite = next;
    }
}

/// The rule: a type that holds itself does so through a list, a map or an optional field.
fn report(catalog: &Catalog, infinite: &BTreeSet<TypeId>, diagnostics: &mut Diagnostics) {
    let mut reported: Vec<TypeId> = Vec::new();
    for &start in infinite {
        // Follows the first infinite thing inside, until something comes round again.
        let mut path: Vec<(TypeId, Span)> = Vec::new();
        let mut at = start;
        while !path.iter().any(|(id, _)| *id == at) {
            let Some((inner, _, span)) = held(catalog, at)
                .into_iter()
                .find(|(inner, ..)| infinite.contains(inner))
            else {
                break;
            };
            path.push((at, span));
            at = inner;
        }
        let circle = path
            .iter()
            .skip_while(|(id, _)| *id != at)
            .collect::<Vec<_>>();
        if circle.iter().any(|(id, _)| reported.contains(id)) {
            continue;
        }
        reported.extend(circle.iter().map(|(id, _)| *id));
        let Some(&&(id, span)) = circle.first() else {
            continue;
        };
        let message = format!("`{}` would hold itself without end", catalog[id].name);
        let mut diagnostic =
            Diagnostic::new(Code::InfiniteType, span, message).label("holds it here");
        for (_, span) in circle.iter().skip(1) {
            diagnostic = diagnostic.also(*span, "by way of this");
        }
        let holds =
            |is_kind: fn(&Body) -> bool| circle.iter().any(|(id, _)| is_kind(&catalog[*id].body));
        let help = if holds(|body| matches!(body, Body::Record(_))) {
            "make the field optional with `?`, or hold a `list<…>` of it"
        } else if holds(|body| matches!(body, Body::Union(_))) {
            "add a variant without it"
        } else {
            "name a built-in type"
        };
        diagnostics.push(diagnostic.help(help));
    }
}

/// Marks optional fields and variants through which a type can hold itself.
fn mark(catalog: &mut Catalog) {
    let ids: Vec<TypeId> = Type::ids(catalog).collect();
    for id in ids {
        let circular: Vec<Span> = held(catalog, id)
            .into_iter()
            .filter(|(inner, ..)| reaches(catalog, *inner, id))
            .map(|(.., span)| span)
            .collect();
        match &mut catalog[id].body {
            Body::Record(fields) => {
                for field in fields {
                    field.recursive = !field.required && circular.contains(&field.span);
                }
            }
            Body::Union(union) => {
                for variant in &mut union.variants {
                    variant.recursive = circular.contains(&variant.span);
                }
            }
            Body::Newtype(_) | Body::Enum(_) => {}
        }
    }
}

fn reaches(catalog: &Catalog, from: TypeId, to: TypeId) -> bool {
    let (mut seen, mut stack) = (BTreeSet::from([from]), vec![from]);
    while let Some(id) = stack.pop() {
        if id == to {
            return true;
        }
        for (inner, ..) in held(catalog, id) {
            if seen.insert(inner) {
                stack.push(inner);
            }
        }
    }
    false
}
