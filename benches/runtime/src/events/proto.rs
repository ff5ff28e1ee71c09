//! The same in Protocol Buffers, another format: as prost would generate it, with uuids as their 16 bytes, which nothing checks.

use std::collections::BTreeMap;

use prost_types::Timestamp;

use super::flat;

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Telemetry {
    #[prost(bytes = "vec", tag = "1")]
    pub(crate) event_id: Vec<u8>,
    #[prost(message, optional, tag = "2")]
    pub(crate) occurred_at: Option<Timestamp>,
    #[prost(bytes = "vec", tag = "3")]
    pub(crate) tenant_id: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Source {
    #[prost(string, tag = "1")]
    pub(crate) service: String,
    #[prost(string, tag = "2")]
    pub(crate) host: String,
    #[prost(uint32, tag = "3")]
    pub(crate) attempts: u32,
    #[prost(message, optional, tag = "4")]
    pub(crate) queued_at: Option<Timestamp>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct OrderPlaced {
    #[prost(string, tag = "1")]
    pub(crate) event: String,
    #[prost(uint32, tag = "2")]
    pub(crate) version: u32,
    #[prost(message, optional, tag = "3")]
    pub(crate) telemetry: Option<Telemetry>,
    #[prost(string, tag = "4")]
    pub(crate) order_number: String,
    #[prost(string, optional, tag = "5")]
    pub(crate) coupon: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub(crate) referrer: Option<String>,
    #[prost(int64, tag = "7")]
    pub(crate) total: i64,
    #[prost(double, tag = "8")]
    pub(crate) discount: f64,
    #[prost(bool, tag = "9")]
    pub(crate) gift: bool,
    #[prost(bytes = "vec", tag = "10")]
    pub(crate) cart_id: Vec<u8>,
    #[prost(message, optional, tag = "11")]
    pub(crate) paid_at: Option<Timestamp>,
    #[prost(int32, tag = "12")]
    pub(crate) channel: i32,
    #[prost(string, repeated, tag = "13")]
    pub(crate) labels: Vec<String>,
    #[prost(message, optional, tag = "14")]
    pub(crate) source: Option<Source>,
    #[prost(btree_map = "string, string", tag = "15")]
    pub(crate) attributes: BTreeMap<String, String>,
}

impl From<flat::OrderPlaced> for OrderPlaced {
    fn from(flat: flat::OrderPlaced) -> Self {
        let timestamp = |at: jiff::Timestamp| Timestamp {
            seconds: at.as_second(),
            nanos: at.subsec_nanosecond(),
        };
        Self {
            event: "checkout.order_placed".to_owned(),
            version: flat.version,
            telemetry: Some(Telemetry {
                event_id: flat.event_id.0.as_bytes().to_vec(),
                occurred_at: Some(timestamp(flat.occurred_at)),
                tenant_id: flat.tenant_id.0.as_bytes().to_vec(),
            }),
            order_number: flat.order_number,
            coupon: flat.coupon,
            referrer: flat.referrer,
            total: flat.total,
            discount: flat.discount,
            gift: flat.gift,
            cart_id: flat.cart_id.as_bytes().to_vec(),
            paid_at: flat.paid_at.map(timestamp),
            channel: flat.channel as i32 + 1,
            labels: flat.labels,
            source: Some(Source {
                service: flat.source.service.0,
                host: flat.source.host,
                attempts: flat.source.attempts.into(),
                queued_at: flat.source.queued_at.map(timestamp),
            }),
            attributes: flat.attributes,
        }
    }
}
