use eventc::{Enum, Event, Key, Record, Timestamp};

#[derive(Clone, Record)]
pub struct Place {
    pub line: u32,
}

#[derive(Copy, Clone, PartialEq, Eq, Enum)]
pub enum Cause {
    Memory,
}

#[derive(Debug, Event)]
#[event(name = "client.crash", partition = day(at))]
pub struct ClientCrash {
    pub at: Key<Timestamp>,
    pub cause: Cause,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
