//! The words of the language that more than one room knows.

macro_rules! scalars {
    ($($(#[$doc:meta])* $variant:ident $name:literal)*) => {
        /// A built-in type.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scalar {
            $($(#[$doc])* $variant,)*
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
}

/// The names that `targets:` knows. Rust is always written.
pub(crate) const TARGETS: &[&str] = &["docs", "json_schema", "postgres", "typescript"];

/// The names that `lints:` knows.
pub(crate) mod lint {
    pub(crate) const ALL: &[&str] = &[MISSING_DESCRIPTION, MISSING_ID, MISSING_OWNER];

    pub(crate) const MISSING_DESCRIPTION: &str = "missing_description";
    pub(crate) const MISSING_ID: &str = "missing_id";
    pub(crate) const MISSING_OWNER: &str = "missing_owner";
}
