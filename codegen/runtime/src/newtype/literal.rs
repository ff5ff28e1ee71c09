//! Literals of newtypes, checked where they are constants.

use eventc_pattern::Pattern;

use crate::Uuid;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::key::{FIRST, LAST};
use crate::newtype::Rules;
use crate::newtype::checked::{float_fits, integer_fits};
use crate::text::Text;
use crate::timestamp::Timestamp;

/// The pattern, which must be one.
///
/// # Panics
///
/// If it is not: at compile time, as the derive calls it there.
#[must_use]
#[track_caller]
pub const fn pattern(pattern: &str) -> Pattern {
    match Pattern::parse(pattern) {
        Ok(pattern) => pattern,
        Err(error) => panic!("{}", error.reason),
    }
}

/// The text, which must fit the rules.
///
/// # Panics
///
/// If it does not.
#[must_use]
#[track_caller]
pub const fn literal_text(text: &'static str, rules: &'static Rules) -> Text {
    let length = characters(text);
    let short = matches!(rules.min_length, Some(min) if length < min as usize);
    let long = matches!(rules.max_length, Some(max) if length > max as usize);
    let other = match rules.pattern {
        Some(pattern) => !pattern.is_match(text),
        None => false,
    };
    if short || long || other {
        panic!("{}", rules.says);
    }
    Text::literal(text)
}

/// How many characters there are: bytes that do not continue one.
const fn characters(text: &str) -> usize {
    let mut rest = text.as_bytes();
    let mut count = 0;
    while let [byte, after @ ..] = rest {
        count += (*byte & 0b1100_0000 != 0b1000_0000) as usize;
        rest = after;
    }
    count
}

/// The uuid that the text names, which must not be nil.
///
/// # Panics
///
/// If it is, or if the text names none.
#[must_use]
#[track_caller]
pub const fn literal_uuid(text: &'static str, _rules: &'static Rules) -> Uuid {
    let Ok(uuid) = Uuid::try_parse(text) else {
        panic!("expected a uuid, found another text")
    };
    if text.len() != 36 {
        panic!("expected a uuid, found another text");
    }
    if uuid.is_nil() {
        panic!("expected a uuid, found the nil uuid");
    }
    uuid
}

/// Checks an integer.
///
/// # Panics
///
/// If it does not fit the rules.
#[track_caller]
pub const fn literal_integer(value: i128, rules: &'static Rules) {
    if !integer_fits(rules, value) {
        panic!("{}", rules.says);
    }
}

/// Checks a number.
///
/// # Panics
///
/// If it does not fit the rules, or is not finite.
#[track_caller]
pub const fn literal_float(value: f64, single: bool, rules: &'static Rules) {
    if !value.is_finite() {
        panic!("expected a finite number");
    }
    if !float_fits(rules, value, single) {
        panic!("{}", rules.says);
    }
}

/// The day that the text names.
///
/// # Panics
///
/// If it names none, or one that the rules refuse.
#[must_use]
#[track_caller]
pub const fn literal_date(text: &'static str, rules: &'static Rules) -> Date {
    let Some(date) = Date::parse(text) else {
        panic!("expected a date like 2026-11-23")
    };
    if rules.key && (date.days() < FIRST.days() || date.days() > LAST.days()) {
        panic!("expected a date of the years 2000 to 2100");
    }
    date
}

/// The instant that the text names.
///
/// # Panics
///
/// If it names none, or one that the rules refuse.
#[must_use]
#[track_caller]
pub const fn literal_timestamp(text: &'static str, rules: &'static Rules) -> Timestamp {
    let Some(at) = Timestamp::parse(text) else {
        panic!("expected a time like 2026-11-23T05:00:00Z")
    };
    let day = at.date().days();
    if rules.key && (day < FIRST.days() || day > LAST.days()) {
        panic!("expected a time of the years 2000 to 2100");
    }
    at
}

/// The number that the text writes; its bounds are checked where there is no constant.
///
/// # Panics
///
/// If it writes none.
#[must_use]
#[track_caller]
pub const fn literal_decimal(text: &'static str, _rules: &'static Rules) -> Decimal {
    match Decimal::parse(text) {
        Some(decimal) => decimal,
        None => panic!("expected a decimal number like \"12.50\""),
    }
}
