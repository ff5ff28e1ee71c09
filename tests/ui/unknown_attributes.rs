use eventc::{Event, Key, Timestamp};

#[derive(Event)]
#[event(name = "client.crash", partiton = day(at), nmae = "x", colour = "red")]
pub struct ClientCrash {
    #[event(wrie = "At")]
    pub at: Key<Timestamp>,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
