//! Ours, and the one value of it that is measured.

use std::collections::BTreeMap;

use eventc::{Key, Refusal, Timestamp, Uuid};

#[allow(clippy::all, missing_docs, unreachable_pub, unused)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

pub(crate) use generated::checkout::{OrderPlaced, OrderPlacedChannel};
pub(crate) use generated::{Source, Telemetry};

/// What a service has in its hands where it makes the event.
pub(crate) struct Given {
    pub(crate) telemetry: Telemetry,
    order_number: String,
    coupon: Option<String>,
    paid_at: Timestamp,
    cart_id: Uuid,
    labels: Vec<String>,
    source: Source,
    attributes: BTreeMap<String, String>,
}

impl Given {
    pub(crate) fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let text = str::to_owned;
        Ok(Self {
            telemetry: Telemetry {
                event_id: "0194a7c3-52f0-7d3e-9b1c-4f0e2a6d8b35".parse()?,
                occurred_at: "2026-11-23T07:16:26.352557Z".parse::<Key<Timestamp>>()?,
                tenant_id: "019445f2-b0d3-7234-bc36-867756c93a81".parse()?,
            },
            order_number: text("2026-11-000417"),
            coupon: Some(text("BLACK-FRIDAY-20")),
            paid_at: "2026-11-23T07:16:25.918273Z".parse()?,
            cart_id: "7c9e6679-7425-40de-944b-e07fc1f90ae7".parse()?,
            labels: ["returning", "newsletter", "mobile"].map(text).to_vec(),
            source: Source {
                service: "checkout-api".parse()?,
                host: text("ip-10-0-41-7.eu-central-1"),
                attempts: 1,
                queued_at: None,
            },
            attributes: BTreeMap::from([
                (text("experiment"), text("one-page-checkout")),
                (text("theme"), text("dark")),
            ]),
        })
    }
}

/// The event by `event!`, which leaves out what is absent.
#[inline(never)]
pub(crate) fn by_macro(given: &Given) -> OrderPlaced {
    generated::event!(OrderPlaced {
        telemetry: given.telemetry.clone(),
        order_number: given.order_number.clone(),
        coupon: given.coupon.clone(),
        total: 12_995,
        discount: 0.125,
        gift: false,
        cart_id: given.cart_id,
        paid_at: Some(given.paid_at),
        channel: OrderPlacedChannel::Web,
        labels: given.labels.clone(),
        source: given.source.clone(),
        attributes: given.attributes.clone(),
    })
}

/// The same by the literal of its struct.
#[inline(never)]
pub(crate) fn by_literal(given: &Given) -> OrderPlaced {
    OrderPlaced {
        telemetry: given.telemetry.clone(),
        order_number: given.order_number.clone(),
        coupon: given.coupon.clone(),
        referrer: None,
        total: 12_995,
        discount: 0.125,
        gift: false,
        cart_id: given.cart_id,
        paid_at: Some(given.paid_at),
        channel: OrderPlacedChannel::Web,
        labels: given.labels.clone(),
        source: given.source.clone(),
        attributes: given.attributes.clone(),
    }
}

/// As it is on the wire.
pub(crate) fn message() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let json: Result<_, Refusal> = eventc::encode(&by_macro(&Given::new()?));
    Ok(json?)
}
