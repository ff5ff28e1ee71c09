use eventc::{Event, Key, Timestamp};

#[derive(Event)]
#[event(name = "client.crash", partition = day(at), id = order)]
pub struct ClientCrash {
    pub at: Key<Timestamp>,
    pub order: String,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
