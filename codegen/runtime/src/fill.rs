//! Values that an event is given when it is made.

use crate::Uuid;
use crate::date::Date;
use crate::key::Key;
use crate::timestamp::Timestamp;

/// A type whose next value is made where it is needed: the present time, a new uuid.
#[diagnostic::on_unimplemented(
    message = "no `{Self}` can be filled in",
    label = "a value must be given",
    note = "`#[event(fill)]` is for uuids, times and newtypes of them"
)]
pub trait Fill: Sized {
    /// The next value.
    #[must_use]
    fn fill() -> Self;
}

/// A new uuid of version 7: later ones are greater.
impl Fill for Uuid {
    fn fill() -> Self {
        Uuid::now_v7()
    }
}

/// The present.
impl Fill for Timestamp {
    fn fill() -> Self {
        Timestamp::now()
    }
}

/// The present day in UTC.
impl Fill for Date {
    fn fill() -> Self {
        Timestamp::now().date()
    }
}

/// A new uuid of version 7: later ones are greater.
impl Fill for Key<Uuid> {
    fn fill() -> Self {
        Key::now_v7()
    }
}

/// The present.
impl Fill for Key<Timestamp> {
    fn fill() -> Self {
        Key::now()
    }
}

/// The present day in UTC.
impl Fill for Key<Date> {
    fn fill() -> Self {
        Key::today()
    }
}
