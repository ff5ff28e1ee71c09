use eventc::{Event, Stream};

#[derive(Stream)]
#[event(name = "telemetry", partition = [bucket(4, load), bucket(4, tags)])]
pub struct Telemetry {
    pub load: f64,
    pub tags: Vec<String>,
}

#[derive(Event)]
#[event(name = "client.crash")]
pub struct ClientCrash {
    #[event(header)]
    pub telemetry: Telemetry,
}

fn stored_by_day<E: eventc::PartitionedBy<eventc::Day>>(_: &E) {}

fn main() {
    // One mistake is one error: this line brings none of its own.
    let _ = stored_by_day::<ClientCrash>;
}
