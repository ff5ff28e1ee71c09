use eventc::{Event, Timestamp, Uuid};

#[derive(Event)]
#[event(name = "client.crash", partition = [day(at), bucket(16, session)])]
pub struct ClientCrash {
    pub at: Timestamp,
    pub session: Uuid,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
