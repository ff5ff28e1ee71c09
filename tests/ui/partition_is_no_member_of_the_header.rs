use eventc::{Event, Key, Record};

#[derive(Clone, PartialEq, Record)]
pub struct Telemetry {
    pub region: Key<u8>,
}

#[derive(Clone, PartialEq, Event)]
#[event(name = "client.crash", partition = telemetry.regoin)]
pub struct ClientCrash {
    #[event(header)]
    pub telemetry: Telemetry,
}

fn main() {}
