//! Whether two records are equal, value by value.

use crate::event::EventRef;
use crate::record::{Record, RecordRef};
use crate::value::ValueRef;

/// Whether the records are equal; like all numbers that are none, two of them in the same field are not.
pub fn equal<T: Record>(left: &T, right: &T) -> bool {
    equal_records(RecordRef::of(left), RecordRef::of(right))
}

/// Whether the events are equal: the same event, with the same fields.
pub fn equal_events(left: EventRef<'_>, right: EventRef<'_>) -> bool {
    left.name() == right.name() && equal_records(left.record(), right.record())
}

fn equal_records(left: RecordRef<'_>, right: RecordRef<'_>) -> bool {
    let (fields, others) = (left.table().fields, right.table().fields);
    fields.len() == others.len()
        && (0..fields.len()).all(|index| equal_values(left.get(index), right.get(index)))
}

fn equal_values(left: ValueRef<'_>, right: ValueRef<'_>) -> bool {
    match (left, right) {
        (ValueRef::Absent, ValueRef::Absent) => true,
        (ValueRef::Bool(left), ValueRef::Bool(right)) => left == right,
        (ValueRef::I64(left), ValueRef::I64(right)) => left == right,
        (ValueRef::U64(left), ValueRef::U64(right)) => left == right,
        (ValueRef::F32(left), ValueRef::F32(right)) => left == right,
        (ValueRef::F64(left), ValueRef::F64(right)) => left == right,
        (ValueRef::Str(left), ValueRef::Str(right)) => left == right,
        (ValueRef::Bytes(left), ValueRef::Bytes(right)) => left == right,
        (ValueRef::Decimal(left), ValueRef::Decimal(right)) => left == right,
        (ValueRef::Uuid(left), ValueRef::Uuid(right)) => left == right,
        (ValueRef::Date(left), ValueRef::Date(right)) => left == right,
        (ValueRef::Timestamp(left), ValueRef::Timestamp(right)) => left == right,
        (ValueRef::Ip(left), ValueRef::Ip(right)) => left == right,
        (ValueRef::Json(left), ValueRef::Json(right)) => left == right,
        (ValueRef::List(left), ValueRef::List(right)) => {
            left.len() == right.len()
                && (0..left.len()).all(|index| equal_values(left.item(index), right.item(index)))
        }
        (ValueRef::Map(left), ValueRef::Map(right)) => {
            let (left, right) = (left.entries(), right.entries());
            left.len() == right.len()
                && left
                    .iter()
                    .zip(&right)
                    .all(|(left, right)| left.0 == right.0 && equal_values(left.1, right.1))
        }
        (ValueRef::Record(left), ValueRef::Record(right)) => equal_records(left, right),
        (ValueRef::Tagged(left), ValueRef::Tagged(right)) => {
            left.variant == right.variant && equal_values(left.value.value(), right.value.value())
        }
        (ValueRef::Sensitive(left), ValueRef::Sensitive(right)) => {
            equal_values(left.value(), right.value())
        }
        _ => false,
    }
}
