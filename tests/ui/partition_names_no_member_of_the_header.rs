use eventc::{Event, Key, Record, Timestamp};

#[derive(Clone, PartialEq, Record)]
pub struct Telemetry {
    pub at: Key<Timestamp>,
    pub region: Key<u8>,
}

#[derive(Clone, PartialEq, Event)]
#[event(name = "client.crash", partition = day(telemetry.att), key = telemetry.regoin)]
pub struct ClientCrash {
    #[event(header)]
    pub telemetry: Telemetry,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
