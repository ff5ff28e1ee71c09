//! Days of the calendar.

use std::fmt;
use std::str::FromStr;

use crate::invalid::Invalid;
use crate::reason::{Found, Reason};

/// What an error says was expected.
pub(crate) const EXPECTED: &str = "a date like 2026-11-23";

/// A day of the Gregorian calendar, of the years 1 to 9999; `2026-11-23` as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Days since 1970-01-01.
    days: i32,
}

impl Date {
    /// The first day there is.
    pub const MIN: Date = Date {
        days: days_of(1, 1, 1),
    };
    /// The last day there is.
    pub const MAX: Date = Date {
        days: days_of(9999, 12, 31),
    };

    /// The day of the year, month (1 to 12) and day of the month (1 to 31).
    ///
    /// # Errors
    ///
    /// If the calendar has no such day, or the year is not one of 1 to 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, Invalid> {
        Date::checked(year, month, day).ok_or_else(|| {
            Reason::Expected {
                expected: EXPECTED.into(),
                found: Found::shown(format_args!("{year:04}-{month:02}-{day:02}"), "another day"),
            }
            .into()
        })
    }

    /// The day so many days after 1970-01-01, or before it where negative.
    ///
    /// # Errors
    ///
    /// If it is not of the years 1 to 9999.
    pub fn from_days(days: i32) -> Result<Self, Invalid> {
        let date = Date { days };
        if Date::MIN <= date && date <= Date::MAX {
            return Ok(date);
        }
        Err(Reason::Expected {
            expected: "a day of the years 1 to 9999".into(),
            found: Found::shown(format_args!("{days} days from 1970"), "another day"),
        }
        .into())
    }

    /// Days since 1970-01-01; negative before it.
    #[must_use]
    pub const fn days(self) -> i32 {
        self.days
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> i32 {
        civil(self.days).0
    }

    /// The month of the year, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        civil(self.days).1
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        civil(self.days).2
    }

    /// The day that the text names, as `literal` of a newtype needs it.
    pub(crate) const fn parse(text: &str) -> Option<Self> {
        match *text.as_bytes() {
            [a, b, c, d, b'-', e, f, b'-', g, h] => {
                match (number([a, b, c, d]), number([e, f]), number([g, h])) {
                    (Some(year), Some(month), Some(day)) => {
                        Date::checked(year as i32, month as u8, day as u8)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    pub(crate) const fn checked(year: i32, month: u8, day: u8) -> Option<Self> {
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if year < 1 || year > 9999 || day < 1 || day > last {
            return None;
        }
        Some(Date {
            days: days_of(year, month, day),
        })
    }

    /// The day, of which the caller knows that it lies between the first and the last.
    pub(crate) const fn within(days: i32) -> Self {
        Date { days }
    }
}

/// The number that two or four digits write.
pub(crate) const fn number<const N: usize>(digits: [u8; N]) -> Option<u32> {
    let mut rest: &[u8] = &digits;
    let mut number = 0;
    while let [digit, after @ ..] = rest {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + (*digit - b'0') as u32;
        rest = after;
    }
    Some(number)
}

/// Days since 1970-01-01. The year is taken to begin in March, so that the leap day is its last
/// (Howard Hinnant, "chrono-compatible low-level date algorithms").
const fn days_of(year: i32, month: u8, day: u8) -> i32 {
    let month = month as i32;
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of the day so many days after 1970-01-01.
const fn civil(days: i32) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + (month <= 2) as i32;
    (year, month as u8, day as u8)
}

impl Date {
    /// `2026-11-23`.
    pub(crate) fn to_text(self) -> [u8; 10] {
        let (year, month, day) = civil(self.days);
        let [y1, y2, y3, y4] = digits(year.unsigned_abs());
        let ([m1, m2], [d1, d2]) = (digits(month.into()), digits(day.into()));
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
    }
}

/// The last `N` decimal digits of the number.
pub(crate) fn digits<const N: usize>(number: u32) -> [u8; N] {
    let mut rest = number;
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    digits
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.to_text()))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Date::parse(text).ok_or_else(|| Reason::text(EXPECTED, text).into())
    }
}
