//! Days and instants.

use super::{Place, Samples};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// The days of the years 1 to 9999, counted from 1970.
const DAYS: (i64, i64) = (-719_162, 2_932_896);
/// The days of the years 2000 to 2100: those that may place an event.
const KEY_DAYS: (i64, i64) = (10_957, 47_846);

impl Samples<'_> {
    /// A day; where it places the event, of the years 2000 to 2100.
    pub(super) fn date(&mut self, key: bool) -> String {
        let (first, last) = if key { KEY_DAYS } else { DAYS };
        // The first days of the calendar and of 1970, and leap days: those of centuries are no others.
        let known = [first, last, -1, 0, 11_016, 19_782, 47_541, -25_508];
        let day = self.time_of(&known, (first, last));
        date(day)
    }

    /// An instant; where it places the event, of the years 2000 to 2100, and where it is accepted around the present, near it.
    pub(super) fn timestamp(&mut self, place: Place) -> String {
        let (first, last) = if place.key { KEY_DAYS } else { DAYS };
        let (mut first, mut last) = (first * DAY, last * DAY + DAY - 1);
        if let Some((from, to)) = place.accept {
            let near = |seconds: i64| self.now.saturating_add(seconds.saturating_mul(SECOND));
            (first, last) = (first.max(near(from)), last.min(near(to)));
        }
        let known = [
            first,
            last,
            -1,
            0,
            1,
            self.now,
            951_782_400 * SECOND,
            -SECOND,
        ];
        let at = self.time_of(&known, (first, last));
        let unit = [1, 1_000, SECOND, DAY][self.random.usize(..4)];
        let cut = at - at.rem_euclid(unit);
        timestamp(if cut < first { at } else { cut })
    }

    fn time_of(&mut self, known: &[i64], (first, last): (i64, i64)) -> i64 {
        let known = known[self.random.usize(..known.len())];
        if (first..=last).contains(&known) && self.random.u8(..3) == 0 {
            return known;
        }
        self.random.i64(first..=last)
    }
}

/// `2026-11-23` of the days since 1970: Howard Hinnant, "chrono-compatible low-level date algorithms".
pub(super) fn date(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2026-11-23T05:00:00.250Z`, with none, three or six digits of the second, as the runtime writes it.
fn timestamp(micros: i64) -> String {
    let (day, of_day) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (second, micros) = (of_day / SECOND, of_day % SECOND);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let fraction = match micros {
        0 => String::new(),
        micros if micros % 1_000 == 0 => format!(".{:03}", micros / 1_000),
        micros => format!(".{micros:06}"),
    };
    format!("{}T{hour:02}:{minute:02}:{second:02}{fraction}Z", date(day))
}
