use eventc::{Event, Key, Record, Timestamp};

/// Of this service alone: it has no shape on the wire.
#[derive(Clone, PartialEq)]
pub struct Connection;

#[derive(Record)]
pub struct Upstream {
    pub connection: Connection,
}

#[derive(Event)]
#[event(name = "client.crash", partition = day(at))]
pub struct ClientCrash {
    pub at: Key<Timestamp>,
    pub connection: Option<Connection>,
    pub connections: Vec<Connection>,
}

fn main() {}
