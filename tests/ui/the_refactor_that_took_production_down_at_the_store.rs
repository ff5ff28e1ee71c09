//! A table is partitioned by day, and is given an event that has none.

use eventc::{Day, Event, Newtype, PartitionedBy, Uuid, key};

#[derive(Clone, Copy, PartialEq, Newtype)]
pub struct TenantId(Uuid);

#[derive(Event)]
#[event(name = "client.crash", partition = tenant)]
pub struct ClientCrash {
    pub tenant: TenantId,
    pub note: String,
}

fn insert<E: PartitionedBy<Day>>(event: &E) -> Day {
    event.partition_key()
}

fn main() {
    let crash = ClientCrash {
        tenant: key!(TenantId("018f7a3e-5f0c-7000-8000-000000000001")),
        note: "out of memory".to_owned(),
    };
    insert(&crash);
}
