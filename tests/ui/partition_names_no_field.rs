use eventc::{Event, Key, Timestamp};

#[derive(Event)]
#[event(name = "client.crash", partition = day(occured_at))]
pub struct ClientCrash {
    pub note: String,
    pub occurred_at: Key<Timestamp>,
    pub seen_at: Key<Timestamp>,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
