//! Partitions: where an event is stored.

use std::fmt::{self, Display};

use crate::date::Date;
use crate::enumeration::Enum;
use crate::event::Event;
use crate::key::{Key, Keyed};
use crate::percent;
use crate::timestamp::Timestamp;
use crate::value::{Value, ValueRef};

/// A type whose values place an event as they are: there is no value of it that stands for nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't place an event",
    label = "not a key",
    note = "a key is an enum, a newtype without an empty value, or a scalar inside `Key<…>`; never optional",
    note = "a newtype of `Text` is a key if it can't be empty: `#[event(length(1, _))]`"
)]
pub trait PartitionKey: Value + Display {}

#[diagnostic::do_not_recommend]
impl<T: Keyed + Display> PartitionKey for Key<T> {}

#[diagnostic::do_not_recommend]
impl<T: Enum + Display> PartitionKey for T {}

/// A type whose values are of a day: what `day`, `month` and `year` take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be partitioned by day, month or year",
    label = "not a time that places an event",
    note = "`day`, `month` and `year` take a `Key<Timestamp>`, a `Key<Date>`, or a newtype that says `#[event(key)]`"
)]
pub trait TimeKey {
    /// The day it is of, in UTC.
    fn date(&self) -> Date;
}

/// A type whose values are instants: what `hour` takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be partitioned by hour",
    label = "not an instant that places an event",
    note = "`hour` takes a `Key<Timestamp>` or a newtype of `Timestamp` that says `#[event(key)]`"
)]
pub trait HourKey: TimeKey {
    /// The instant.
    fn timestamp(&self) -> Timestamp;
}

#[diagnostic::do_not_recommend]
impl TimeKey for Key<Timestamp> {
    fn date(&self) -> Date {
        self.get().date()
    }
}

#[diagnostic::do_not_recommend]
impl HourKey for Key<Timestamp> {
    fn timestamp(&self) -> Timestamp {
        self.get()
    }
}

#[diagnostic::do_not_recommend]
impl TimeKey for Key<Date> {
    fn date(&self) -> Date {
        self.get()
    }
}

/// An hour in UTC: `2026-11-23T05`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour {
    day: Day,
    hour: u8,
}

/// A day in UTC: `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A month in UTC: `2026-11`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: Year,
    month: u8,
}

/// A year in UTC: `2026`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(i32);

impl Hour {
    /// The hour of the instant.
    pub fn of<T: HourKey>(time: &T) -> Self {
        let at = time.timestamp();
        Hour {
            day: Day(at.date()),
            hour: at.hour(),
        }
    }

    /// The day it is in.
    #[must_use]
    pub fn day(self) -> Day {
        self.day
    }

    /// The hour of the day, 0 to 23.
    #[must_use]
    pub fn hour(self) -> u8 {
        self.hour
    }
}

impl Day {
    /// The day of the time.
    pub fn of<T: TimeKey>(time: &T) -> Self {
        Day(time.date())
    }

    /// The same as a date.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }
}

impl Month {
    /// The month of the time.
    pub fn of<T: TimeKey>(time: &T) -> Self {
        Month {
            year: Year::of(time),
            month: time.date().month(),
        }
    }

    /// The year it is in.
    #[must_use]
    pub fn year(self) -> Year {
        self.year
    }

    /// The month of the year, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }
}

impl Year {
    /// The year of the time.
    pub fn of<T: TimeKey>(time: &T) -> Self {
        Year(time.date().year())
    }

    /// The year as a number.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0
    }
}

impl Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}", self.day, self.hour)
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, self.month)
    }
}

impl Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

macro_rules! debug_as_display {
    ($($type:ty),*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Display::fmt(self, f)
            }
        }
    )*};
}

debug_as_display!(Hour, Day, Month, Year);

/// The folder of an event's partition, as Hive and its readers write it: `day=2026-11-23/region=eu`.
///
/// Empty for an event without a partition. What is not an ASCII letter, a digit, `-`, `_` or `.` in a
/// value is percent-encoded, so that no value reaches another folder.
#[must_use]
pub fn partition_path<E: Event>(event: &E) -> String {
    let mut path = String::new();
    partition_path_into(event, &mut path);
    path
}

/// Writes the folder of an event's partition, as [`partition_path`] gives it, after what the text holds.
///
/// A text that is used again, and is long enough, makes it cost no allocation.
pub fn partition_path_into<E: Event>(event: &E, path: &mut String) {
    let before = path.len();
    event.partition_segments(&mut |name, value| {
        path.push_str(if path.len() == before { "" } else { "/" });
        path.push_str(name);
        path.push('=');
        percent::shown(value, path);
    });
}

/// What places the events of a stream: its header, or an event that is a stream of its own. Derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` places no event",
    label = "not the header of a stream",
    note = "derive `eventc::Stream` for the header, and say there what its events are partitioned by",
    note = "an event that is a stream of its own says `#[event(partition = …)]` itself"
)]
pub trait Stream {
    /// The name of the stream.
    const NAME_OF_STREAM: &'static str;

    /// Where an event of it is stored: a key, a tuple of them, or `()`.
    type Partition;

    /// Where the event with this header is stored.
    fn partition_of(&self) -> Self::Partition;

    /// Names each part of the partition and shows its value.
    fn segments_of(&self, each: &mut dyn FnMut(&'static str, &dyn Display));

    /// Events of the same key stay in order.
    fn key_of(&self) -> Option<ValueRef<'_>> {
        None
    }

    /// Two events of the same id are one event.
    fn id_of(&self) -> Option<ValueRef<'_>> {
        None
    }
}

/// A [`Stream`] whose partition has a `K` in it. Derived.
pub trait StreamBy<K>: Stream {
    /// The part of the partition that is a `K`.
    fn part_of(&self) -> K;
}

/// An event whose partition has a `K` in it: what a store that is partitioned by `K` asks for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `{K}` to partition by",
    label = "has no `{K}`",
    note = "this store is partitioned by `{K}`: an event without it has no place there",
    note = "add it to the partition of the event's stream in the schema"
)]
pub trait PartitionedBy<K>: Event {
    /// The part of the partition that the store asks for.
    fn partition_key(&self) -> K;
}

#[diagnostic::do_not_recommend]
impl<E: Event<Stream: StreamBy<K>>, K> PartitionedBy<K> for E {
    fn partition_key(&self) -> K {
        self.stream().part_of()
    }
}
