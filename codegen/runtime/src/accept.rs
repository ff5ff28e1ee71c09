//! How far a time may be from now.

use crate::event::Event;
use crate::reason::{Found, Reason};
use crate::record::RecordRef;
use crate::refusal::Refusal;
use crate::table::{Field, Role};
use crate::timestamp::Timestamp;
use crate::value::ValueRef;

/// Whether every time of the event is as near to `now` as its field's `accept` asks for.
///
/// Reading an event does not ask: what is stored stays readable when it gets old.
///
/// # Errors
///
/// If a time is too far from `now`.
pub fn accepts<E: Event>(event: &E, now: Timestamp) -> Result<(), Refusal> {
    members(RecordRef::of(event), now)
}

fn members(record: RecordRef<'_>, now: Timestamp) -> Result<(), Refusal> {
    record
        .fields()
        .try_for_each(|(field, value)| match (field.role, value) {
            (Role::Flat, ValueRef::Record(record)) => members(record, now),
            (_, value) => window(field, value, now)
                .and_then(|()| inside(value, now))
                .map_err(|refusal| field.refused(refusal)),
        })
}

/// The records that a value holds have times, too.
fn inside(value: ValueRef<'_>, now: Timestamp) -> Result<(), Refusal> {
    match value {
        ValueRef::Record(record) => members(record, now),
        ValueRef::List(list) => (0..list.len()).try_for_each(|index| {
            inside(list.item(index), now).map_err(|refusal| refusal.at(index))
        }),
        ValueRef::Map(map) => map.each(&mut |key, value| {
            inside(value, now).map_err(|refusal| refusal.under(key, map.sensitive_keys()))
        }),
        ValueRef::Tagged(tagged) => {
            inside(tagged.value.value(), now).map_err(|refusal| match tagged.variant.tag {
                Some(_) => refusal,
                None => refusal.within(tagged.variant.wire),
            })
        }
        ValueRef::Sensitive(value) => inside(value.value(), now).map_err(Refusal::hidden),
        _ => Ok(()),
    }
}

/// Refuses a time outside the field's window; of a date, any instant of the day may be inside.
fn window(field: &Field, value: ValueRef<'_>, now: Timestamp) -> Result<(), Refusal> {
    let Some((from, to)) = field.accept else {
        return Ok(());
    };
    let (first, last) = match value {
        ValueRef::Timestamp(at) => (at, at),
        ValueRef::Date(date) => (Timestamp::start_of(date), Timestamp::last_of(date)),
        ValueRef::Sensitive(value) => {
            return window(field, value.value(), now).map_err(Refusal::hidden);
        }
        _ => return Ok(()),
    };
    let (earliest, latest) = (now.moved(from), now.moved(to));
    if earliest <= last && first <= latest {
        return Ok(());
    }
    let found = match value {
        ValueRef::Date(date) => Found::shown(date, "another date"),
        _ => Found::shown(first, "another time"),
    };
    let expected = format!("a time from {earliest} to {latest}");
    Err(Reason::Expected {
        expected: expected.into(),
        found,
    }
    .into())
}
