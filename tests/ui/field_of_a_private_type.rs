use eventc::{Event, Key, Newtype, Text, Timestamp};

#[derive(Clone, PartialEq, Newtype)]
struct Secret(Text);

#[derive(Event)]
#[event(name = "client.crash", partition = day(at))]
pub struct ClientCrash {
    pub at: Key<Timestamp>,
    secret: Secret,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
