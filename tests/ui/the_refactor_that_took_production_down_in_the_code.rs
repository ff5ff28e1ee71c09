//! The line that sets the time was moved from the middleware to the enrichment.

use eventc::{Key, Newtype, Record, Timestamp, Uuid, key};

#[derive(Clone, Copy, PartialEq, Newtype)]
pub struct TenantId(Uuid);

#[derive(Record)]
pub struct Request {
    pub at: Key<Timestamp>,
    pub tenant: TenantId,
}

#[derive(Record)]
pub struct Enrichment {
    pub plan: String,
}

fn middleware(tenant: TenantId) -> Request {
    Request { tenant }
}

fn enrich(_: &Request) -> Enrichment {
    Enrichment {
        plan: "pro".to_owned(),
        at: Key::now(),
    }
}

fn main() {
    enrich(&middleware(key!(TenantId(
        "018f7a3e-5f0c-7000-8000-000000000001"
    ))));
}
