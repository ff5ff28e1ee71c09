//! Days, in UTC.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::failure::Failure;

/// A day, as it is given on the command line and found in stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(Date);

/// A range of days, both ends within.
pub(super) struct Days {
    pub(super) first: Day,
    pub(super) last: Day,
}

impl Day {
    /// The day of a text that begins with it, as dates and timestamps in UTC do.
    pub(super) fn of(text: &str) -> Option<Self> {
        text.get(..10)?.parse().ok().map(Day)
    }

    #[cfg(feature = "postgres")]
    pub(super) fn next(self) -> Self {
        Day(self.0.saturating_add(1.day()))
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let today = jiff::Timestamp::now().to_zoned(TimeZone::UTC).date();
        let ago = match text {
            "today" => Some(0),
            "yesterday" => Some(1),
            _ => text
                .strip_suffix('d')
                .and_then(|days| days.parse::<i32>().ok()),
        };
        match ago {
            Some(days) if days >= 0 => Ok(Day(today.saturating_sub(days.days()))),
            Some(_) => Err("a day that is to come has no events".to_owned()),
            None => text.parse().map(Day).map_err(|_| {
                "a day is a date like `2026-11-23`, `today`, `yesterday`, or so many days ago as `7d`".to_owned()
            }),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Days {
    pub(super) fn new(first: Day, last: Day) -> Result<Self, Failure> {
        if first > last {
            return Err(Failure::usage(
                format!("there is no day from {first} to {last}"),
                "`--from` is the earlier one",
            ));
        }
        Ok(Days { first, last })
    }

    pub(super) fn contains(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}
