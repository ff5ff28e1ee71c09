use eventc::{Event, Key, Timestamp};

pub type MaybeTime = Option<Key<Timestamp>>;

#[derive(Event)]
#[event(name = "client.crash", partition = day(at))]
pub struct ClientCrash {
    pub at: MaybeTime,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
