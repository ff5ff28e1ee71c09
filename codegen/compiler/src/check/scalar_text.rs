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
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // As many digits as the runtime's decimal holds for certain.
    let is_plain = whole == "0" || !whole.starts_with('0');
    is_plain
        && digits(whole)
        && fraction.is_none_or(digits)
        && digits(power)
        && whole.len() + fraction.map_or(0, str::len) <= 38
}

fn is_base64(text: &str) -> bool {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let data = text.trim_end_matches('=');
    let padding = text.len() - data.len();
    let value = |byte: u8| ALPHABET.iter().position(|&letter| letter == byte);
    // The bits of the last letter that no byte takes are zero.
    let spare = data.bytes().last().and_then(value).unwrap_or(0) % (1 << (2 * padding));
    text.len().is_multiple_of(4)
        && padding <= 2
        && spare == 0
        && data.bytes().all(|byte| value(byte).is_some())
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

/// Whether a day or an instant lies in the years 2000 to 2100 in UTC, as one that places events must.
pub(super) fn is_plausible_time(text: &str) -> bool {
    let (from, to) = (minutes_of_year(2000), minutes_of_year(2101));
    minutes(text).is_some_and(|minutes| (from..to).contains(&minutes))
}

fn number(text: &str, len: usize) -> Option<u32> {
    (text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn is_date(text: &str) -> bool {
    days(text).is_some()
}

/// The days of a date since the first of the calendar.
fn days(text: &str) -> Option<i64> {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = *parts.as_slice() else {
        return None;
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [
        31,
        if leap { 29 } else { 28 },
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let length = *lengths.get((month as usize).checked_sub(1)?)?;
    let before: u32 = lengths.iter().take(month as usize - 1).sum();
    let is_day = year >= 1 && (1..=length).contains(&day);
    is_day.then(|| days_before(year.into()) + i64::from(before + day) - 1)
}

/// The days before the first of January of a year.
fn days_before(year: i64) -> i64 {
    let years = year - 1;
    years * 365 + years / 4 - years / 100 + years / 400
}

fn minutes_of_year(year: i64) -> i64 {
    days_before(year) * 24 * 60
}

/// RFC 3339, with `Z` or an offset, at most microseconds; in UTC it is of the years 1 to 9999.
fn is_timestamp(text: &str) -> bool {
    let is_instant = text.contains(['T', 't']);
    let (from, to) = (minutes_of_year(1), minutes_of_year(10_000));
    is_instant && minutes(text).is_some_and(|minutes| (from..to).contains(&minutes))
}

/// The minutes of a date or an instant since the first of the calendar, in UTC.
fn minutes(text: &str) -> Option<i64> {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return Some(days(text)? * 24 * 60);
    };
    let (clock, offset) = time.split_at(time.find(['Z', 'z', '+', '-'])?);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hour, minute, second] = *clock
        .split(':')
        .map(|part| number(part, 2))
        .collect::<Vec<_>>()
        .as_slice()
    else {
        return None;
    };
    let (hour, minute, second) = (hour?, minute?, second?);
    let is_fraction =
        (1..=6).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if hour > 23 || minute > 59 || second > 59 || !is_fraction {
        return None;
    }
    let east = match offset.split_at_checked(1)? {
        ("Z" | "z", "") => 0,
        (sign @ ("+" | "-"), offset) => {
            let (hours, minutes) = offset.split_once(':')?;
            let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
            let east = i64::from(hours * 60 + minutes);
            if hours > 23 || minutes > 59 {
                return None;
            }
            if sign == "+" { east } else { -east }
        }
        _ => return None,
    };
    Some(days(date)? * 24 * 60 + i64::from(hour * 60 + minute) - east)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_places_an_event_is_of_this_century_in_utc() {
        for right in [
            "2000-01-01",
            "2100-12-31T23:59:59Z",
            "1999-12-31T23:30:00-01:00",
        ] {
            assert!(is_plausible_time(right), "{right}");
        }
        for wrong in [
            "1970-01-01T00:00:00Z",
            "2000-01-01T00:00:00+01:00",
            "2101-01-01",
        ] {
            assert!(!is_plausible_time(wrong), "{wrong}");
        }
    }

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
            (Scalar::Bytes, "aGl="),
            (Scalar::Timestamp, "0001-01-01T00:00:00+23:59"),
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
