use eventc::{Bytes, Event};

#[derive(Event)]
#[event(name = "client.crash", partition = bucket(16, digest))]
pub struct ClientCrash {
    pub digest: Bytes,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
