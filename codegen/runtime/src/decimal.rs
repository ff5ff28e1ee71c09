//! Decimal numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::invalid::Invalid;
use crate::reason::{Found, Reason};

/// What an error says was expected.
pub(crate) const EXPECTED: &str = "a decimal number like \"12.50\"";

/// As many digits as Postgres, Iceberg and Parquet keep in 16 bytes.
const DIGITS: u32 = 38;

/// An exact decimal number of at most 38 digits: `12.50`.
///
/// It keeps the digits after the point that it was given, and compares by its value: `12.50` is written back as `12.50`
/// and equals `12.5`. In JSON it is a text, because most readers of JSON numbers go through binary floating point.
#[derive(Clone, Copy)]
pub struct Decimal {
    unscaled: i128,
    scale: u8,
}

impl Decimal {
    /// The number `unscaled / 10^scale`: `Decimal::new(1250, 2)` is `12.50`.
    ///
    /// # Errors
    ///
    /// If it has more than 38 digits, or more than 38 of them after the point.
    pub fn new(unscaled: i128, scale: u8) -> Result<Self, Invalid> {
        if Decimal::fits(unscaled, scale) {
            return Ok(Decimal { unscaled, scale });
        }
        Err(Reason::Expected {
            expected: "a decimal number of at most 38 digits".into(),
            found: Found::shown(format_args!("{unscaled} at scale {scale}"), "more"),
        }
        .into())
    }

    /// The number without its point: 1250 of `12.50`.
    #[must_use]
    pub const fn unscaled(self) -> i128 {
        self.unscaled
    }

    /// How many digits stand after the point: 2 of `12.50`.
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    const fn fits(unscaled: i128, scale: u8) -> bool {
        unscaled.unsigned_abs() < 10_u128.pow(DIGITS) && scale as u32 <= DIGITS
    }

    /// The number that the text writes: `-?(0|[1-9][0-9]*)(\.[0-9]+)?`, as `literal` of a newtype needs it.
    pub(crate) const fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        match digits {
            [b'0', b'0'..=b'9', ..] => return None,
            [b'0'..=b'9', ..] => {}
            _ => return None,
        }
        let mut rest = digits;
        let mut unscaled: i128 = 0;
        let mut scale: u8 = 0;
        let mut point = false;
        while let [byte, after @ ..] = rest {
            match *byte {
                digit @ b'0'..=b'9' => {
                    unscaled = match unscaled.checked_mul(10) {
                        Some(unscaled) => unscaled + (digit - b'0') as i128,
                        None => return None,
                    };
                    scale += point as u8;
                    if !Decimal::fits(unscaled, scale) {
                        return None;
                    }
                }
                b'.' if !point && !after.is_empty() => point = true,
                _ => return None,
            }
            rest = after;
        }
        Some(Decimal {
            unscaled: if negative { -unscaled } else { unscaled },
            scale,
        })
    }

    /// The same number with the fewest digits after the point.
    fn shortest(self) -> (i128, u8) {
        let (mut unscaled, mut scale) = (self.unscaled, self.scale);
        while scale > 0 && unscaled % 10 == 0 {
            unscaled /= 10;
            scale -= 1;
        }
        (unscaled, scale)
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self { unscaled: number.into(), scale: 0 }
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.shortest() == other.shortest()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shortest().hash(state);
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // The parts before the point decide first: bringing both to one scale could need 76 digits.
        let parts = |decimal: &Decimal| {
            let unit = 10_i128.pow(decimal.scale.into());
            // The part after the point, at the greatest scale there is.
            let fraction =
                decimal.unscaled.rem_euclid(unit) * 10_i128.pow(DIGITS - u32::from(decimal.scale));
            (decimal.unscaled.div_euclid(unit), fraction)
        };
        parts(self).cmp(&parts(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unscaled < 0 {
            f.write_str("-")?;
        }
        let unit = 10_u128.pow(self.scale.into());
        let digits = self.unscaled.unsigned_abs();
        write!(f, "{}", digits / unit)?;
        if self.scale > 0 {
            write!(
                f,
                ".{:0width$}",
                digits % unit,
                width = usize::from(self.scale)
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Decimal {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Decimal::parse(text).ok_or_else(|| Reason::text(EXPECTED, text).into())
    }
}
