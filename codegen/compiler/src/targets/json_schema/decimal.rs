//! Decimal numbers, which are text on the wire: their bounds as patterns.
//!
//! The patterns are for texts that are decimal numbers, and need not say that again.

/// The pattern of the numbers that are no less.
pub(super) fn at_least(bound: &str) -> String {
    match Magnitude::of(bound) {
        (_, bound) if bound.is_zero() => format!("^(?:[0-9].*|-{ZERO})$"),
        (false, bound) => format!("^(?:{})$", bound.or_more()),
        (true, bound) => format!("^(?:[0-9].*|-(?:{}))$", bound.or_less()),
    }
}

/// The pattern of the numbers that are no greater.
pub(super) fn at_most(bound: &str) -> String {
    match Magnitude::of(bound) {
        (_, bound) if bound.is_zero() => format!("^(?:-.*|{ZERO})$"),
        (false, bound) => format!("^(?:-.*|{})$", bound.or_less()),
        (true, bound) => format!("^-(?:{})$", bound.or_more()),
    }
}

const ZERO: &str = r"0(?:\.0+)?";

/// Any digits behind the point.
const FRACTION: &str = r"(?:\.[0-9]+)?";

/// A number without its sign: the digits before the point, and those behind it without zeros at the end.
struct Magnitude<'t> {
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Magnitude<'t> {
    /// Whether a number is below zero, and the rest of it.
    fn of(number: &'t str) -> (bool, Self) {
        let unsigned = number.strip_prefix('-').unwrap_or(number);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let fraction = fraction.trim_end_matches('0');
        (unsigned.len() < number.len(), Self { whole, fraction })
    }

    fn is_zero(&self) -> bool {
        self.whole == "0" && self.fraction.is_empty()
    }

    /// The numbers that are equal or greater, one way to be so for each `|`.
    fn or_more(&self) -> String {
        let Self { whole, fraction } = self;
        let mut ways = vec![format!("[1-9][0-9]{{{},}}{FRACTION}", whole.len())];
        for (place, digit) in whole.chars().enumerate().filter(|(_, digit)| *digit < '9') {
            let (before, after) = around(whole, place);
            ways.push(format!(
                "{before}[{}-9]{}{FRACTION}",
                next(digit),
                digits(after)
            ));
        }
        for (place, digit) in fraction
            .chars()
            .enumerate()
            .filter(|(_, digit)| *digit < '9')
        {
            let (before, _) = around(fraction, place);
            ways.push(format!(r"{whole}\.{before}[{}-9][0-9]*", next(digit)));
        }
        ways.push(match *fraction {
            "" => format!("{whole}{FRACTION}"),
            fraction => format!(r"{whole}\.{fraction}[0-9]*"),
        });
        ways.join("|")
    }

    /// The numbers that are equal or less, one way to be so for each `|`.
    fn or_less(&self) -> String {
        let Self { whole, fraction } = self;
        let mut ways = Vec::new();
        if whole.len() > 1 {
            ways.push(format!("[0-9]{{1,{}}}{FRACTION}", whole.len() - 1));
        }
        for (place, digit) in whole.chars().enumerate() {
            let (before, after) = around(whole, place);
            // No zero stands in front of other digits.
            let least = if place == 0 && after > 0 { '1' } else { '0' };
            if digit > least {
                let most = previous(digit);
                ways.push(format!(
                    "{before}[{least}-{most}]{}{FRACTION}",
                    digits(after)
                ));
            }
        }
        for (place, digit) in fraction.chars().enumerate() {
            let (before, _) = around(fraction, place);
            // As far as this place all is equal, and then nothing stands there.
            ways.push(match before {
                "" => whole.to_string(),
                before => format!(r"{whole}\.{before}"),
            });
            if digit > '0' {
                ways.push(format!(r"{whole}\.{before}[0-{}][0-9]*", previous(digit)));
            }
        }
        ways.push(match *fraction {
            "" => format!(r"{whole}(?:\.0+)?"),
            fraction => format!(r"{whole}\.{fraction}0*"),
        });
        ways.join("|")
    }
}

/// What stands before a digit, and how many stand behind it.
fn around(digits: &str, place: usize) -> (&str, usize) {
    let (before, from) = digits.split_at(place);
    (before, from.len() - 1)
}

/// So many digits.
fn digits(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "[0-9]".to_owned(),
        count => format!("[0-9]{{{count}}}"),
    }
}

fn next(digit: char) -> char {
    char::from(digit as u8 + 1)
}

fn previous(digit: char) -> char {
    char::from(digit as u8 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::compare_numbers;
    use eventc_pattern::Pattern;
    use std::cmp::Ordering;

    /// The patterns say what a comparison of the numbers says.
    #[test]
    fn the_patterns_are_the_bounds() {
        const NUMBERS: &[&str] = &[
            "0",
            "-0",
            "0.0",
            "0.00",
            "-0.0",
            "0.001",
            "0.01",
            "0.010",
            "0.0100",
            "0.011",
            "0.009",
            "0.1",
            "0.10",
            "0.5",
            "-0.5",
            "-0.50",
            "-0.4999",
            "-0.5001",
            "-0.05",
            "1",
            "1.0",
            "1.1",
            "9",
            "9.99",
            "10",
            "10.0",
            "10.01",
            "11",
            "99",
            "99.9",
            "99.99",
            "99.990",
            "99.991",
            "100",
            "100.00",
            "101",
            "109",
            "110",
            "190",
            "199.5",
            "199.50",
            "199.51",
            "200",
            "999",
            "1000",
            "12345.678",
            "-1",
            "-1.0",
            "-9",
            "-10",
            "-10.5",
            "-99",
            "-100",
            "-1000",
            "99999999999999999999999999999999999999",
            "-99999999999999999999999999999999999999",
        ];
        // Those of 38 digits take more positions than our own patterns have.
        for bound in NUMBERS.iter().filter(|number| number.len() < 20) {
            let compile = |text: String| {
                Pattern::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
            };
            let (least, most) = (compile(at_least(bound)), compile(at_most(bound)));
            for number in NUMBERS {
                let order = compare_numbers(number, bound).unwrap();
                let is_least = least.is_match(number);
                assert_eq!(is_least, order != Ordering::Less, "{number} >= {bound}");
                let is_most = most.is_match(number);
                assert_eq!(is_most, order != Ordering::Greater, "{number} <= {bound}");
            }
        }
    }
}
