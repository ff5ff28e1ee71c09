use eventc::{Event, Key, Newtype, Stream, Timestamp, Uuid, event};

#[derive(Clone, Copy, PartialEq, Newtype)]
pub struct TenantId(Uuid);

#[derive(Stream)]
#[event(name = "telemetry", partition = day(occurred_at), key = tenant_id)]
pub struct Telemetry {
    /// When it happened.
    ///
    /// `schema/catalog.yaml:20`
    pub occurred_at: Key<Timestamp>,
    pub tenant_id: TenantId,
}

#[derive(Event)]
#[event(name = "backend.request.success")]
pub struct Success {
    /// What every event of this stream carries.
    ///
    /// `schema/catalog.yaml:17`
    #[event(header(occurred_at))]
    pub telemetry: Telemetry,
    /// Status that was sent.
    ///
    /// `schema/backend/request.yaml:15`
    pub status: u16,
    /// How long it took, in ms. Without the time in the queue.
    ///
    /// `schema/backend/request.yaml:16`
    pub duration: u32,
    pub note: Option<String>,
}

fn main() {
    let _ = event!(Success);
    let _ = event!();
    let _ = event!(Success { duration: });
}
