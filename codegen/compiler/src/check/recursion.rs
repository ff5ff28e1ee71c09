//! Types that hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Body, Catalog, Type, TypeId, TypeRef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Refuses types without a finite value, and marks the optional fields and variants that close a circle.
pub(super) fn check(catalog: &mut Catalog, diagnostics: &mut Diagnostics) {
    let needed = Graph::of(catalog, |id| held(catalog, id).chain(entry(catalog, id)));
    report(catalog, &needed, &needed.infinite(catalog), diagnostics);
    let graph = Graph::of(catalog, |id| held(catalog, id));
    mark(catalog, &graph);
}

/// A type inside another.
#[derive(Clone, Copy)]
struct Held {
    id: TypeId,
    /// Whether every value has it.
    required: bool,
    /// Whether it is behind a list or a map, which is never empty.
    entry: bool,
    /// The field or variant, or the newtype itself.
    span: Span,
}

/// Which types hold which.
struct Graph {
    held: BTreeMap<TypeId, Vec<Held>>,
    holders: BTreeMap<TypeId, Vec<TypeId>>,
}

impl Graph {
    fn of<H: Iterator<Item = Held>>(catalog: &Catalog, held: impl Fn(TypeId) -> H) -> Self {
        let mut graph = Self {
            held: BTreeMap::new(),
            holders: BTreeMap::new(),
        };
        for id in Type::ids(catalog) {
            let held: Vec<Held> = held(id).collect();
            for inner in &held {
                graph.holders.entry(inner.id).or_default().push(id);
            }
            graph.held.insert(id, held);
        }
        graph
    }

    fn held(&self, id: TypeId) -> &[Held] {
        self.held.get(&id).map_or(&[], Vec::as_slice)
    }

    fn holders(&self, id: TypeId) -> &[TypeId] {
        self.holders.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The types of which no value can be finite: a record with such a field, a union of nothing but such variants.
    fn infinite(&self, catalog: &Catalog) -> BTreeSet<TypeId> {
        let mut infinite: BTreeSet<TypeId> = self.held.keys().copied().collect();
        let mut waiting: Vec<TypeId> = infinite.iter().copied().collect();
        while let Some(id) = waiting.pop() {
            let held = self.held(id);
            let is_infinite = match &catalog[id].body {
                Body::Enum(_) => false,
                Body::Newtype(_) | Body::Record(_) => held
                    .iter()
                    .any(|inner| inner.required && infinite.contains(&inner.id)),
                Body::Union(union) => {
                    let all_named = held.len() == union.variants.len() && !held.is_empty();
                    all_named && held.iter().all(|inner| infinite.contains(&inner.id))
                }
            };
            if !is_infinite && infinite.remove(&id) {
                waiting.extend(self.holders(id));
            }
        }
        infinite
    }

    /// For each type the circle that it is part of, by one of its types; types of two circles never hold each other both ways.
    fn circles(&self) -> BTreeMap<TypeId, TypeId> {
        let mut circles = BTreeMap::new();
        for start in self.in_order_of_end().into_iter().rev() {
            let mut stack = vec![start];
            while let Some(id) = stack.pop() {
                if let std::collections::btree_map::Entry::Vacant(entry) = circles.entry(id) {
                    entry.insert(start);
                    stack.extend(self.holders(id));
                }
            }
        }
        circles
    }

    /// The types in the order in which a walk along what they hold leaves them.
    fn in_order_of_end(&self) -> Vec<TypeId> {
        let (mut seen, mut left) = (BTreeSet::new(), Vec::new());
        for &start in self.held.keys() {
            let mut stack = Vec::from_iter(seen.insert(start).then_some((start, 0)));
            while let Some((id, next)) = stack.pop() {
                match self.held(id).get(next) {
                    None => left.push(id),
                    Some(inner) => {
                        stack.push((id, next + 1));
                        if seen.insert(inner.id) {
                            stack.push((inner.id, 0));
                        }
                    }
                }
            }
        }
        left
    }
}

/// What a value of a type holds right inside itself: not behind a list or a map.
fn held(catalog: &Catalog, id: TypeId) -> impl Iterator<Item = Held> {
    let held = |ty: &TypeRef, required: bool, span: Span| match ty {
        TypeRef::Named(id) => Some(Held {
            id: *id,
            required,
            entry: false,
            span,
        }),
        _ => None,
    };
    let held: Vec<Held> = match &catalog[id].body {
        Body::Newtype(newtype) => held(&newtype.of, true, catalog[id].span)
            .into_iter()
            .collect(),
        Body::Enum(_) => Vec::new(),
        Body::Record(fields) => fields
            .iter()
            .filter_map(|field| held(&field.ty, field.required, field.span))
            .collect(),
        Body::Union(union) => union
            .variants
            .iter()
            .filter_map(|variant| held(&variant.ty, false, variant.span))
            .collect(),
    };
    held.into_iter()
}

/// What every value of a newtype holds behind its list or map, as that is never empty.
fn entry(catalog: &Catalog, id: TypeId) -> Option<Held> {
    let Body::Newtype(newtype) = &catalog[id].body else {
        return None;
    };
    let (TypeRef::List(item) | TypeRef::Map(_, item)) = catalog.base(&newtype.of) else {
        return None;
    };
    let TypeRef::Named(item) = **item else {
        return None;
    };
    let is_never_empty = catalog.rules_of(newtype).length.0 > Some(0);
    is_never_empty.then_some(Held {
        id: item,
        required: true,
        entry: true,
        span: catalog[id].span,
    })
}

/// The rule: a type that holds itself does so through a list or a map that may be empty, or an optional field.
fn report(
    catalog: &Catalog,
    graph: &Graph,
    infinite: &BTreeSet<TypeId>,
    diagnostics: &mut Diagnostics,
) {
    let mut visited: BTreeSet<TypeId> = BTreeSet::new();
    for &start in infinite {
        // Follows the first infinite thing inside, until something comes round again.
        let mut path: Vec<(TypeId, Held)> = Vec::new();
        let mut at = start;
        while visited.insert(at) {
            let Some(inner) = graph
                .held(at)
                .iter()
                .find(|inner| infinite.contains(&inner.id))
            else {
                break;
            };
            path.push((at, *inner));
            at = inner.id;
        }
        // It came round to a type of an earlier walk, whose circle is reported, or to one of this walk.
        let circle = path
            .iter()
            .skip_while(|(id, _)| *id != at)
            .collect::<Vec<_>>();
        let Some(&&(id, first)) = circle.first() else {
            continue;
        };
        let message = format!("`{}` would hold itself without end", catalog[id].name);
        let mut diagnostic =
            Diagnostic::new(Code::InfiniteType, first.span, message).label("holds it here");
        for (_, inner) in circle.iter().skip(1) {
            diagnostic = diagnostic.also(inner.span, "by way of this");
        }
        let holds =
            |is_kind: fn(&Body) -> bool| circle.iter().any(|(id, _)| is_kind(&catalog[*id].body));
        let help = if circle.iter().any(|(_, inner)| inner.entry) {
            "let the list or map be empty, with a `length` from 0"
        } else if holds(|body| matches!(body, Body::Record(_))) {
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
fn mark(catalog: &mut Catalog, graph: &Graph) {
    let circles = graph.circles();
    for (&id, held) in &graph.held {
        let in_circle = held
            .iter()
            .filter(|inner| circles.get(&inner.id) == circles.get(&id));
        let spans: BTreeSet<Span> = in_circle.map(|inner| inner.span).collect();
        match &mut catalog[id].body {
            Body::Record(fields) => {
                for field in fields {
                    field.recursive = !field.required && spans.contains(&field.span);
                }
            }
            Body::Union(union) => {
                for variant in &mut union.variants {
                    variant.recursive = spans.contains(&variant.span);
                }
            }
            Body::Newtype(_) | Body::Enum(_) => {}
        }
    }
}
