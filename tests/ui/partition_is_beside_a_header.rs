use eventc::{Event, Key, Stream, Timestamp};

#[derive(Stream)]
#[event(name = "telemetry", partition = day(at))]
pub struct Telemetry {
    pub at: Key<Timestamp>,
}

#[derive(Event)]
#[event(name = "client.crash", partition = day(seen_at))]
pub struct ClientCrash {
    #[event(header)]
    pub telemetry: Telemetry,
    pub seen_at: Key<Timestamp>,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
