//! The words of the language that more than one room knows.

macro_rules! scalars {
    ($(#[doc = $about:literal] $variant:ident $name:literal)*) => {
        /// A built-in type.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scalar {
            $(#[doc = $about] $variant,)*
        }

        impl Scalar {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the language.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it holds, in a sentence.
            pub fn about(self) -> &'static str {
                let about = match self {
                    $(Self::$variant => $about,)*
                };
                about.trim_start()
            }
        }
    };
}

scalars! {
    /// True or false.
    Bool "bool"
    /// A signed integer of 8 bits.
    I8 "i8"
    /// A signed integer of 16 bits.
    I16 "i16"
    /// A signed integer of 32 bits.
    I32 "i32"
    /// A signed integer of 64 bits.
    I64 "i64"
    /// An unsigned integer of 8 bits.
    U8 "u8"
    /// An unsigned integer of 16 bits.
    U16 "u16"
    /// An unsigned integer of 32 bits.
    U32 "u32"
    /// An unsigned integer of 64 bits.
    U64 "u64"
    /// A finite number of single precision.
    F32 "f32"
    /// A finite number of double precision.
    F64 "f64"
    /// A decimal number; text on the wire.
    Decimal "decimal"
    /// Text.
    String "string"
    /// Bytes; base64 on the wire.
    Bytes "bytes"
    /// A UUID.
    Uuid "uuid"
    /// A day of the calendar.
    Date "date"
    /// An instant in UTC to the microsecond; RFC 3339 on the wire.
    Timestamp "timestamp"
    /// An address of IPv4 or IPv6.
    Ip "ip"
    /// Any JSON value.
    Json "json"
}

impl Scalar {
    /// The least and greatest value of an integer type.
    pub fn integer_range(self) -> Option<(i128, i128)> {
        Some(match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            _ => return None,
        })
    }

    /// Whether it is `f32` or `f64`.
    pub fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }
}

/// What a header's field is filled with when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// A new uuid of version 7, which sorts by time.
    UuidV7,
    /// The current time.
    Now,
}

impl Fill {
    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Self::UuidV7 => "uuid_v7",
            Self::Now => "now",
        }
    }
}

/// So many seconds in the words of the language, in the greatest unit of which they are a number: `36h`, `400d`.
pub fn duration_text(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let whole = UNITS.iter().find(|(unit, _)| seconds.is_multiple_of(*unit));
    let (unit, name) = whole.unwrap_or(&(1, "s"));
    format!("{}{name}", seconds / unit)
}

/// A window around the present, in seconds, in the words of the language: `-7d..+1h`.
pub fn window_text((from, to): (i64, i64)) -> String {
    let end = |seconds: i64| {
        let sign = if seconds < 0 { '-' } else { '+' };
        format!("{sign}{}", duration_text(seconds.unsigned_abs()))
    };
    format!("{}..{}", end(from), end(to))
}

/// `1..64`, `1..`, `..64`, or `8`.
pub fn range_text(least: Option<u64>, most: Option<u64>) -> String {
    let end = |bound: Option<u64>| bound.map_or_else(String::new, |bound| bound.to_string());
    if least == most {
        end(least)
    } else {
        format!("{}..{}", end(least), end(most))
    }
}

/// How the events of a stream are kept in tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Store {
    /// Each in a table of its own, with a column for each field.
    #[default]
    Typed,
    /// All in one table: the columns that they share, and the rest of each as JSON.
    Shared,
}

/// How many of an event are expected at the least: fewer are an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expect {
    /// From 1.
    pub at_least: u32,
    /// In each of which.
    pub per: Period,
}

/// A stretch of time in which events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Period {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Minute, Self::Hour, Self::Day];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

/// What a partition makes of a field's value. Times are cut in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransformKind {
    /// The hour of a timestamp.
    Hour,
    /// The day of a timestamp or date.
    Day,
    /// The month of a timestamp or date.
    Month,
    /// The year of a timestamp or date.
    Year,
    /// One of so many buckets, by a hash.
    Bucket(u32),
    /// The value itself.
    Identity,
}

impl TransformKind {
    /// Whether it cuts a time.
    pub fn is_time(self) -> bool {
        !matches!(self, Self::Bucket(_) | Self::Identity)
    }

    /// The transform of a field, in the words of the language: `day(occurred_at)`.
    pub fn text(self, field: &str) -> String {
        match self {
            Self::Hour => format!("hour({field})"),
            Self::Day => format!("day({field})"),
            Self::Month => format!("month({field})"),
            Self::Year => format!("year({field})"),
            Self::Bucket(count) => format!("bucket({count}, {field})"),
            Self::Identity => field.to_owned(),
        }
    }
}

/// The boolean that other readers of YAML take a text for.
pub(crate) fn meant_boolean(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "1" => Some("true"),
        "false" | "no" | "off" | "n" | "0" => Some("false"),
        _ => None,
    }
}

/// How much a lint weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// It says nothing.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

impl Level {
    /// The names of all of them.
    pub(crate) const NAMES: &[&str] = &["allow", "warn", "deny"];

    /// The level of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "allow" => Self::Allow,
            "warn" => Self::Warn,
            "deny" => Self::Deny,
            _ => return None,
        })
    }
}

macro_rules! lints {
    ($($(#[$doc:meta])* $variant:ident $name:literal $level:ident)*) => {
        /// What is allowed, and yet may be worth a word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Lint {
            $($(#[$doc])* $variant,)*
        }

        impl Lint {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),*];

            /// Their names in the language.
            pub const NAMES: &[&str] = &[$($name),*];

            /// Its name in the language.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// How much it weighs where `lints:` does not say.
            pub(crate) fn level(self) -> Level {
                match self {
                    $(Self::$variant => Level::$level,)*
                }
            }

            /// The lint of this name.
            pub(crate) fn of(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|lint| lint.name() == name)
            }
        }
    };
}

lints! {
    /// An event has three fields of its own or more, and all of them may be absent.
    AllOptional "all_optional" Allow
    /// A name that other readers of YAML take for a boolean, a number or nothing.
    AmbiguousYaml "ambiguous_yaml" Warn
    /// What is not deprecated uses what is.
    DeprecatedInUse "deprecated_in_use" Warn
    /// A partition makes more than 10,000 parts.
    FinePartition "fine_partition" Warn
    /// A field has one name and two meanings in the events of a stream.
    InconsistentField "inconsistent_field" Warn
    /// An event, a stream or a context has no description.
    MissingDescription "missing_description" Allow
    /// What is stored has no `id`.
    MissingId "missing_id" Allow
    /// An event has no owner.
    MissingOwner "missing_owner" Allow
    /// What is stored is kept for ever.
    MissingRetain "missing_retain" Allow
    /// An enum that is not open has one value.
    SingleValue "single_value" Warn
    /// The unit of a field is said by its name alone.
    UnitInName "unit_in_name" Warn
    /// A field is called like personal data and is not marked so.
    UnmarkedPii "unmarked_pii" Warn
    /// An `allow` that allows nothing.
    UnusedAllow "unused_allow" Warn
    /// A context that no event carries.
    UnusedContext "unused_context" Warn
    /// A stream that no event goes to.
    UnusedStream "unused_stream" Warn
    /// A type that nothing has.
    UnusedType "unused_type" Warn
}

#[cfg(test)]
mod tests {
    use super::Lint;

    #[test]
    fn the_reference_has_every_lint_at_its_level() {
        let reference = include_str!("../LANGUAGE.md");
        for lint in Lint::ALL {
            let name = format!("`{}`", lint.name());
            let level = format!("| {} |", format!("{:?}", lint.level()).to_lowercase());
            let mut rows = reference.lines().filter(|line| line.starts_with('|'));
            let is_there = rows.any(|row| row.contains(&name) && row.ends_with(&level));
            assert!(is_there, "{name}");
        }
    }
}
