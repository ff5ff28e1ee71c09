//! Numbers: near zero, and near the ends of what they may be.

use eventc_compiler::catalog::Rules;
use serde_json::Value;

use super::Samples;

/// No decimal has more digits.
const DIGITS: u32 = 38;

impl Samples<'_> {
    /// An integer of a type.
    pub(super) fn integer(&mut self, range: (i128, i128), rules: &Rules) -> Value {
        let (min, max) = integer_range(range, rules);
        let near = [min, max, min + 1, max - 1, 0, 1, -1, 1 << 53, (1 << 53) + 1];
        let near = near[self.random.usize(..near.len())];
        let number = match self.random.u8(..3) {
            0 if (min..=max).contains(&near) => near,
            1 => self
                .random
                .i128(min..=max.min(min.max(0).saturating_add(1_000))),
            _ => self.random.i128(min..=max),
        };
        whole(number)
    }

    /// A finite number of 64 bits.
    pub(super) fn double(&mut self, rules: &Rules) -> Value {
        let (min, max) = float_range(rules);
        let known = [
            min,
            max,
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.1,
            f64::MIN_POSITIVE,
            5e-324,
            -5e-324,
            f64::EPSILON,
            1e-7,
            1e21,
            9_007_199_254_740_993.0,
            123_456.789,
        ];
        let any = f64::from_bits(self.random.u64(..));
        let candidates = [known[self.random.usize(..known.len())], any];
        let found = candidates
            .into_iter()
            .find(|number| number.is_finite() && min <= *number && *number <= max);
        let between = self.between(min, max);
        if self.random.u8(..3) == 0 {
            return between.into();
        }
        found.unwrap_or(between).into()
    }

    /// A finite number of 32 bits, written with as many digits as tell it from its neighbours.
    pub(super) fn single(&mut self, rules: &Rules) -> Value {
        let (min, max) = float_range(rules);
        let (least, most) = (min.max(f32::MIN.into()), max.min(f32::MAX.into()));
        let known = [
            least as f32,
            most as f32,
            0.0,
            -0.0,
            1.0,
            0.1,
            f32::MIN_POSITIVE,
            1e-45,
            -1e-45,
            f32::EPSILON,
            16_777_216.0,
            // The one that a reader rounds wrongly which takes it for a number of 64 bits first.
            7.038_531e-26,
        ];
        let any = f32::from_bits(self.random.u32(..));
        let between = self.between(least, most) as f32;
        let candidates = [known[self.random.usize(..known.len())], any, between];
        let found = candidates.into_iter().find(|number| {
            let written = written(*number);
            number.is_finite() && min <= written && written <= max
        });
        // Where no number of 32 bits lies within the bounds, they are rounded to one.
        written(found.unwrap_or(least as f32)).into()
    }

    fn between(&mut self, min: f64, max: f64) -> f64 {
        let share = self.random.f64();
        (min * (1.0 - share) + max * share).clamp(min, max)
    }

    /// The text of a decimal.
    pub(super) fn decimal(&mut self, rules: &Rules) -> String {
        let bounds = [&rules.min, &rules.max].map(|bound| bound.as_deref().map(unscaled));
        let scale_of = |bound: &(i128, u32)| bound.1;
        let least_scale = bounds.iter().flatten().map(scale_of).max().unwrap_or(0);
        let fits = |scale: u32| {
            bounds
                .iter()
                .flatten()
                .all(|bound| scaled(*bound, scale).is_some())
        };
        let most_scale = (least_scale..=DIGITS)
            .take_while(|scale| fits(*scale))
            .last();
        let most_scale = most_scale.unwrap_or(least_scale);
        let scale = match self.random.u8(..4) {
            0 => most_scale,
            1 => least_scale,
            2 => least_scale.max(2).min(most_scale),
            _ => self.random.u32(least_scale..=most_scale),
        };
        let greatest = 10_i128.pow(DIGITS) - 1;
        let [min, max] = bounds.map(|bound| bound.and_then(|bound| scaled(bound, scale)));
        let (min, max) = (min.unwrap_or(-greatest), max.unwrap_or(greatest));
        let digits = 10_i128.pow(self.random.u32(..DIGITS));
        let number = match self.random.u8(..6) {
            0 => min,
            1 => max,
            2 => self.random.i128(min..=max),
            3 => 0,
            _ => self.random.i128(-digits..=digits),
        };
        decimal(number.clamp(min, max), scale)
    }
}

/// The integers that a type and the rules of a newtype leave.
pub(super) fn integer_range((min, max): (i128, i128), rules: &Rules) -> (i128, i128) {
    let bound = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<i128>().ok());
    (
        bound(&rules.min).unwrap_or(min).max(min),
        bound(&rules.max).unwrap_or(max).min(max),
    )
}

/// The numbers that the rules of a newtype leave.
pub(super) fn float_range(rules: &Rules) -> (f64, f64) {
    let bound = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    (
        bound(&rules.min).unwrap_or(f64::MIN),
        bound(&rules.max).unwrap_or(f64::MAX),
    )
}

/// An integer as JSON.
pub(super) fn whole(number: i128) -> Value {
    match u64::try_from(number) {
        Ok(number) => number.into(),
        Err(_) => i64::try_from(number).expect("an integer of 64 bits").into(),
    }
}

/// A number of 32 bits as readers see it that know 64.
fn written(number: f32) -> f64 {
    number.to_string().parse().expect("a number is a number")
}

/// The digits of a decimal, and how many of them stand behind the point.
pub(super) fn unscaled(text: &str) -> (i128, u32) {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}");
    let number = digits.parse().expect("a decimal of at most 38 digits");
    (number, u32::try_from(fraction.len()).expect("few digits"))
}

/// The digits with so many behind the point.
fn scaled((number, scale): (i128, u32), to: u32) -> Option<i128> {
    let number = number.checked_mul(10_i128.checked_pow(to.checked_sub(scale)?)?)?;
    (number.unsigned_abs() < 10_u128.pow(DIGITS)).then_some(number)
}

/// `-12.50`
pub(super) fn decimal(number: i128, scale: u32) -> String {
    let scale = scale as usize;
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", number.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let point = if scale > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction}")
}
