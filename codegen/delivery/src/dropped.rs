//! Events that are not accepted.

use std::error::Error;
use std::fmt;

use eventc::Refusal;

/// Why an event was not accepted. It is counted under the event's name in [`Health::events`](crate::Health::events).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dropped {
    /// The memory is full: the disk has not taken what came before. What is older stays.
    Full,
    /// The event has more bytes than an event may have: 1 MiB as JSON, or an eighth of the memory, if that is less.
    TooLarge,
    /// The event cannot be written as JSON: a number in it is not finite, or it nests too deep.
    Refused(Refusal),
    /// So many threads emitted at once, or were stopped in the middle of it, that there was no way into the memory.
    Busy,
    /// The emitter was shut down.
    Closed,
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the event was dropped: ")?;
        match self {
            Dropped::Full => f.write_str(
                "the memory for events is full, as the spool's disk does not take them; see `last_error` of the log's health",
            ),
            Dropped::TooLarge => f.write_str("it is larger than an event may be"),
            Dropped::Refused(refusal) => write!(f, "it can't be written as JSON: {refusal}"),
            Dropped::Busy => f.write_str("too many threads emit at once"),
            Dropped::Closed => f.write_str("the emitter was shut down before it"),
        }
    }
}

impl Error for Dropped {}
