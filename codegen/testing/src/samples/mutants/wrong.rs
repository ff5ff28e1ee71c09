//! What no value of a built-in type is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use eventc_compiler::catalog::{Rules, Scalar};
use eventc_pattern::Pattern;
use serde_json::{Value, json};

use crate::samples::Samples;
use crate::samples::numbers::{decimal, float_range, integer_range, unscaled, whole};

/// More characters or bytes are not written only to be too many.
const LONG: u64 = 100_000;

/// What a value is held against.
#[derive(Default)]
pub(super) struct Wrong {
    /// The rules of the newtypes around it.
    pub(super) rules: Rules,
    /// Whether it places the event.
    pub(super) key: bool,
    /// Whether there is a newtype around it.
    pub(super) named: bool,
}

type Broken = Vec<(&'static str, Value)>;

impl Samples<'_> {
    /// Wrong values of a built-in type.
    pub(super) fn wrong_scalars(&mut self, scalar: Scalar, wrong: &Wrong, value: &Value) -> Broken {
        if let Some(range) = scalar.integer_range() {
            return integers(range, &wrong.rules);
        }
        let mut broken = match scalar {
            // Anything is JSON.
            Scalar::Json => return Vec::new(),
            Scalar::Bool => vec![
                ("a text in place of a boolean", "true".into()),
                ("a number in place of a boolean", 1.into()),
            ],
            Scalar::F32 | Scalar::F64 => floats(scalar, &wrong.rules),
            Scalar::Decimal => decimals(&wrong.rules),
            Scalar::String => self.texts(&wrong.rules, value),
            Scalar::Bytes => self.wrong_bytes(&wrong.rules),
            Scalar::Uuid => vec![
                ("no uuid", "018f4e2a-7c3a-7b1e-9a55".into()),
                (
                    "a uuid with a digit that is none",
                    "018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3g".into(),
                ),
                (
                    "a uuid without hyphens",
                    "018f4e2a7c3a7b1e9a551f0c4c1d2e3f".into(),
                ),
            ],
            Scalar::Date => vec![
                ("a day that there is not", "2023-02-29".into()),
                ("a date of another form", "23.11.2026".into()),
                (
                    "an instant in place of a day",
                    "2026-11-23T05:00:00Z".into(),
                ),
            ],
            Scalar::Timestamp => vec![
                ("a day in place of an instant", "2026-11-23".into()),
                ("an hour that there is not", "2026-11-23T24:00:00Z".into()),
                (
                    "an instant without its offset",
                    "2026-11-23T05:00:00".into(),
                ),
                ("an instant of year 10000", "10000-01-01T00:00:00Z".into()),
            ],
            Scalar::Ip => vec![
                ("no address", "1.2.3".into()),
                ("a network in place of an address", "10.0.0.0/8".into()),
            ],
            _ => unreachable!("`{}` is an integer", scalar.name()),
        };
        if value.is_string() {
            // A decimal may be a whole number: that is exact.
            let number = if scalar == Scalar::Decimal {
                json!(1.5)
            } else {
                json!(1)
            };
            broken.push(("a number in place of a text", number));
            broken.push(("a list in place of a text", json!([])));
        }
        if scalar == Scalar::Uuid && (wrong.key || wrong.named) {
            let nil = "00000000-0000-0000-0000-000000000000";
            broken.push(("the nil uuid", nil.into()));
        }
        if wrong.key && scalar == Scalar::Date {
            broken.push(("the epoch", "1970-01-01".into()));
            broken.push(("a day of 2101", "2101-01-01".into()));
        }
        if wrong.key && scalar == Scalar::Timestamp {
            broken.push(("the epoch", "1970-01-01T00:00:00Z".into()));
            broken.push(("an instant of 1999", "1999-12-31T23:59:59.999999Z".into()));
            broken.push(("an instant of 2101", "2101-01-01T00:00:00Z".into()));
        }
        broken
    }

    fn texts(&mut self, rules: &Rules, value: &Value) -> Broken {
        let mut broken = Vec::new();
        let (min, max) = rules.length;
        if let Some(min) = min.filter(|min| (1..LONG).contains(min)) {
            broken.push(("too short a text", self.text_of(min as usize - 1).into()));
        }
        if let Some(max) = max.filter(|max| *max < LONG) {
            broken.push(("too long a text", self.text_of(max as usize + 1).into()));
        }
        if let (Some(pattern), Some(text)) = (&rules.pattern, value.as_str()) {
            let pattern = Pattern::parse(pattern).expect("a pattern that was checked");
            broken.extend(
                unlike(&pattern, text).map(|text| ("a text that does not match", text.into())),
            );
        }
        broken
    }

    fn wrong_bytes(&mut self, rules: &Rules) -> Broken {
        let mut broken: Broken = vec![
            ("no base64", "a b!".into()),
            ("base64 without its padding", "aGk".into()),
        ];
        let (min, max) = rules.length;
        let bytes = |count: u64| STANDARD.encode(vec![7; count as usize]).into();
        if let Some(min) = min.filter(|min| (1..LONG).contains(min)) {
            broken.push(("too few bytes", bytes(min - 1)));
        }
        if let Some(max) = max.filter(|max| *max < LONG) {
            broken.push(("too many bytes", bytes(max + 1)));
        }
        broken
    }
}

/// The text with another character in one place, as long as it was: none if all of those match.
fn unlike(pattern: &Pattern, text: &str) -> Option<String> {
    let others = ['~', ' ', 'a', 'A', '0', '\n', '\u{1f9e8}'];
    let places = 0..text.chars().count();
    places
        .flat_map(|place| others.map(|other| (place, other)))
        .map(|(place, other)| {
            let put = |(at, c)| if at == place { other } else { c };
            text.chars().enumerate().map(put).collect::<String>()
        })
        .find(|text| !pattern.is_match(text))
}

fn integers(range: (i128, i128), rules: &Rules) -> Broken {
    let mut broken: Broken = vec![
        ("a text in place of an integer", "1".into()),
        ("a fraction in place of an integer", 1.5.into()),
        ("a boolean in place of an integer", true.into()),
    ];
    let (min, max) = integer_range(range, rules);
    // Beside the ends of 64 bits all numbers look alike to those who read them as floating point.
    let is_exact = |number: i128| number.abs() <= 1 << 53;
    let below = if is_exact(min) {
        whole(min - 1)
    } else {
        json!(-2e19)
    };
    let above = if is_exact(max) {
        whole(max + 1)
    } else {
        json!(2e19)
    };
    broken.push(("too small an integer", below));
    broken.push(("too great an integer", above));
    broken
}

fn floats(scalar: Scalar, rules: &Rules) -> Broken {
    let mut broken: Broken = vec![
        ("a text in place of a number", "1.5".into()),
        ("a boolean in place of a number", true.into()),
    ];
    // So far away that no rounding brings it back.
    let away = |bound: f64| bound.abs() / 1_000.0 + 1.0;
    let (min, max) = float_range(rules);
    if min > f64::MIN / 2.0 {
        broken.push(("too small a number", (min - away(min)).into()));
    }
    if max < f64::MAX / 2.0 {
        broken.push(("too great a number", (max + away(max)).into()));
    } else if scalar == Scalar::F32 {
        broken.push(("a number that no 32 bits hold", 1e39.into()));
    }
    broken
}

fn decimals(rules: &Rules) -> Broken {
    let mut broken: Broken = vec![
        ("no number", "12,50".into()),
        ("a number without its last digits", "12.".into()),
        ("a number with an exponent", "1e3".into()),
        ("no digits", "".into()),
        ("a decimal of 39 digits", "9".repeat(39).into()),
    ];
    let beyond = |bound: &str, step: i128| {
        let (number, scale) = unscaled(bound);
        decimal(number + step, scale).into()
    };
    if let Some(min) = &rules.min {
        broken.push(("too small a decimal", beyond(min, -1)));
    }
    if let Some(max) = &rules.max {
        broken.push(("too great a decimal", beyond(max, 1)));
    }
    broken
}
