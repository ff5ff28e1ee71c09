//! Types and the fields that have them.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Catalog, Docs, Fill, MemberDocs, ModuleId, RareText, Scalar, TypeId};
use crate::json::Json;
use crate::source::{Span, Spanned};

/// A named value.
#[derive(Debug)]
pub struct Type {
    /// Where it is declared.
    pub module: ModuleId,
    /// PascalCase.
    pub name: String,
    /// The name in its declaration; for a type inside a field, the place of the field.
    pub span: Span,
    /// Its documentation.
    pub docs: Docs,
    /// The class of personal data it holds.
    pub pii: Option<String>,
    /// The unit of its values.
    pub unit: Option<String>,
    /// What it is.
    pub body: Body,
}

/// What a named type is.
#[derive(Debug)]
pub enum Body {
    /// A value of another type with a name and rules of its own.
    Newtype(Box<Newtype>),
    /// One of some texts.
    Enum(Enum),
    /// Named fields.
    Record(Vec<Field>),
    /// One of some types.
    Union(Union),
}

/// A value of another type with a name and rules of its own.
#[derive(Debug, Clone)]
pub struct Newtype {
    /// The type of the value.
    pub of: TypeRef,
    /// Characters of a string, bytes of bytes, entries of a list or map: least and most.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// What the text must match.
    pub pattern: Option<String>,
    /// The least value, as it was written.
    pub min: Option<String>,
    /// The greatest value, as it was written.
    pub max: Option<String>,
    /// Whether some `partition`, `key` or `id` has it.
    pub key: bool,
    /// Whether what it is made of could not be resolved; never in a catalog that is handed out.
    pub(crate) unresolved: bool,
}

/// What holds for the values of a newtype.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Least and most: see [`Newtype::length`].
    pub length: (Option<u64>, Option<u64>),
    /// What the text must match.
    pub pattern: Option<String>,
    /// The least value, as it was written.
    pub min: Option<String>,
    /// The greatest value, as it was written.
    pub max: Option<String>,
}

/// One of some texts.
#[derive(Debug)]
pub struct Enum {
    /// In the order they were written.
    pub values: Vec<EnumValue>,
    /// Whether values that are not known are kept.
    pub open: bool,
}

/// A value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// The text on the wire.
    pub wire: String,
    /// The name it was given for Rust, and where: few are given one.
    pub(crate) rust: Option<Box<Spanned<String>>>,
    /// Its place.
    pub span: Span,
    /// Its documentation.
    pub docs: MemberDocs,
}

impl EnumValue {
    /// The name it was given for Rust.
    pub fn rust(&self) -> Option<&str> {
        self.rust.as_ref().map(|rust| rust.value.as_str())
    }
}

/// One of some types.
#[derive(Debug)]
pub struct Union {
    /// In the order they were written.
    pub variants: Vec<Variant>,
    /// The member that names the variant; without it the variant's name is the only member.
    pub tag: Option<String>,
}

/// A variant of a union.
#[derive(Debug)]
pub struct Variant {
    /// snake_case, and the name on the wire.
    pub name: String,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether the union holds itself through it, so that it needs a place of its own in memory.
    pub recursive: bool,
    /// Its place.
    pub span: Span,
    /// Whether the type could not be resolved; never in a catalog that is handed out.
    pub(crate) unresolved: bool,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// A built-in type.
    Scalar(Scalar),
    /// `list<T>`
    List(Box<TypeRef>),
    /// `map<K, V>`
    Map(Box<TypeRef>, Box<TypeRef>),
    /// A named type.
    Named(TypeId),
}

/// A field of a record, context, header or event.
#[derive(Debug)]
pub struct Field {
    /// snake_case.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether every value has it.
    pub required: bool,
    /// Its documentation.
    pub docs: MemberDocs,
    /// The unit of its values.
    pub unit: Option<RareText>,
    /// The class of personal data it holds, its own or its type's.
    pub pii: Option<RareText>,
    /// What a reader takes for messages that are older than the field.
    pub backfill: Option<Box<Json>>,
    /// What fills it when a header is made.
    pub fill: Option<Fill>,
    /// Seconds before and after the current time that its value may have.
    pub accept: Option<Box<(i64, i64)>>,
    /// Its name on the wire, and where `fill` and `accept` say so.
    pub(crate) rest: Option<Box<FieldRest>>,
    /// Whether a `partition`, `key` or `id` names it.
    pub key: bool,
    /// Whether its record holds itself through it, so that it needs a place of its own in memory.
    pub recursive: bool,
    /// Its name in its declaration.
    pub span: Span,
    /// Whether the type could not be resolved; never in a catalog that is handed out.
    pub(crate) unresolved: bool,
}

/// What few fields say, and is asked for by methods of the field.
#[derive(Debug, Default)]
pub(crate) struct FieldRest {
    /// The name on the wire and in tables, where it is another one.
    pub(crate) wire: Option<Box<str>>,
    /// The places of the two.
    pub(crate) fill: Option<Span>,
    pub(crate) accept: Option<Span>,
}

impl Field {
    /// Whether its type could be found out: always, in a catalog that was checked.
    pub fn is_resolved(&self) -> bool {
        !self.unresolved
    }

    /// The name on the wire and in tables.
    pub fn wire(&self) -> &str {
        let wire = self.rest.as_ref().and_then(|rest| rest.wire.as_deref());
        wire.unwrap_or(&self.name)
    }

    /// The version of the event that brought it, if its docs say a number.
    pub(crate) fn since_version(&self) -> Option<u32> {
        self.docs.since.as_deref()?.parse().ok()
    }

    /// The place of its `fill`, or else its own.
    pub(crate) fn fill_place(&self) -> Span {
        let place = self.rest.as_ref().and_then(|rest| rest.fill);
        place.unwrap_or(self.span)
    }

    /// The place of its `accept`, or else its own.
    pub(crate) fn accept_place(&self) -> Span {
        let place = self.rest.as_ref().and_then(|rest| rest.accept);
        place.unwrap_or(self.span)
    }
}

/// Which of two numbers is greater, by their texts: exactly, but for those with an exponent.
pub(crate) fn compare_numbers(one: &str, other: &str) -> Option<Ordering> {
    match (magnitude(one), magnitude(other)) {
        (Some((false, one)), Some((false, other))) => Some(one.cmp(&other)),
        (Some((true, one)), Some((true, other))) => Some(other.cmp(&one)),
        (Some((below, _)), Some(_)) => Some(if below {
            Ordering::Less
        } else {
            Ordering::Greater
        }),
        _ => one.parse::<f64>().ok()?.partial_cmp(&other.parse().ok()?),
    }
}

/// Whether a number is below zero, and its digits in a form that compares: how many stand before the point, they, and those behind it.
fn magnitude(text: &str) -> Option<(bool, (usize, &str, &str))> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_number = !whole.is_empty()
        && [whole, fraction]
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (whole, fraction) = (
        whole.trim_start_matches('0'),
        fraction.trim_end_matches('0'),
    );
    let is_zero = whole.is_empty() && fraction.is_empty();
    is_number.then_some((
        unsigned.len() < text.len() && !is_zero,
        (whole.len(), whole, fraction),
    ))
}

/// A newtype may be made of another one, and so on, so many times.
pub(crate) const MAX_NEWTYPES: usize = 64;

impl Catalog {
    /// The newtypes that a type is made of, the outermost first; at most one more than there may be.
    fn newtypes<'c>(&'c self, ty: &'c TypeRef) -> impl Iterator<Item = &'c Newtype> {
        let newtype = |ty: &'c TypeRef| match ty {
            TypeRef::Named(id) => match &self[*id].body {
                Body::Newtype(newtype) => Some(&**newtype),
                _ => None,
            },
            _ => None,
        };
        let inner = move |outer: &&'c Newtype| newtype(&outer.of);
        std::iter::successors(newtype(ty), inner).take(MAX_NEWTYPES + 1)
    }

    /// What a newtype holds in the end, through any number of names.
    pub fn base<'c>(&'c self, ty: &'c TypeRef) -> &'c TypeRef {
        self.newtypes(ty).last().map_or(ty, |newtype| &newtype.of)
    }

    /// Whether it is known what a type is made of in the end; of another one nothing more is said.
    pub(crate) fn is_known(&self, ty: &TypeRef) -> bool {
        let mut newtypes = self.newtypes(ty);
        let are_resolved = newtypes
            .by_ref()
            .take(MAX_NEWTYPES)
            .all(|newtype| !newtype.unresolved);
        // A newtype of itself never comes to an end.
        are_resolved && newtypes.next().is_none()
    }

    /// All rules that a newtype's values obey: its own, and those of the newtypes it is made of.
    pub fn rules_of(&self, newtype: &Newtype) -> Rules {
        let mut rules = Rules {
            length: newtype.length.unwrap_or_default(),
            pattern: newtype.pattern.clone(),
            min: newtype.min.clone(),
            max: newtype.max.clone(),
        };
        for inner in self.newtypes(&newtype.of) {
            let (min, max) = inner.length.unwrap_or_default();
            rules.length.0 = rules.length.0.max(min);
            rules.length.1 = match (rules.length.1, max) {
                (Some(outer), Some(inner)) => Some(outer.min(inner)),
                (outer, inner) => outer.or(inner),
            };
            rules.pattern = rules.pattern.or_else(|| inner.pattern.clone());
            let is_tighter =
                |inner: &Option<String>, outer: &Option<String>, tighter: Ordering| match (
                    inner, outer,
                ) {
                    (Some(inner), Some(outer)) => compare_numbers(inner, outer) == Some(tighter),
                    (inner, _) => inner.is_some(),
                };
            if is_tighter(&inner.min, &rules.min, Ordering::Greater) {
                rules.min.clone_from(&inner.min);
            }
            if is_tighter(&inner.max, &rules.max, Ordering::Less) {
                rules.max.clone_from(&inner.max);
            }
        }
        rules
    }

    /// The class of personal data that a type holds: its own, or that of what it is made of.
    ///
    /// Newtypes hide themselves when they are shown; other types are hidden by the field that has them.
    /// The fields of a record speak for themselves.
    pub fn pii_of(&self, ty: &Type) -> Option<String> {
        let mut seen = BTreeSet::new();
        let mut stack = vec![ty];
        while let Some(ty) = stack.pop() {
            if ty.pii.is_some() {
                return ty.pii.clone();
            }
            if !seen.insert(ty.span) {
                continue;
            }
            match &ty.body {
                Body::Newtype(newtype) => self.named_in(&newtype.of, &mut stack),
                Body::Union(union) => {
                    for variant in &union.variants {
                        self.named_in(&variant.ty, &mut stack);
                    }
                }
                Body::Enum(_) | Body::Record(_) => {}
            }
        }
        None
    }

    /// The class of personal data in the values of a type that was written.
    pub fn pii_in(&self, ty: &TypeRef) -> Option<String> {
        let mut named = Vec::new();
        self.named_in(ty, &mut named);
        named.into_iter().find_map(|ty| self.pii_of(ty))
    }

    /// Adds the named types that a type is written with.
    fn named_in<'c>(&'c self, ty: &TypeRef, named: &mut Vec<&'c Type>) {
        match ty {
            TypeRef::Scalar(_) => {}
            TypeRef::List(item) => self.named_in(item, named),
            TypeRef::Map(key, value) => {
                self.named_in(value, named);
                self.named_in(key, named);
            }
            TypeRef::Named(id) => named.push(&self[*id]),
        }
    }

    /// The type in the words of the language: `list<Money>`.
    pub fn type_name(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Scalar(scalar) => scalar.name().to_owned(),
            TypeRef::List(item) => format!("list<{}>", self.type_name(item)),
            TypeRef::Map(key, value) => {
                format!("map<{}, {}>", self.type_name(key), self.type_name(value))
            }
            TypeRef::Named(id) => self[*id].name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_exactly() {
        let ordered = [
            "-10",
            "-9.5",
            "-0.5",
            "-0.05",
            "0",
            "0.05",
            "0.5",
            "1.00000000000000000001",
            "1.00000000000000000002",
            "9",
            "10",
            "9223372036854775806",
            "9223372036854775807",
            "1e30",
        ];
        for (index, one) in ordered.iter().enumerate() {
            for (place, other) in ordered.iter().enumerate() {
                assert_eq!(
                    compare_numbers(one, other),
                    Some(index.cmp(&place)),
                    "{one} {other}"
                );
            }
        }
        assert_eq!(compare_numbers("-0", "0.00"), Some(Ordering::Equal));
    }
}
