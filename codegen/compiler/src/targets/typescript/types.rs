//! Types as TypeScript writes them.

use super::names;
use crate::catalog::{Body, Catalog, Newtype, Scalar, TypeId, TypeRef};

/// A built-in type: a keyword, or what `eventc.ts` says of its text.
pub(super) fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::F32
        | Scalar::F64 => "number",
        // A `number` has 53 bits.
        Scalar::I64 | Scalar::U64 => "bigint",
        Scalar::Decimal => "eventc.Decimal",
        Scalar::String | Scalar::Bytes | Scalar::Ip => "string",
        Scalar::Uuid => "eventc.Uuid",
        Scalar::Date => "eventc.CalendarDate",
        Scalar::Timestamp => "eventc.Timestamp",
        Scalar::Json => "eventc.Json",
    }
}

/// The greatest integer below which a `number` has all of them.
const SAFE: i128 = (1 << 53) - 1;

/// Whether a newtype of 64 bits holds integers that a `number` has all of, by its `min` and `max`.
pub(super) fn is_safe(catalog: &Catalog, newtype: &Newtype) -> bool {
    let TypeRef::Scalar(scalar @ (Scalar::I64 | Scalar::U64)) = catalog.base(&newtype.of) else {
        return false;
    };
    let Some((least, greatest)) = scalar.integer_range() else {
        return false;
    };
    let rules = catalog.rules_of(newtype);
    let bound =
        |text: Option<String>, natural: i128| text.map_or(Some(natural), |text| text.parse().ok());
    let least = bound(rules.min, least);
    let greatest = bound(rules.max, greatest);
    least.is_some_and(|least| least >= -SAFE) && greatest.is_some_and(|greatest| greatest <= SAFE)
}

/// The type of a value. `named` gives the name of a named type, and sees to it that it is there.
pub(super) fn value(
    catalog: &Catalog,
    ty: &TypeRef,
    named: &mut impl FnMut(TypeId) -> String,
) -> String {
    match ty {
        TypeRef::Scalar(it) => scalar(*it).to_owned(),
        TypeRef::List(item) => match value(catalog, item, named) {
            item if item.starts_with("readonly ") => format!("readonly ({item})[]"),
            item => format!("readonly {item}[]"),
        },
        TypeRef::Map(key, entry) => {
            let entry = value(catalog, entry, named);
            match closed_enum(catalog, key) {
                Some(id) => format!("{{ readonly [name in {}]?: {entry} }}", named(id)),
                None => format!("{{ readonly [name: string]: {entry} }}"),
            }
        }
        TypeRef::Named(id) => named(*id),
    }
}

/// The enum that a type is, if all of its values are known.
fn closed_enum(catalog: &Catalog, ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => match &catalog[*id].body {
            Body::Enum(it) if !it.open => Some(*id),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a type holds `null` where it stands alone: a member that is null is absent, so there it does not.
pub(super) fn holds_null(ty: &TypeRef) -> bool {
    *ty == TypeRef::Scalar(Scalar::Json)
}

/// The declaration of a type that is one of several.
pub(super) fn union(name: &str, members: &[String]) -> String {
    let line = format!("export type {name} = {};\n", members.join(" | "));
    if line.len() <= 100 && !line.contains('{') {
        return line;
    }
    let members: String = members
        .iter()
        .map(|member| format!("\n  | {member}"))
        .collect();
    format!("export type {name} ={members};\n")
}

/// Names as a union of their literals, on one line.
pub(super) fn literals<'n>(all: impl Iterator<Item = &'n str>) -> String {
    all.map(names::literal).collect::<Vec<_>>().join(" | ")
}
