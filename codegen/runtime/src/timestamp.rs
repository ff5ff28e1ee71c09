//! Instants.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::date::{self, Date, digits};
use crate::invalid::Invalid;
use crate::reason::{Found, Reason};

/// What an error says was expected.
pub(crate) const EXPECTED: &str = "a time like 2026-11-23T05:00:00Z";

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// An instant in UTC, to the microsecond, of the years 1 to 9999.
///
/// As text it is RFC 3339 and ends in `Z`: `2026-11-23T05:00:00Z`, `2026-11-23T05:00:00.250Z`. Any offset is read, and
/// converted to UTC; digits below the microsecond are dropped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Microseconds since 1970-01-01T00:00:00Z.
    micros: i64,
}

impl Timestamp {
    /// The first instant there is.
    pub const MIN: Timestamp = Timestamp {
        micros: Date::MIN.days() as i64 * DAY,
    };
    /// The last instant there is.
    pub const MAX: Timestamp = Timestamp {
        micros: Date::MAX.days() as i64 * DAY + DAY - 1,
    };

    /// The present, by the clock of the machine.
    #[must_use]
    pub fn now() -> Self {
        let micros = micros_of(SystemTime::now());
        Timestamp { micros }.clamp(Timestamp::MIN, Timestamp::MAX)
    }

    /// The instant so many microseconds after 1970-01-01T00:00:00Z, or before it where negative.
    ///
    /// # Errors
    ///
    /// If it is not of the years 1 to 9999.
    pub fn from_micros(micros: i64) -> Result<Self, Invalid> {
        let at = Timestamp { micros };
        if Timestamp::MIN <= at && at <= Timestamp::MAX {
            return Ok(at);
        }
        Err(Reason::Expected {
            expected: "a time of the years 1 to 9999".into(),
            found: Found::shown(format_args!("{micros} µs from 1970"), "another time"),
        }
        .into())
    }

    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.micros
    }

    /// The day it is in UTC.
    #[must_use]
    pub const fn date(self) -> Date {
        Date::within(self.micros.div_euclid(DAY) as i32)
    }

    /// The hour of the day in UTC, 0 to 23.
    #[must_use]
    pub const fn hour(self) -> u8 {
        (self.micros.rem_euclid(DAY) / (3_600 * SECOND)) as u8
    }

    /// The first instant of the day in UTC.
    #[must_use]
    pub const fn start_of(date: Date) -> Self {
        Timestamp {
            micros: date.days() as i64 * DAY,
        }
    }

    /// The last instant of the day in UTC.
    pub(crate) const fn last_of(date: Date) -> Self {
        Timestamp {
            micros: date.days() as i64 * DAY + DAY - 1,
        }
    }

    /// So much later; the last instant there is if that is too late.
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Timestamp {
            micros: self.micros.saturating_add(micros),
        }
        .min(Timestamp::MAX)
    }

    /// So much earlier; the first instant there is if that is too early.
    #[must_use]
    pub fn saturating_sub(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Timestamp {
            micros: self.micros.saturating_sub(micros),
        }
        .max(Timestamp::MIN)
    }

    /// So many seconds later, or earlier where negative, as far as there are instants.
    pub(crate) fn moved(self, seconds: i64) -> Self {
        Timestamp {
            micros: self.micros.saturating_add(seconds.saturating_mul(SECOND)),
        }
        .clamp(Timestamp::MIN, Timestamp::MAX)
    }

    /// The instant that the text names, as `literal` of a newtype needs it.
    pub(crate) const fn parse(text: &str) -> Option<Self> {
        let Some((head, rest)) = text.as_bytes().split_first_chunk::<19>() else {
            return None;
        };
        let [
            y1,
            y2,
            y3,
            y4,
            b'-',
            m1,
            m2,
            b'-',
            d1,
            d2,
            b'T' | b't',
            h1,
            h2,
            b':',
            i1,
            i2,
            b':',
            s1,
            s2,
        ] = *head
        else {
            return None;
        };
        let (Some(year), Some(month), Some(day)) = (
            date::number([y1, y2, y3, y4]),
            date::number([m1, m2]),
            date::number([d1, d2]),
        ) else {
            return None;
        };
        let (Some(hour), Some(minute), Some(second)) = (
            date::number([h1, h2]),
            date::number([i1, i2]),
            date::number([s1, s2]),
        ) else {
            return None;
        };
        let Some((fraction, offset)) = fraction(rest) else {
            return None;
        };
        let Some(offset) = offset_seconds(offset) else {
            return None;
        };
        let Some(date) = date_around(year as i32, month as u8, day as u8) else {
            return None;
        };
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let seconds = (hour * 3_600 + minute * 60 + second) as i64 - offset;
        let micros = date as i64 * DAY + seconds * SECOND + fraction;
        // a 60th second is a leap second, which only ever ends a day in UTC; it is read as the second after it
        if second == 60 && micros.rem_euclid(DAY) >= SECOND {
            return None;
        }
        if micros < Timestamp::MIN.micros || micros > Timestamp::MAX.micros {
            return None;
        }
        Some(Timestamp { micros })
    }
}

/// Days since 1970; a local date may lie outside the years that its instant in UTC lies inside, but not by its year.
const fn date_around(year: i32, month: u8, day: u8) -> Option<i32> {
    // Year 0 has its last day, whose evening west of Greenwich is the morning of the first day of year 1.
    if year == 0 && month == 12 && day == 31 {
        return Some(Date::MIN.days() - 1);
    }
    match Date::checked(year, month, day) {
        Some(date) => Some(date.days()),
        None => None,
    }
}

/// Microseconds of `.25`, and what follows; digits below the microsecond are dropped.
const fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.', rest @ ..] = text else {
        return Some((0, text));
    };
    let mut rest = rest;
    let mut micros = 0;
    let mut unit = SECOND;
    let mut any = false;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        unit /= 10;
        micros += unit * (*digit - b'0') as i64;
        any = true;
        rest = after;
    }
    if any { Some((micros, rest)) } else { None }
}

/// Seconds east of Greenwich of `Z` and `+02:00`.
const fn offset_seconds(text: &[u8]) -> Option<i64> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            match (date::number([h1, h2]), date::number([m1, m2])) {
                (Some(hours @ 0..=23), Some(minutes @ 0..=59)) => {
                    let seconds = (hours * 3_600 + minutes * 60) as i64;
                    Some(if sign == b'-' { -seconds } else { seconds })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

impl Timestamp {
    /// `2026-11-23T05:00:00Z`, with as many digits of the second as there are: none, three or six.
    pub(crate) fn to_text<T>(self, write: impl FnOnce(&[u8]) -> T) -> T {
        let of_day = self.micros.rem_euclid(DAY);
        let seconds = (of_day / SECOND) as u32;
        let [y1, y2, y3, y4, _, m1, m2, _, d1, d2] = self.date().to_text();
        let [h1, h2] = digits(seconds / 3_600);
        let [i1, i2] = digits(seconds / 60 % 60);
        let [s1, s2] = digits(seconds % 60);
        let micros = (of_day % SECOND) as u32;
        let [f1, f2, f3, f4, f5, f6] = digits(micros);
        let mut text = [
            y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2,
            b'.', f1, f2, f3, f4, f5, f6, b'Z',
        ];
        let end = match micros {
            0 => 19,
            micros if micros % 1_000 == 0 => 23,
            _ => 26,
        };
        if let Some(last) = text.get_mut(end) {
            *last = b'Z';
        }
        write(text.split_at(end + 1).0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text(|text| f.write_str(&String::from_utf8_lossy(text)))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Timestamp::parse(text).ok_or_else(|| Reason::text(EXPECTED, text).into())
    }
}

/// Microseconds since 1970, or as many as there can be.
fn micros_of(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |micros| -micros)
        }
    }
}

/// Refuses a time that is not of the years 1 to 9999; drops what is below the microsecond.
impl TryFrom<SystemTime> for Timestamp {
    type Error = Invalid;

    fn try_from(time: SystemTime) -> Result<Self, Invalid> {
        Timestamp::from_micros(micros_of(time))
    }
}

/// Refuses a time that the clock of the machine can't show: on Windows those before 1601.
impl TryFrom<Timestamp> for SystemTime {
    type Error = Invalid;

    fn try_from(at: Timestamp) -> Result<SystemTime, Invalid> {
        let distance = Duration::from_micros(at.micros.unsigned_abs());
        let time = if at.micros >= 0 {
            UNIX_EPOCH.checked_add(distance)
        } else {
            UNIX_EPOCH.checked_sub(distance)
        };
        time.ok_or_else(|| {
            let found = Found::shown(at, "another time");
            Reason::Expected {
                expected: "a time that the system's clock can show".into(),
                found,
            }
            .into()
        })
    }
}
