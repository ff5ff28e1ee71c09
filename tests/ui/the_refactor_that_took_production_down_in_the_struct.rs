//! The time was moved from the header, which every event has, to the enrichment, which some skip.

use eventc::{Event, Key, Newtype, Record, Stream, Timestamp, Uuid};

#[derive(Clone, Copy, PartialEq, Newtype)]
pub struct TenantId(Uuid);

#[derive(Stream)]
#[event(name = "requests", partition = day(at))]
pub struct Request {
    pub tenant: TenantId,
}

#[derive(Record)]
pub struct Enrichment {
    pub plan: String,
    pub at: Key<Timestamp>,
}

#[derive(Event)]
#[event(name = "backend.request.success")]
pub struct Success {
    #[event(header(at))]
    pub request: Request,
    pub status: u16,
}

fn main() {}
