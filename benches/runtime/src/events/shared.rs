//! What the structs of both serde peers are made of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of the event, which is written and checked, as we do, at the least that serde can do it for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Name {
    #[serde(rename = "checkout.order_placed")]
    OrderPlaced,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct EventId(pub(crate) Uuid);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct TenantId(pub(crate) Uuid);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ServiceName(pub(crate) String);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    Web,
    Ios,
    Android,
    Api,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Source {
    pub(crate) service: ServiceName,
    pub(crate) host: String,
    pub(crate) attempts: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) queued_at: Option<Timestamp>,
}
