//! Events to JSON.

use crate::event::{Event, EventRef};
use crate::json::write_event;
use crate::refusal::Refusal;

/// Writes an event as JSON: one flat object, `event` first, then `version`, then the fields in their order.
///
/// # Errors
///
/// If a number in it is not finite, or if it nests deeper than readers allow.
pub fn encode<E: Event>(event: &E) -> Result<Vec<u8>, Refusal> {
    encode_event(EventRef::of(event))
}

/// Writes an event as JSON after what the buffer holds; leaves the buffer as it was if the event is refused.
///
/// # Errors
///
/// The same as those of [`encode`].
pub fn encode_into<E: Event>(event: &E, buffer: &mut Vec<u8>) -> Result<(), Refusal> {
    encode_event_into(EventRef::of(event), buffer)
}

/// Writes an event without knowing its type.
pub fn encode_event(event: EventRef<'_>) -> Result<Vec<u8>, Refusal> {
    let mut buffer = Vec::with_capacity(1024);
    encode_event_into(event, &mut buffer)?;
    Ok(buffer)
}

pub(crate) fn encode_event_into(event: EventRef<'_>, buffer: &mut Vec<u8>) -> Result<(), Refusal> {
    let before = buffer.len();
    write_event(event, buffer).inspect_err(|_| buffer.truncate(before))
}
