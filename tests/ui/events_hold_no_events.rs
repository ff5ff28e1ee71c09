use eventc::{Event, Events, Key, Record, Timestamp};

#[derive(Event)]
#[event(name = "client.crash", partition = day(at))]
pub struct ClientCrash {
    pub at: Key<Timestamp>,
}

#[derive(Record)]
pub struct Place {
    pub line: u32,
}

#[derive(Events)]
pub enum Clients {
    Crash(ClientCrash),
    Place(Place),
}

#[derive(Events)]
pub enum Catalog {
    #[event(stream)]
    Crash(ClientCrash),
}

#[derive(Events)]
pub enum Others {
    Clients(Clients),
}

fn main() {}
