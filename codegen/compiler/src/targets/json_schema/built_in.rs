//! The built-in types. What a format says, a pattern says as well: to most validators a format is only a remark.

use super::decimal;
use super::schema::Schema;
use crate::catalog::{Rules, Scalar};
use crate::json::Json;
use crate::targets::pattern;

/// A built-in type that takes more than a line, and so has a definition; the name of it.
///
/// No module is called `eventc`, so neither is a type.
type Name = &'static str;

const DECIMAL: Name = "eventc.decimal";
const BYTES: Name = "eventc.bytes";
const UUID: Name = "eventc.uuid";
const DATE: Name = "eventc.date";
const TIMESTAMP: Name = "eventc.timestamp";
const IP: Name = "eventc.ip";
// What places an event stands for something.
const FILLED_UUID: Name = "eventc.uuid.filled";
const FILLED_DATE: Name = "eventc.date.filled";
const FILLED_TIMESTAMP: Name = "eventc.timestamp.filled";

/// Every definition, with what it refers to.
pub(super) fn definitions() -> [(Name, Schema, Option<Name>); 9] {
    [
        (DECIMAL, decimal_number(), None),
        (BYTES, bytes(), None),
        (UUID, uuid(), None),
        (FILLED_UUID, filled_uuid(), Some(UUID)),
        (DATE, date(), None),
        (FILLED_DATE, filled_date(), Some(DATE)),
        (TIMESTAMP, timestamp(), None),
        (FILLED_TIMESTAMP, filled_timestamp(), Some(TIMESTAMP)),
        (IP, ip(), None),
    ]
}

/// The values of a built-in type under the rules of a newtype, and the definition that it refers to.
///
/// `filled` says that they place events, or for a uuid that there is a newtype around it.
pub(super) fn values(scalar: Scalar, rules: &Rules, filled: bool) -> (Schema, Option<Name>) {
    let defined = |name: Name| (Schema::reference(name), Some(name));
    match scalar {
        Scalar::Bool => (Schema::of_type("boolean"), None),
        Scalar::String => (text(rules), None),
        Scalar::Json => (Schema::new(), None),
        Scalar::F32 | Scalar::F64 => (float(scalar, rules), None),
        Scalar::Decimal => {
            let (schema, name) = defined(DECIMAL);
            (bounds_of_decimal(schema, rules), name)
        }
        Scalar::Bytes => {
            let (schema, name) = defined(BYTES);
            (length_of_bytes(schema, rules.length), name)
        }
        Scalar::Uuid => defined(if filled { FILLED_UUID } else { UUID }),
        Scalar::Date => defined(if filled { FILLED_DATE } else { DATE }),
        Scalar::Timestamp => defined(if filled { FILLED_TIMESTAMP } else { TIMESTAMP }),
        Scalar::Ip => defined(IP),
        _ => (integer(scalar, rules), None),
    }
}

fn number(text: &str) -> Json {
    Json::Number(text.to_owned())
}

fn integer(scalar: Scalar, rules: &Rules) -> Schema {
    let (min, max) = scalar.integer_range().unwrap_or_default();
    let bound = |rule: &Option<String>, of_type: i128| {
        number(&rule.clone().unwrap_or_else(|| of_type.to_string()))
    };
    Schema::of_type("integer")
        .with("minimum", bound(&rules.min, min))
        .with("maximum", bound(&rules.max, max))
}

fn float(scalar: Scalar, rules: &Rules) -> Schema {
    let (min, max) = (rules.min.as_deref(), rules.max.as_deref());
    let schema = Schema::of_type("number");
    if scalar == Scalar::F64 {
        return schema
            .with_some("minimum", min.map(number))
            .with_some("maximum", max.map(number));
    }
    // As a number of 32 bits is written, so that the bound itself, as it is written, is one of its values.
    let single = |bound: Option<&str>, of_type: f32| {
        let bound = bound.and_then(|bound| bound.parse::<f64>().ok());
        number(&format!(
            "{:?}",
            bound.map_or(of_type, |bound| bound as f32)
        ))
    };
    schema
        .with("minimum", single(min, f32::MIN))
        .with("maximum", single(max, f32::MAX))
}

fn text(rules: &Rules) -> Schema {
    let (min, max) = rules.length;
    Schema::of_type("string")
        .with_some("minLength", min)
        .with_some("maxLength", max)
        .with_some("pattern", rules.pattern.as_deref().map(pattern::portable))
}

/// Text of at most 38 digits; or a whole number, which no reader rounds.
fn decimal_number() -> Schema {
    let types = Json::from_iter(["string", "integer"]);
    let form = r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$".to_owned();
    let digits = r"^-?(?:0\.[0-9]{1,38}|(?:[0-9]\.?){1,38})$".to_owned();
    Schema::new()
        .with("type", types)
        .with_patterns(vec![form, digits])
        .with("minimum", number(&i64::MIN.to_string()))
        .with("maximum", number(&u64::MAX.to_string()))
}

fn bounds_of_decimal(schema: Schema, rules: &Rules) -> Schema {
    let (min, max) = (rules.min.as_deref(), rules.max.as_deref());
    let least = min.map(decimal::at_least);
    let most = max.map(decimal::at_most);
    schema
        .with_patterns(least.into_iter().chain(most).collect())
        .with_some("minimum", min.map(number))
        .with_some("maximum", max.map(number))
}

/// Base64 with its padding; the bits that no byte takes are zero.
fn bytes() -> Schema {
    let pattern =
        "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?$";
    Schema::of_type("string")
        .with("contentEncoding", "base64")
        .with("pattern", pattern)
}

/// Four characters are three bytes, or fewer if the last of them are padding.
fn length_of_bytes(schema: Schema, (min, max): (Option<u64>, Option<u64>)) -> Schema {
    let characters = |bytes: u64| bytes.div_ceil(3) * 4;
    let schema = schema
        .with_some("minLength", min.map(characters))
        .with_some("maxLength", max.map(characters));
    let either = |length: (&str, u64), pattern: &str| {
        let longer_or_shorter = Schema::new().with(length.0, length.1);
        let ends_so = Schema::new().with("pattern", pattern);
        Schema::new().with("anyOf", Json::from_iter([longer_or_shorter, ends_so]))
    };
    // The shortest text has no more padding, and the longest no less, than makes the number.
    let least = min.and_then(|min| {
        let longer = ("minLength", characters(min) + 4);
        match min % 3 {
            0 if min > 0 => Some(either(longer, "[^=]$")),
            2 => Some(either(longer, "[^=].$")),
            _ => None,
        }
    });
    let most = max.and_then(|max| {
        let shorter = ("maxLength", characters(max).saturating_sub(4));
        match max % 3 {
            2 => Some(either(shorter, "=$")),
            1 => Some(either(shorter, "==$")),
            _ => None,
        }
    });
    let conditions = least.into_iter().chain(most).map(Json::from);
    schema.with_list("allOf", conditions.collect())
}

fn uuid() -> Schema {
    let hex = "[0-9A-Fa-f]";
    let pattern = format!("^{hex}{{8}}-{hex}{{4}}-{hex}{{4}}-{hex}{{4}}-{hex}{{12}}$");
    Schema::of_type("string")
        .with("format", "uuid")
        .with("pattern", pattern)
}

fn filled_uuid() -> Schema {
    let nil = Schema::new().with("const", "00000000-0000-0000-0000-000000000000");
    Schema::reference(UUID).with("not", nil)
}

/// A day of the years 1 to 9999.
fn day() -> String {
    let year = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)";
    let month_and_day = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))";
    let leap_year =
        "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)";
    format!("(?:{year}-{month_and_day}|{leap_year}-02-29)")
}

fn date() -> Schema {
    Schema::of_type("string")
        .with("format", "date")
        .with("pattern", format!("^{}$", day()))
}

/// The years 2000 to 2100.
const FILLED_YEARS: &str = "^(?:20[0-9]{2}|2100)-";

fn filled_date() -> Schema {
    Schema::reference(DATE).with("pattern", FILLED_YEARS)
}

/// An instant of the years 1 to 9999, with any offset; a leap second ends a day in UTC.
fn timestamp() -> Schema {
    let second = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
    let offset = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
    let fraction = r"(?:\.[0-9]+)?";
    let time = format!("(?:{second}{fraction}{offset}|23:59:60{fraction}[Zz])");
    Schema::of_type("string")
        .with("format", "date-time")
        .with("pattern", format!("^{}[Tt]{time}$", day()))
        .with("not", at_the_ends("0001", "9999"))
}

fn filled_timestamp() -> Schema {
    Schema::reference(TIMESTAMP)
        .with("pattern", FILLED_YEARS)
        .with("not", at_the_ends("2000", "2100"))
}

/// On the first and the last day, what may be of another year in UTC.
fn at_the_ends(first: &str, last: &str) -> Schema {
    let pattern = format!("^(?:{first}-01-01.*[0-9]|{last}-12-31(?:.*[0-9]|.*:60.*))$");
    // What is no text is refused for that alone.
    Schema::of_type("string").with("pattern", pattern)
}

/// By RFC 3986: no zeros in front in version 4, one `::` or none in version 6.
fn ip() -> Schema {
    let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    let version_4 = format!(r"(?:{octet}\.){{3}}{octet}");
    let group = "[0-9A-Fa-f]{1,4}";
    let last_two = format!("(?:{group}:{group}|{version_4})");
    let mut ways = vec![format!("(?:{group}:){{6}}{last_two}")];
    // So many groups stand behind the `::`, and no more before it than leave one to stand for.
    for behind in (0..=7_usize).rev() {
        let before = match 7 - behind {
            0 => String::new(),
            1 => format!("(?:{group})?"),
            groups => format!("(?:(?:{group}:){{0,{}}}{group})?", groups - 1),
        };
        let behind = match behind {
            0 => String::new(),
            1 => group.to_owned(),
            2 => last_two.clone(),
            groups => format!("(?:{group}:){{{}}}{last_two}", groups - 2),
        };
        ways.push(format!("{before}::{behind}"));
    }
    let address = |format: &str, pattern: String| {
        Schema::new()
            .with("format", format)
            .with("pattern", format!("^(?:{pattern})$"))
    };
    let versions = [address("ipv4", version_4), address("ipv6", ways.join("|"))];
    Schema::of_type("string").with("anyOf", Json::from_iter(versions))
}
