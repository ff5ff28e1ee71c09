use eventc::{Event, Key, Timestamp};

#[derive(Default, Event)]
#[event(name = "client.crash", partition = day(at))]
pub struct ClientCrash {
    pub at: Key<Timestamp>,
    pub note: String,
}

fn main() {}
