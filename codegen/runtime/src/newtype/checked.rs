//! The rules of newtypes, checked.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::bytes::Bytes;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::invalid::Invalid;
use crate::key::{Key, Keyed};
use crate::newtype::{Bound, Rules};
use crate::reason::{Found, Reason};
use crate::text::Text;
use crate::timestamp::Timestamp;
use crate::value::{MapKey, Value};
use crate::{Json, Uuid};

/// A type that a newtype can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the value of a newtype",
    label = "no newtype holds such a value",
    note = "a newtype holds a scalar, `Text`, a list or a map"
)]
pub trait Checked: Value {
    /// Refuses a value that breaks the rules.
    ///
    /// # Errors
    ///
    /// If it does.
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid>;
}

fn broken(rules: &'static Rules, this: Found) -> Invalid {
    Reason::Rule {
        says: rules.says,
        this,
    }
    .into()
}

/// Refuses a length out of range.
fn length(rules: &'static Rules, length: usize) -> Result<(), Invalid> {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    let short = rules.min_length.is_some_and(|min| length < min.into());
    let long = rules.max_length.is_some_and(|max| length > max.into());
    if short || long {
        Err(broken(rules, Found::Kind(format!("has {length}").into())))
    } else {
        Ok(())
    }
}

fn text(rules: &'static Rules, text: &str) -> Result<(), Invalid> {
    if rules.min_length.is_some() || rules.max_length.is_some() {
        length(rules, text.chars().count())?;
    }
    match rules.pattern {
        Some(pattern) if !pattern.is_match(text) => {
            let this = match Found::text(text) {
                Found::Shown(shown, _) => Found::Shown(format!("is {shown}"), "does not"),
                kind => kind,
            };
            Err(broken(rules, this))
        }
        _ => Ok(()),
    }
}

impl Checked for Text {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        text(rules, self)
    }
}

impl Checked for String {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        text(rules, self)
    }
}

/// Whether an integer lies within a bound; a bound of another kind was refused by the derive.
pub(crate) const fn integer_fits(rules: &Rules, value: i128) -> bool {
    let low = matches!(rules.min, Some(Bound::Integer(min)) if value < min)
        || matches!(rules.min, Some(Bound::Float(min)) if (value as f64) < min);
    let high = matches!(rules.max, Some(Bound::Integer(max)) if value > max)
        || matches!(rules.max, Some(Bound::Float(max)) if (value as f64) > max);
    !low && !high
}

/// Whether a number is finite and lies within its bounds.
///
/// A bound of single precision is rounded as its values are: 0.1 is within a greatest value of 0.1.
pub(crate) const fn float_fits(rules: &Rules, value: f64, single: bool) -> bool {
    const fn bound(number: f64, single: bool) -> f64 {
        if single { number as f32 as f64 } else { number }
    }
    let low = match rules.min {
        Some(Bound::Float(min)) => value < bound(min, single),
        Some(Bound::Integer(min)) => value < bound(min as f64, single),
        _ => false,
    };
    let high = match rules.max {
        Some(Bound::Float(max)) => value > bound(max, single),
        Some(Bound::Integer(max)) => value > bound(max as f64, single),
        _ => false,
    };
    value.is_finite() && !low && !high
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Checked for $type {
            fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
                if integer_fits(rules, (*self).into()) { Ok(()) } else { Err(broken(rules, Found::shown(format_args!("is {self}"), "is another"))) }
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl Checked for $type {
            fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
                if float_fits(rules, (*self).into(), size_of::<$type>() == 4) {
                    Ok(())
                } else if self.is_finite() {
                    Err(broken(rules, Found::shown(format_args!("is {self}"), "is another")))
                } else {
                    Err(Reason::Expected { expected: Self::EXPECTED.into(), found: Found::shown(self, "another") }.into())
                }
            }
        }
    )*};
}

floats!(f32, f64);

impl Checked for Decimal {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        let bound = |bound| match bound {
            Some(Bound::Text(text)) => Decimal::parse(text),
            Some(Bound::Integer(integer)) => Decimal::new(integer, 0).ok(),
            Some(Bound::Float(float)) => Decimal::parse(&float.to_string()),
            None => None,
        };
        let low = bound(rules.min).is_some_and(|min| *self < min);
        let high = bound(rules.max).is_some_and(|max| *self > max);
        if low || high {
            Err(broken(
                rules,
                Found::shown(format_args!("is {self}"), "is another"),
            ))
        } else {
            Ok(())
        }
    }
}

/// The nil uuid stands for no uuid, so no newtype holds it.
impl Checked for Uuid {
    fn check(&self, _: &'static Rules) -> Result<(), Invalid> {
        self.check_key()
    }
}

impl Checked for Timestamp {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        if rules.key { self.check_key() } else { Ok(()) }
    }
}

impl Checked for Date {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        if rules.key { self.check_key() } else { Ok(()) }
    }
}

impl Checked for Bytes {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        length(rules, self.len())
    }
}

impl<T: Value> Checked for Vec<T> {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        length(rules, self.len())
    }
}

impl<K: MapKey + Ord, V: Value> Checked for BTreeMap<K, V> {
    fn check(&self, rules: &'static Rules) -> Result<(), Invalid> {
        length(rules, self.len())
    }
}

/// A value of these types has been checked by its own type, or has nothing to check.
macro_rules! anything {
    ($([$($generics:tt)*] $type:ty),*) => {$(
        impl<$($generics)*> Checked for $type {
            fn check(&self, _: &'static Rules) -> Result<(), Invalid> {
                Ok(())
            }
        }
    )*};
}

anything!([] bool, [] IpAddr, [] Json, [T: Keyed] Key<T>);
