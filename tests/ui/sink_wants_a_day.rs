use eventc::{Day, Event, event};
use eventc_delivery::{By, Emitter};

#[derive(Event)]
#[event(name = "client.crash", partition = none)]
pub struct ClientCrash {
    pub message: String,
}

fn report(events: &Emitter<By<Day>>) {
    events.emit(event!(ClientCrash { message: "out of memory".to_owned() }));
}

fn main() {}
