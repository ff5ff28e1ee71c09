use eventc::{Event, Key, Stream, Timestamp};

pub type MaybeTime = Option<Key<Timestamp>>;

#[derive(Stream)]
#[event(name = "telemetry", partition = day(at))]
pub struct Telemetry {
    pub at: MaybeTime,
}

#[derive(Event)]
#[event(name = "client.crash")]
pub struct ClientCrash {
    #[event(header)]
    pub telemetry: Telemetry,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
