//! What is declared and stands nowhere else.

use std::collections::BTreeSet;

use crate::catalog::{Body, Catalog, Contents, Context, Stream, Type, TypeId, TypeRef};
use crate::diagnostic::{Code, Diagnostic};

/// The rule: a type is the type of something, or a part of one.
pub(super) fn types(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut used = BTreeSet::new();
    let outside = catalog.contexts.iter().map(|context| &context.fields);
    let outside = outside.chain(catalog.streams.iter().map(|stream| &stream.fields));
    let outside = outside.chain(catalog.events.iter().map(|event| &event.fields));
    for field in outside.flatten() {
        mark(&mut used, None, &field.ty);
    }
    for id in Type::ids(catalog) {
        match &catalog[id].body {
            Body::Newtype(newtype) => mark(&mut used, Some(id), &newtype.of),
            Body::Record(fields) => {
                for field in fields {
                    mark(&mut used, Some(id), &field.ty);
                }
            }
            Body::Union(union) => {
                for variant in &union.variants {
                    mark(&mut used, Some(id), &variant.ty);
                }
            }
            Body::Enum(_) => {}
        }
    }
    let unused = Type::ids(catalog).filter(|id| !used.contains(id));
    unused
        .map(|id| {
            let ty = &catalog[id];
            let message = format!("nothing has the type `{}`", ty.name);
            Diagnostic::new(Code::UnusedType, ty.span, message)
                .label("no field and no other type names it")
                .help("remove it, or give it to the fields that it was made for")
        })
        .collect()
}

/// Marks the types that a type is written with, but for the one it is a part of: a record that holds itself is not used by that.
fn mark(used: &mut BTreeSet<TypeId>, of: Option<TypeId>, ty: &TypeRef) {
    match ty {
        TypeRef::Scalar(_) => {}
        TypeRef::List(item) => mark(used, of, item),
        TypeRef::Map(key, value) => {
            mark(used, of, key);
            mark(used, of, value);
        }
        TypeRef::Named(id) => {
            if of != Some(*id) {
                used.insert(*id);
            }
        }
    }
}

/// The rule: a context is carried by an event.
pub(super) fn contexts(catalog: &Catalog) -> Vec<Diagnostic> {
    let carried = catalog.events.iter().flat_map(|event| &event.contexts);
    let carried: BTreeSet<_> = carried.map(|carried| carried.context).collect();
    let unused = Context::ids(catalog).filter(|id| !carried.contains(id));
    unused
        .map(|id| {
            let context = &catalog[id];
            let message = format!("no event carries the context `{}`", context.name);
            Diagnostic::new(Code::UnusedContext, context.span, message)
                .label("its fields are in no message")
                .help(format!(
                    "remove it, or have events carry it: `with: [{}]`",
                    context.name
                ))
        })
        .collect()
}

/// The rule: events go to a stream.
pub(super) fn streams(catalog: &Catalog) -> Vec<Diagnostic> {
    let contents = Contents::of(catalog);
    let unused = Stream::ids(catalog).filter(|&id| contents.events_of(id).is_empty());
    unused
        .map(|id| {
            let stream = &catalog[id];
            let message = format!("no event goes to the stream `{}`", stream.name);
            Diagnostic::new(Code::UnusedStream, stream.span, message)
                .label("its header is in no message")
                .help(format!(
                    "remove it, or send events there: `stream: {}` at the top of their file",
                    stream.name
                ))
        })
        .collect()
}
