//! The columns of fields, and what their values fulfil.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::literal::Form;
use super::model::{Check, ColumnType};
use super::quote::{Ident, Literal};
use crate::catalog::{Body, Catalog, Enum, Field, Rules, Scalar, TypeRef, compare_numbers};
use crate::targets::pattern;

/// The column that says when a row came in: by the writer's clock if it says so, else by the server's.
///
/// `accept` is measured from it: a condition on the present time could not be asked again when a backup is read.
pub(super) const RECEIVED: &str = "_received_at";

/// What a type is to a table.
pub(super) enum Shape<'c> {
    /// A built-in type with the rules of its newtypes.
    Scalar(Scalar, Rules, Placing),
    /// One of some texts.
    Enum(&'c Enum),
    /// A list of what PostgreSQL has arrays of.
    Array(Box<Shape<'c>>, Rules),
    /// `jsonb` of this kind, in the words of `jsonb_typeof`.
    Json(&'static str, Rules),
}

/// Whether the values of a type place events, so that those which stand for nothing are none of it.
pub(super) type Placing = bool;

impl<'c> Shape<'c> {
    pub(super) fn of(catalog: &'c Catalog, ty: &'c TypeRef, placing: Placing) -> Self {
        let mut rules = Rules::default();
        let mut placing = placing;
        let mut base = ty;
        if let TypeRef::Named(id) = ty {
            match &catalog[*id].body {
                Body::Newtype(newtype) => {
                    rules = catalog.rules_of(newtype);
                    base = catalog.base(ty);
                    // A newtype of a uuid is never the nil one, whether it places events or not.
                    placing |= newtype.key || *base == TypeRef::Scalar(Scalar::Uuid);
                }
                Body::Enum(enumeration) => return Self::Enum(enumeration),
                Body::Record(_) | Body::Union(_) => return Self::Json("object", rules),
            }
        }
        match base {
            TypeRef::Scalar(Scalar::Json) => Self::Json("", rules),
            TypeRef::Scalar(scalar) => Self::Scalar(*scalar, rules, placing),
            TypeRef::List(item) => match Self::of(catalog, item, false) {
                item @ (Self::Scalar(..) | Self::Enum(_)) => Self::Array(Box::new(item), rules),
                Self::Array(..) | Self::Json(..) => Self::Json("array", rules),
            },
            TypeRef::Map(..) | TypeRef::Named(_) => Self::Json("object", rules),
        }
    }

    pub(super) fn column_type(&self) -> ColumnType {
        match self {
            Self::Array(item, _) => ColumnType {
                is_array: true,
                ..item.column_type()
            },
            Self::Scalar(scalar, ..) => ColumnType::one(scalar_type(*scalar)),
            Self::Enum(_) => ColumnType::one("text"),
            Self::Json(..) => ColumnType::one("jsonb"),
        }
    }

    pub(super) fn form(&self) -> Form {
        match self {
            Self::Array(item, _) => Form::Array(Box::new(item.form()), item.column_type().element),
            Self::Json(..) => Form::Json,
            Self::Enum(_) => Form::Text,
            Self::Scalar(Scalar::Bytes, ..) => Form::Bytes,
            Self::Scalar(scalar, ..) if scalar.integer_range().is_some() || scalar.is_float() => {
                Form::Plain
            }
            Self::Scalar(Scalar::Bool, ..) => Form::Plain,
            Self::Scalar(..) => Form::Text,
        }
    }
}

/// The type that holds every value; integers without a sign take the next greater one.
fn scalar_type(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::I8 | Scalar::I16 | Scalar::U8 => "smallint",
        Scalar::I32 | Scalar::U16 => "integer",
        Scalar::I64 | Scalar::U32 => "bigint",
        Scalar::U64 => "numeric(20,0)",
        Scalar::F32 => "real",
        Scalar::F64 => "double precision",
        Scalar::Decimal => "numeric",
        Scalar::String => "text",
        Scalar::Bytes => "bytea",
        Scalar::Uuid => "uuid",
        Scalar::Date => "date",
        Scalar::Timestamp => "timestamp with time zone",
        Scalar::Ip => "inet",
        Scalar::Json => "jsonb",
    }
}

/// What the values of a field fulfil.
pub(super) fn checks(field: &Field, shape: &Shape<'_>, checks: &mut Vec<Check>) {
    let name = field.wire();
    let column = &Ident(name).to_string();
    let mut add = |rule: &str, condition: String| {
        checks.push(Check {
            name: format!("{name}_{rule}"),
            condition,
        });
    };
    match shape {
        Shape::Scalar(scalar, rules, placing) => {
            if let Some(condition) = range(*scalar, rules, *placing, &|operator, bound| {
                format!("{column} {operator} {bound}")
            }) {
                add("range", condition);
            }
            let length = match scalar {
                Scalar::Bytes => format!("octet_length({column})"),
                _ => format!("char_length({column})"),
            };
            if let Some(condition) = between(&length, rules.length) {
                add("length", condition);
            }
            if let Some(pattern) = &rules.pattern {
                let pattern = pattern::portable(pattern);
                add("pattern", format!("{column} ~ {}", Literal(&pattern)));
            }
            if *scalar == Scalar::Ip {
                let one = "case family({}) when 4 then 32 else 128 end".replace("{}", column);
                add("address", format!("masklen({column}) = {one}"));
            }
            if let Some((before, after)) = field.accept.as_deref() {
                let received = Ident(RECEIVED);
                let condition = format!(
                    "{column} between {received} + {} and {received} + {}",
                    interval(*before),
                    interval(*after)
                );
                add("accept", condition);
            }
        }
        // It takes values that nobody knows yet, but a value they are.
        Shape::Enum(enumeration) if enumeration.open => add("filled", format!("{column} <> ''")),
        Shape::Enum(enumeration) => {
            add("value", format!("{column} in ({})", values(enumeration)));
        }
        Shape::Array(item, rules) => {
            if let Some(condition) = between(&format!("cardinality({column})"), rules.length) {
                add("length", condition);
            }
            add("items", items(column, item));
        }
        Shape::Json("", _) => add("form", format!("jsonb_typeof({column}) <> 'null'")),
        Shape::Json(kind, rules) => {
            let form = format!("jsonb_typeof({column}) = '{kind}'");
            let length = between(&format!("jsonb_array_length({column})"), rules.length);
            match length.filter(|_| *kind == "array") {
                Some(length) => add(
                    "form",
                    format!("case when {form} then {length} else {column} is null end"),
                ),
                None => add("form", form),
            }
        }
    }
}

/// The greatest and least values of a type, narrowed by its rules: `bounded` words one side.
fn range(
    scalar: Scalar,
    rules: &Rules,
    placing: Placing,
    bounded: &dyn Fn(&str, &str) -> String,
) -> Option<String> {
    let mut sides: Vec<String> = Vec::new();
    if let Some((least, greatest)) = scalar.integer_range() {
        let (least, greatest) = (least.to_string(), greatest.to_string());
        let tighter = |rule: &Option<String>, bound: &str, side: Ordering| match rule {
            Some(rule) if compare_numbers(rule, bound) == Some(side) => rule.clone(),
            _ => bound.to_owned(),
        };
        let min = tighter(&rules.min, &least, Ordering::Greater);
        let max = tighter(&rules.max, &greatest, Ordering::Less);
        // These fill their column's type.
        let is_whole = matches!(scalar, Scalar::I16 | Scalar::I32 | Scalar::I64);
        if !is_whole || min != least {
            sides.push(bounded(">=", &min));
        }
        if !is_whole || max != greatest {
            sides.push(bounded("<=", &max));
        }
    } else {
        // A bound is of the column's type, so that a `real` is not compared as a `double precision`.
        let ty = match scalar {
            Scalar::Timestamp => "timestamptz",
            scalar => scalar_type(scalar),
        };
        let typed = |text: &str| format!("{}::{ty}", Literal(text));
        let outside = match (scalar, placing) {
            (Scalar::F32 | Scalar::F64 | Scalar::Decimal, _) => {
                Some(("> ", "-Infinity", "Infinity"))
            }
            (Scalar::Timestamp, false) => {
                Some((">=", "0001-01-01 00:00:00+00", "10000-01-01 00:00:00+00"))
            }
            (Scalar::Timestamp, true) => {
                Some((">=", "2000-01-01 00:00:00+00", "2101-01-01 00:00:00+00"))
            }
            (Scalar::Date, false) => Some((">=", "0001-01-01", "10000-01-01")),
            (Scalar::Date, true) => Some((">=", "2000-01-01", "2101-01-01")),
            _ => None,
        };
        if let Some((above, least, beyond)) = outside {
            sides.push(bounded(above.trim(), &typed(least)));
            sides.push(bounded("<", &typed(beyond)));
        }
        if scalar == Scalar::Uuid && placing {
            sides.push(bounded(
                "<>",
                &typed("00000000-0000-0000-0000-000000000000"),
            ));
        }
        for (operator, bound) in [(">=", &rules.min), ("<=", &rules.max)] {
            if let Some(bound) = bound {
                sides.push(bounded(operator, &typed(bound)));
            }
        }
    }
    (!sides.is_empty()).then(|| sides.join(" and "))
}

/// What an array and its entries fulfil. Rules that take a function of each entry (`length`, `pattern`) are the type's alone.
fn items(column: &str, item: &Shape<'_>) -> String {
    let mut condition = format!(
        "coalesce(array_ndims({column}), 1) = 1 and array_position({column}, null) is null"
    );
    let more = match item {
        Shape::Enum(enumeration) if enumeration.open => Some(format!("'' <> all ({column})")),
        Shape::Enum(enumeration) => Some(format!("{column} <@ array[{}]", values(enumeration))),
        Shape::Scalar(scalar, rules, placing) => {
            range(*scalar, rules, *placing, &|operator, bound| {
                // `all` stands on the right alone.
                let mirrored = match operator {
                    ">=" => "<=",
                    "<=" => ">=",
                    ">" => "<",
                    "<" => ">",
                    same => same,
                };
                format!("{bound} {mirrored} all ({column})")
            })
        }
        _ => None,
    };
    if let Some(more) = more {
        let _ = write!(condition, " and {more}");
    }
    condition
}

fn values(enumeration: &Enum) -> String {
    let values = enumeration.values.iter();
    let values: Vec<_> = values
        .map(|value| Literal(&value.wire).to_string())
        .collect();
    values.join(", ")
}

fn between(length: &str, (min, max): (Option<u64>, Option<u64>)) -> Option<String> {
    Some(match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{length} = {min}"),
        (Some(min), Some(max)) => format!("{length} between {min} and {max}"),
        (Some(min), None) => format!("{length} >= {min}"),
        (None, Some(max)) => format!("{length} <= {max}"),
        (None, None) => return None,
    })
}

/// So many seconds. In hours and not in days, of which some have 23 where the session's time zone has summers.
fn interval(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("interval '{sign}{hours}:{minutes:02}:{seconds:02}'")
}
