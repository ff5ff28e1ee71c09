//! What the text of a scalar says: `12` as a `u16`, `2026-11-23` as a `date`.

use crate::catalog::Scalar;
use crate::diagnostic::a_quoted;
use crate::json::Json;

/// Reads the text of a scalar as a value of a built-in type.
///
/// # Errors
/// What was expected, in the words of a message.
pub(super) fn read(scalar: Scalar, text: &str, plain: bool) -> Result<Json, String> {
    let string = |is_right: bool, expected: &str| {
        if is_right {
            Ok(Json::String(text.to_owned()))
        } else {
            Err(expected.to_owned())
        }
    };
    let name = a_quoted(scalar.name());
    if let Some((min, max)) = scalar.integer_range() {
        return match whole(text) {
            Some(number) if (min..=max).contains(&number) && plain => {
                Ok(Json::Number(number.to_string()))
            }
            Some(_) if plain => Err(format!("a whole number from {min} to {max}")),
            Some(_) => Err(format!("a number without quotes, as {name} is")),
            None => Err(format!("a whole number, as {name} is")),
        };
    }
    match scalar {
        Scalar::Bool => match text {
            "true" | "false" if plain => Ok(Json::Bool(text == "true")),
            "true" | "false" => Err(format!("`{text}` without quotes, as {name} is")),
            _ => Err("`true` or `false`".to_owned()),
        },
        Scalar::F32 | Scalar::F64 => match text.parse::<f64>() {
            Ok(number) if plain && number.is_finite() && is_decimal(text, true) => {
                let fits = scalar == Scalar::F64 || number.abs() <= f32::MAX.into();
                if fits {
                    Ok(Json::Number(format!("{number:?}")))
                } else {
                    Err("a number that fits `f32`".to_owned())
                }
            }
            Ok(_) if !plain => Err(format!("a number without quotes, as {name} is")),
            _ => Err("a number".to_owned()),
        },
        Scalar::Decimal => string(is_decimal(text, false), "a decimal number such as `12.50`"),
        Scalar::String => string(true, ""),
        Scalar::Bytes => string(is_base64(text), "base64 with its padding"),
        Scalar::Uuid => string(
            is_uuid(text),
            "a uuid such as `018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f`",
        ),
        Scalar::Date => string(is_date(text), "a date such as `2026-11-23`"),
        Scalar::Timestamp => string(
            is_timestamp(text),
            "an instant such as `2026-11-23T05:30:00Z`",
        ),
        Scalar::Ip => string(
            text.parse::<std::net::IpAddr>().is_ok(),
            "an address such as `192.0.2.1` or `2001:db8::1`",
        ),
        Scalar::Json => Ok(if plain {
            core_schema(text)
        } else {
            Json::String(text.to_owned())
        }),
        // The integers were read above.
        _ => Err("a number".to_owned()),
    }
}

/// `-12`. No `+` and no zeros in front: other readers take `010` for an eight.
fn whole(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = digits == "0" || !digits.starts_with(['0', '+', '-']);
    is_plain.then(|| text.parse().ok())?
}

/// A value of the type `json`, by the core schema of YAML 1.2. What JSON has no number for stays text.
fn core_schema(text: &str) -> Json {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Json::Null,
        "true" | "True" | "TRUE" => return Json::Bool(true),
        "false" | "False" | "FALSE" => return Json::Bool(false),
        _ => {}
    }
    let based =
        |prefix: &str, base: u32| u64::from_str_radix(text.strip_prefix(prefix)?, base).ok();
    if let Some(number) = based("0x", 16).or_else(|| based("0o", 8)) {
        return Json::Number(number.to_string());
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.contains(|c: char| c.is_ascii_digit());
    let integer = text
        .parse::<i128>()
        .ok()
        .filter(|number| (i64::MIN.into()..=u64::MAX.into()).contains(number));
    match (integer, text.parse::<f64>()) {
        (Some(number), _) if is_number => Json::Number(number.to_string()),
        (None, Ok(number)) if is_number && number.is_finite() => {
            Json::Number(format!("{number:?}"))
        }
        _ => Json::String(text.to_owned()),
    }
}

/// `-12.50`; with `exponent`, also `1e9`.
fn is_decimal(text: &str, exponent: bool) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (number, power) = match unsigned.split_once(['e', 'E']) {
        Some((number, power)) if exponent => (number, power.trim_start_matches(['+', '-'])),
        Some(_) => return false,
        None => (unsigned, "0"),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // As many digits as the runtime's decimal holds for certain.
    let is_plain = whole == "0" || !whole.starts_with('0');
    is_plain
        && digits(whole)
        && digits(fraction)
        && digits(power)
        && whole.len() + fraction.len() <= 36
}

fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    let padding = text.len() - data.len();
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && padding <= 2 && data.bytes().all(alphabet)
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether it is the uuid of which every digit is zero.
pub(super) fn is_nil_uuid(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'0' || byte == b'-')
}

/// Whether a day or an instant lies in the years 2000 to 2100, as one that places events must.
pub(super) fn is_plausible_time(text: &str) -> bool {
    let year = text.get(..4).and_then(|year| year.parse::<u16>().ok());
    year.is_some_and(|year| (2000..=2100).contains(&year))
}

fn number(text: &str, len: usize) -> Option<u32> {
    (text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = *parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    year >= 1 && (1..=days).contains(&day)
}

/// RFC 3339, with `Z` or an offset, at most microseconds.
fn is_timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return false;
    };
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (Some(clock), Some(offset)) = (time.get(..at), time.get(at..)) else {
        return false;
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let hms: Vec<_> = clock.split(':').map(|part| number(part, 2)).collect();
    let is_clock = matches!(hms.as_slice(), [Some(0..=23), Some(0..=59), Some(0..=59)]);
    let is_fraction =
        (1..=6).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_offset = match offset.strip_prefix(['+', '-']) {
        Some(offset) => {
            let parts: Vec<_> = offset.split(':').map(|part| number(part, 2)).collect();
            matches!(parts.as_slice(), [Some(0..=23), Some(0..=59)])
        }
        None => matches!(offset, "Z" | "z"),
    };
    is_date(date) && is_clock && is_fraction && is_offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_follows_the_core_schema_of_yaml() {
        let texts = [
            "~",
            "True",
            "007",
            "+13",
            "0x10",
            ".5",
            "1.",
            "18446744073709551615",
            "1e3",
            "12 m",
            ".inf",
            "1.2.3",
        ];
        let read: Vec<_> = texts.map(|text| core_schema(text).to_string()).into();
        let expected = [
            "null",
            "true",
            "7",
            "13",
            "16",
            "0.5",
            "1.0",
            "18446744073709551615",
            "1000.0",
            "\"12 m\"",
            "\".inf\"",
            "\"1.2.3\"",
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn scalars_are_read_as_the_language_says() {
        let right = [
            (Scalar::U8, "255"),
            (Scalar::F64, "-0.5e3"),
            (Scalar::F64, "12"),
            (Scalar::Decimal, "-12.50"),
            (Scalar::Bytes, "aGk="),
            (Scalar::Date, "2024-02-29"),
            (Scalar::Timestamp, "2026-11-23T05:30:00.123456Z"),
            (Scalar::Timestamp, "2026-11-23T05:30:00+01:00"),
            (Scalar::Ip, "2001:db8::1"),
            (Scalar::String, "no"),
        ];
        for (scalar, text) in right {
            assert!(read(scalar, text, true).is_ok(), "{} {text}", scalar.name());
        }
        let wrong = [
            (Scalar::U8, "256"),
            (Scalar::U8, "0x1"),
            (Scalar::U8, "010"),
            (Scalar::I8, "+5"),
            (Scalar::Decimal, "0012.50"),
            (Scalar::I8, "1.0"),
            (Scalar::Bool, "yes"),
            (Scalar::F64, "nan"),
            (Scalar::F32, "1e39"),
            (Scalar::Decimal, "1e3"),
            (Scalar::Bytes, "aGk"),
            (Scalar::Uuid, "018f4e2a7c3a7b1e9a551f0c4c1d2e3f"),
            (Scalar::Date, "2023-02-29"),
            (Scalar::Timestamp, "2026-11-23 05:30:00"),
            (Scalar::Timestamp, "2026-11-23T24:00:00Z"),
            (Scalar::Ip, "1.2.3"),
        ];
        for (scalar, text) in wrong {
            assert!(
                read(scalar, text, true).is_err(),
                "{} {text}",
                scalar.name()
            );
        }
    }
}
