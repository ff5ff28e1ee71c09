//! A struct with serde's derives and the fields of the header in it: what all ratios are to.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::shared::{Channel, EventId, Name, Source, TenantId};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OrderPlaced {
    pub(crate) event: Name,
    pub(crate) version: u32,
    pub(crate) event_id: EventId,
    pub(crate) occurred_at: Timestamp,
    pub(crate) tenant_id: TenantId,
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

/// Made anew out of the same parts.
#[inline(never)]
pub(crate) fn by_literal(given: &OrderPlaced) -> OrderPlaced {
    OrderPlaced {
        event: Name::OrderPlaced,
        version: 1,
        event_id: given.event_id,
        occurred_at: given.occurred_at,
        tenant_id: given.tenant_id,
        order_number: given.order_number.clone(),
        coupon: given.coupon.clone(),
        referrer: None,
        total: 12_995,
        discount: 0.125,
        gift: false,
        cart_id: given.cart_id,
        paid_at: given.paid_at,
        channel: Channel::Web,
        labels: given.labels.clone(),
        source: given.source.clone(),
        attributes: given.attributes.clone(),
    }
}
