use eventc::{Event, Key, Timestamp};

#[derive(Event)]
#[event(name = "client.crash", version = 2, partition = day(at))]
pub struct ClientCrash {
    #[event(backfill = "\"2026-01-01T00:00:00Z\"")]
    pub at: Key<Timestamp>,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
