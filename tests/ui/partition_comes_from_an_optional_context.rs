use eventc::{Event, Key, Record, Timestamp};

#[derive(Record)]
pub struct Viewer {
    pub seen_at: Key<Timestamp>,
}

#[derive(Event)]
#[event(name = "client.crash", partition = day(viewer.seen_at))]
pub struct ClientCrash {
    #[event(context)]
    pub viewer: Option<Viewer>,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
