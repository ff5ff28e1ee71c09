//! The rules this compiler exists for: what places an event is always there and never empty.

use std::collections::BTreeSet;

use super::storages;
use crate::catalog::{
    Body, Catalog, Field, FieldRef, Home, Scalar, Storage, Transform, TransformKind, TypeId,
    TypeRef,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

const AT_RUN_TIME: &str =
    "an event without it has no place in the store, and is refused there, at run time";

/// Checks every field that `partition`, `key` or `id` names, and marks it and its type.
pub(super) fn check(catalog: &mut Catalog, diagnostics: &mut Diagnostics) {
    for (storage, fields) in storages(catalog) {
        let mut reported = BTreeSet::new();
        for (key, reference) in storage.references() {
            let Some(field) = fields.get(reference.index) else {
                continue;
            };
            // The field may stand under all three: its first mistake is enough.
            if !is_known(catalog, field) || reported.contains(&reference.index) {
                continue;
            }
            let found = not_optional(key, reference, field)
                .or_else(|| no_backfill(key, reference, field))
                .or_else(|| never_empty(catalog, storage, key, reference, field));
            if let Some(diagnostic) = found {
                reported.insert(reference.index);
                diagnostics.push(diagnostic);
            }
        }
        for transform in &storage.partition {
            let Some(field) = fields.get(transform.field.index) else {
                continue;
            };
            if is_known(catalog, field) && !reported.contains(&transform.field.index) {
                let found = fits(catalog, transform.kind, transform.field, field);
                found
                    .into_iter()
                    .for_each(|diagnostic| diagnostics.push(diagnostic));
            }
        }
        no_repetition(storage, diagnostics);
    }
    mark(catalog);
}

/// Whether a field's type is known: of another one nothing more is said.
pub(super) fn is_known(catalog: &Catalog, field: &Field) -> bool {
    !field.unresolved && catalog.is_known(&field.ty)
}

/// The rule: a field of `partition`, `key` or `id` is never optional.
fn not_optional(key: &str, reference: FieldRef, field: &Field) -> Option<Diagnostic> {
    let name = &field.name;
    (!field.required).then(|| {
        Diagnostic::new(
            Code::OptionalField,
            reference.span,
            format!("`{key}` names `{name}`, which is optional"),
        )
        .label("must be there in every event")
        .also(field.span, format!("`{name}?` may be absent"))
        .note(AT_RUN_TIME)
        .help(format!(
            "remove the `?`, or name a field under `{key}` that every event has"
        ))
    })
}

/// The rule: a field of `partition`, `key` or `id` has no value to fall back to.
fn no_backfill(key: &str, reference: FieldRef, field: &Field) -> Option<Diagnostic> {
    let name = &field.name;
    // Values are read after this check: until then a backfill is a promise.
    field.backfill.as_ref().map(|_| {
        Diagnostic::new(
            Code::BackfilledField,
            reference.span,
            format!("`{key}` names `{name}`, which has a `backfill`"),
        )
        .label("must be in every message")
        .also(
            field.span,
            "a message without it would be put where its `backfill` says",
        )
        .note(AT_RUN_TIME)
        .help(format!(
            "remove the `backfill`, or name another field under `{key}`"
        ))
    })
}

/// The rule: a field of `partition`, `key` or `id` has a type without an empty value.
fn never_empty(
    catalog: &Catalog,
    storage: &Storage,
    key: &str,
    reference: FieldRef,
    field: &Field,
) -> Option<Diagnostic> {
    // What a transform of time says about its type is more to the point.
    let by_time = |transform: &Transform| {
        transform.field.index == reference.index && transform.kind.is_time()
    };
    if key == "partition" && storage.partition.iter().any(by_time) {
        return None;
    }
    let (why, mend) = emptiness(catalog, &field.ty)?;
    let ty = catalog.type_name(&field.ty);
    let message = format!("`{key}` names `{}`, whose type `{ty}` {why}", field.name);
    let (label, note) = match catalog.base(&field.ty) {
        TypeRef::Scalar(scalar) if scalar.is_float() => (
            "needs a type whose values are equal or not",
            "a float that is computed twice may differ in its last digit, and one event then has two places",
        ),
        TypeRef::Scalar(Scalar::Bytes) => (
            "bytes cannot be a key",
            "stores place events by text, numbers and times",
        ),
        _ => (
            "needs a type without an empty value",
            "events with an empty value all land in one place, and nobody finds them again",
        ),
    };
    Some(
        Diagnostic::new(Code::EmptyableType, reference.span, message)
            .label(label)
            .also(field.span, format!("is of type `{ty}`"))
            .note(note)
            .help(mend),
    )
}

/// Why a type has a value that places nothing, and what to use in its place.
fn emptiness(catalog: &Catalog, ty: &TypeRef) -> Option<(&'static str, String)> {
    let newtype = |of: &str, rule: &str| {
        format!("name a type that says more under `types:`: `{{ newtype: {of}{rule} }}`")
    };
    let id = match ty {
        TypeRef::Scalar(Scalar::String) => {
            return Some(("may be empty", newtype("string", ", length: 1..64")));
        }
        TypeRef::Scalar(Scalar::Bytes) => {
            return Some((
                "cannot be a key",
                "keep it as text, of a type under `types:`: `{ newtype: string, length: 1..64 }`"
                    .to_owned(),
            ));
        }
        TypeRef::Scalar(Scalar::Json) => {
            return Some(("may be anything", newtype("string", ", length: 1..64")));
        }
        TypeRef::Scalar(scalar) if scalar.is_float() => {
            return Some((
                "cannot be compared exactly",
                "use an integer or a `decimal`".to_owned(),
            ));
        }
        TypeRef::Scalar(_) => return None,
        TypeRef::List(_) => {
            return Some(("is a list", "name a field with a single value".to_owned()));
        }
        TypeRef::Map(..) => {
            return Some(("is a map", "name a field with a single value".to_owned()));
        }
        TypeRef::Named(id) => *id,
    };
    match &catalog[id].body {
        Body::Enum(_) => None,
        Body::Record(_) => Some(("is a record", "name a field with a single value".to_owned())),
        Body::Union(_) => Some(("is a union", "name a field with a single value".to_owned())),
        Body::Newtype(newtype) => {
            let (min, _) = catalog.rules_of(newtype).length;
            let at_least_one = min.is_some_and(|min| min > 0);
            match catalog.base(&newtype.of) {
                TypeRef::Scalar(Scalar::String) if at_least_one => None,
                TypeRef::Scalar(Scalar::String) => Some((
                    "may be empty",
                    format!(
                        "give `{}` a `length` of at least 1: `length: 1..64`",
                        catalog[id].name
                    ),
                )),
                of => emptiness(catalog, of),
            }
        }
    }
}

/// The rule: a partition's transform fits the type of its field.
fn fits(
    catalog: &Catalog,
    kind: TransformKind,
    reference: FieldRef,
    field: &Field,
) -> Option<Diagnostic> {
    let base = match catalog.base(&field.ty) {
        TypeRef::Scalar(scalar) => Some(*scalar),
        _ => None,
    };
    let is_named = matches!(field.ty, TypeRef::Named(_));
    let is_enum =
        matches!(field.ty, TypeRef::Named(id) if matches!(catalog[id].body, Body::Enum(_)));
    let name = &field.name;
    let (fits, expected, help) = match kind {
        TransformKind::Hour => {
            let help = if base == Some(Scalar::Date) {
                format!("a date has no hours: write `day({name})`")
            } else {
                by_time_help(base, is_enum, name)
            };
            (
                base == Some(Scalar::Timestamp),
                "`hour` takes a `timestamp`",
                help,
            )
        }
        TransformKind::Day | TransformKind::Month | TransformKind::Year => {
            let fits = matches!(base, Some(Scalar::Timestamp | Scalar::Date));
            (
                fits,
                "`day`, `month` and `year` take a `timestamp` or a `date`",
                by_time_help(base, is_enum, name),
            )
        }
        TransformKind::Bucket(_) => {
            let fits = base.is_some_and(|base| {
                base.integer_range().is_some() || matches!(base, Scalar::Uuid | Scalar::String)
            });
            let help = match base {
                Some(Scalar::Timestamp | Scalar::Date) => format!("write `day({name})`"),
                None => format!("write `{name}` alone"),
                Some(_) if is_named => format!("write `{name}` alone"),
                Some(_) => format!("name its type under `types:`, and write `{name}` alone"),
            };
            (
                fits,
                "`bucket` takes a uuid, an integer, or a newtype of one or of a string",
                help,
            )
        }
        TransformKind::Identity => {
            let help = match base {
                Some(Scalar::Timestamp) => {
                    format!("every instant would be a partition of its own: write `day({name})`")
                }
                Some(Scalar::Bool | Scalar::Decimal | Scalar::Ip) => {
                    "name its type under `types:`".to_owned()
                }
                _ => format!("name its type under `types:`, or write `bucket(16, {name})`"),
            };
            let fits = is_named || base == Some(Scalar::Date);
            (
                fits,
                "a field alone is an enum, a `date` or a newtype",
                help,
            )
        }
    };
    (!fits).then(|| {
        let ty = catalog.type_name(&field.ty);
        Diagnostic::new(
            Code::TransformType,
            reference.span,
            format!("the partition cannot be made from `{name}`: {expected}"),
        )
        .label(format!("is of type `{ty}`"))
        .also(field.span, "its type is given here")
        .help(help)
    })
}

fn by_time_help(base: Option<Scalar>, is_enum: bool, name: &str) -> String {
    match base {
        None if is_enum => format!("write `{name}` alone, or name a field that is a `timestamp`"),
        Some(Scalar::Uuid) => {
            format!("write `bucket(16, {name})`, or name a field that is a `timestamp`")
        }
        _ => format!("make `{name}` a `timestamp`, or name a field that is one"),
    }
}

/// The rule: a partition takes one transform of time, and no other twice of the same field.
fn no_repetition(storage: &Storage, diagnostics: &mut Diagnostics) {
    let word = |transform: &Transform| std::mem::discriminant(&transform.kind);
    for (index, transform) in storage.partition.iter().enumerate() {
        let earlier = storage.partition.iter().take(index).find(|other| {
            let same_field = other.field.index == transform.field.index;
            let both_time = transform.kind.is_time() && other.kind.is_time();
            both_time || (same_field && word(other) == word(transform))
        });
        let Some(earlier) = earlier else { continue };
        let is_the_same =
            earlier.field.index == transform.field.index && earlier.kind == transform.kind;
        let (message, help) = if transform.kind.is_time() && !is_the_same {
            (
                "a partition takes one transform of time",
                "keep the finer one if stores must stay small, the coarser one if partitions are too many",
            )
        } else {
            ("this transform stands twice in the partition", "remove one")
        };
        diagnostics.push(
            Diagnostic::new(Code::RepeatedTransform, transform.span, message)
                .label("a second one")
                .also(earlier.span, "the first one")
                .help(help),
        );
    }
}

/// Marks the fields that place events, and the newtypes that they have.
fn mark(catalog: &mut Catalog) {
    let indexes = |storage: &Storage| {
        storage
            .references()
            .map(|(_, reference)| reference.index)
            .collect::<Vec<_>>()
    };
    let mut types = Vec::new();
    for stream in &mut catalog.streams {
        mark_fields(&mut stream.fields, &indexes(&stream.storage), &mut types);
    }
    for event in &mut catalog.events {
        if let Home::Own(storage) = &event.home {
            mark_fields(&mut event.fields, &indexes(storage), &mut types);
        }
    }
    while let Some(id) = types.pop() {
        if let Body::Newtype(newtype) = &mut catalog[id].body
            && !std::mem::replace(&mut newtype.key, true)
            && let TypeRef::Named(inner) = newtype.of
        {
            types.push(inner);
        }
    }
}

fn mark_fields(fields: &mut [Field], indexes: &[usize], types: &mut Vec<TypeId>) {
    for (index, field) in fields.iter_mut().enumerate() {
        if indexes.contains(&index) {
            field.key = true;
            if let TypeRef::Named(id) = field.ty {
                types.push(id);
            }
        }
    }
}
