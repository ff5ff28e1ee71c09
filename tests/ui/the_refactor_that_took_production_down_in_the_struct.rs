//! The time was moved from the request, which every event has, to the enrichment, which some skip.

use eventc::{Event, Key, Newtype, Record, Timestamp, Uuid};

#[derive(Clone, Copy, PartialEq, Newtype)]
pub struct TenantId(Uuid);

#[derive(Clone, PartialEq, Record)]
pub struct Request {
    pub tenant: TenantId,
}

#[derive(Clone, PartialEq, Record)]
pub struct Enrichment {
    pub plan: String,
    pub at: Key<Timestamp>,
}

#[derive(Clone, PartialEq, Event)]
#[event(name = "backend.request.success", partition = day(request.at))]
pub struct Success {
    #[event(context)]
    pub request: Request,
    pub status: u16,
}

fn main() {}
