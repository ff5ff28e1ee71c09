//! Values that place an event.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use crate::Uuid;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::invalid::Invalid;
use crate::node::Node;
use crate::reason::{Found, Reason};
use crate::refusal::Refusal;
use crate::timestamp::Timestamp;
use crate::value::{Value, ValueRef};

/// A value that places an event: in its partition, in its order, or by its identity.
///
/// It is never a value that stands for nothing: a `Key<Uuid>` is not the nil uuid, and a `Key<Timestamp>` or `Key<Date>`
/// is of the years 2000 to 2100. It has no `Default`.
///
/// ```
/// use eventc::{Key, Timestamp};
///
/// let at: Key<Timestamp> = "2026-11-23T05:00:00Z".parse()?;
/// assert!("1970-01-01T00:00:00Z".parse::<Key<Timestamp>>().is_err());
/// # Ok::<(), eventc::Invalid>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key<T>(T);

/// A type of value that may stand in a [`Key`].
#[diagnostic::on_unimplemented(
    message = "`Key<{Self}>` places no event",
    label = "can't stand in a `Key`",
    note = "a `Key` holds a timestamp, date, uuid, integer, boolean, decimal or address; make a newtype of anything else"
)]
pub trait Keyed: Value + Copy {
    /// Refuses a value that stands for nothing.
    ///
    /// # Errors
    ///
    /// If it is such a value.
    fn check_key(&self) -> Result<(), Invalid>;
}

impl<T: Keyed> Key<T> {
    /// Takes the value as a key.
    ///
    /// # Errors
    ///
    /// If it stands for nothing: the nil uuid, a time that is not of the years 2000 to 2100.
    pub fn new(value: T) -> Result<Self, Invalid> {
        value.check_key()?;
        Ok(Key(value))
    }
}

impl<T: Copy> Key<T> {
    /// The value.
    #[must_use]
    pub const fn get(&self) -> T {
        self.0
    }
}

impl<T> Key<T> {
    pub(crate) const fn inner(&self) -> &T {
        &self.0
    }
}

/// The first day that a key may be of.
pub(crate) const FIRST: Date = Date::within(10_957);
/// The last day that a key may be of.
pub(crate) const LAST: Date = Date::within(47_846);
const LAST_INSTANT: Timestamp = Timestamp::last_of(LAST);

impl Key<Timestamp> {
    /// The present, by the clock of the machine; the nearest instant of the years 2000 to 2100 if the clock is off.
    #[must_use]
    pub fn now() -> Self {
        Key(Timestamp::now().clamp(Timestamp::start_of(FIRST), LAST_INSTANT))
    }
}

impl Key<Date> {
    /// The present day in UTC, by the clock of the machine; the nearest day of the years 2000 to 2100 if the clock is off.
    #[must_use]
    pub fn today() -> Self {
        Key(Timestamp::now().date().clamp(FIRST, LAST))
    }
}

impl Key<Uuid> {
    /// A new uuid of version 7: later ones are greater.
    #[must_use]
    pub fn now_v7() -> Self {
        Key(Uuid::now_v7())
    }
}

impl Keyed for Timestamp {
    fn check_key(&self) -> Result<(), Invalid> {
        if Timestamp::start_of(FIRST) <= *self && *self <= LAST_INSTANT {
            return Ok(());
        }
        Err(Reason::Expected {
            expected: "a time of the years 2000 to 2100".into(),
            found: Found::shown(self, "another time"),
        }
        .into())
    }
}

impl Keyed for Date {
    fn check_key(&self) -> Result<(), Invalid> {
        if FIRST <= *self && *self <= LAST {
            return Ok(());
        }
        Err(Reason::Expected {
            expected: "a date of the years 2000 to 2100".into(),
            found: Found::shown(self, "another date"),
        }
        .into())
    }
}

impl Keyed for Uuid {
    fn check_key(&self) -> Result<(), Invalid> {
        if self.is_nil() {
            return Err(Reason::Expected {
                expected: "a uuid".into(),
                found: Found::Kind("the nil uuid".into()),
            }
            .into());
        }
        Ok(())
    }
}

impl TryFrom<Timestamp> for Key<Timestamp> {
    type Error = Invalid;

    fn try_from(value: Timestamp) -> Result<Self, Invalid> {
        Key::new(value)
    }
}

impl TryFrom<Date> for Key<Date> {
    type Error = Invalid;

    fn try_from(value: Date) -> Result<Self, Invalid> {
        Key::new(value)
    }
}

impl TryFrom<Uuid> for Key<Uuid> {
    type Error = Invalid;

    fn try_from(value: Uuid) -> Result<Self, Invalid> {
        Key::new(value)
    }
}

macro_rules! any_value {
    ($($type:ty),*) => {$(
        impl Keyed for $type {
            fn check_key(&self) -> Result<(), Invalid> {
                Ok(())
            }
        }

        impl From<$type> for Key<$type> {
            fn from(value: $type) -> Self {
                Key(value)
            }
        }
    )*};
}

any_value!(bool, i8, i16, i32, i64, u8, u16, u32, u64, Decimal, IpAddr);

impl<T: Keyed> Value for Key<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn get(&self) -> ValueRef<'_> {
        self.0.get()
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        Ok(Key::new(T::read(node)?)?)
    }
}

impl<T: fmt::Display> fmt::Display for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Keyed + FromStr> FromStr for Key<T> {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let value = text
            .parse::<T>()
            .map_err(|_| Reason::text(T::EXPECTED, text))?;
        Key::new(value)
    }
}
