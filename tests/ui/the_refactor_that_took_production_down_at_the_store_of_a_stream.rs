//! A table is partitioned by day, and is given an event of a stream that has none.

use eventc::{Day, Event, Newtype, PartitionedBy, Stream, Uuid, key};

#[derive(Clone, Copy, PartialEq, Newtype)]
pub struct TenantId(Uuid);

#[derive(Stream)]
#[event(name = "telemetry", partition = tenant)]
pub struct Telemetry {
    pub tenant: TenantId,
}

#[derive(Event)]
#[event(name = "client.crash")]
pub struct ClientCrash {
    #[event(header(tenant))]
    pub telemetry: Telemetry,
    pub note: String,
}

fn insert<E: PartitionedBy<Day>>(event: &E) -> Day {
    event.partition_key()
}

fn main() {
    let crash = ClientCrash {
        telemetry: Telemetry {
            tenant: key!(TenantId("018f7a3e-5f0c-7000-8000-000000000001")),
        },
        note: "out of memory".to_owned(),
    };
    insert(&crash);
}
