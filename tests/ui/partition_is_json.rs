use eventc::{Event, Json};

#[derive(Event)]
#[event(name = "client.crash", partition = payload)]
pub struct ClientCrash {
    pub payload: Json,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
