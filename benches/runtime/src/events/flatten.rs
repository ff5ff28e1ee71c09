//! A struct with serde's derives and a header that is `#[serde(flatten)]`, as ours is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::shared::{Channel, EventId, Name, Source, TenantId};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Telemetry {
    pub(crate) event_id: EventId,
    pub(crate) occurred_at: Timestamp,
    pub(crate) tenant_id: TenantId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OrderPlaced {
    pub(crate) event: Name,
    pub(crate) version: u32,
    #[serde(flatten)]
    pub(crate) telemetry: Telemetry,
    pub(crate) order_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) coupon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) referrer: Option<String>,
    pub(crate) total: i64,
    pub(crate) discount: f64,
    pub(crate) gift: bool,
    pub(crate) cart_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) paid_at: Option<Timestamp>,
    pub(crate) channel: Channel,
    pub(crate) labels: Vec<String>,
    pub(crate) source: Source,
    pub(crate) attributes: BTreeMap<String, String>,
}

/// A header as a service fills it.
pub(crate) fn filled(tenant_id: TenantId) -> Telemetry {
    Telemetry {
        event_id: EventId(Uuid::now_v7()),
        occurred_at: Timestamp::now(),
        tenant_id,
    }
}
