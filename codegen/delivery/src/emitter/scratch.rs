//! Where an event becomes bytes: buffers of the thread, used again.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use eventc::{Event, Refusal, Timestamp, encode_into};

use crate::batch::write_head;
use crate::dropped::Dropped;

/// Buffers that have grown beyond this are not kept: one event in a thousand may be large, and threads are many.
const KEPT: usize = 64 * 1024;

#[derive(Default)]
struct Scratch {
    head: String,
    json: Vec<u8>,
}

/// Writes an event, and hands over what stands before its JSON, and the JSON.
pub(crate) fn with_encoded<E: Event, T>(
    event: &E,
    now: impl FnOnce() -> Timestamp,
    take: impl FnOnce(&[u8], &[u8]) -> Result<T, Dropped>,
) -> Result<T, Dropped> {
    thread_local! {
        static SCRATCH: Cell<Scratch> = Cell::default();
    }
    // a thread that is ending has none any more, and one that emits while it emits finds none: both are served by new ones
    let mut scratch = SCRATCH.try_with(Cell::take).unwrap_or_default();
    scratch.head.clear();
    scratch.json.clear();
    // what the derives write does not panic, but a field may be shown by a function that somebody wrote
    let caught = catch_unwind(AssertUnwindSafe(|| {
        encode_into(event, &mut scratch.json).map_err(Dropped::Refused)?;
        write_head(event, now(), &mut scratch.head);
        take(scratch.head.as_bytes(), &scratch.json)
    }));
    if scratch.json.capacity() <= KEPT {
        let _ = SCRATCH.try_with(|kept| kept.set(scratch));
    }
    caught.unwrap_or_else(|_| {
        let says = "it panicked while it was written";
        Err(Dropped::Refused(Refusal::new(says)))
    })
}
