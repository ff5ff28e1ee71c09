//! The event that is given away: of a usual size, some 400 bytes as JSON.

use eventc::{Event, Key, Timestamp, Uuid, event};

/// A visitor bought what was in the cart.
#[derive(Event)]
#[event(name = "checkout.order_placed", version = 1, partition = day(occurred_at), key = tenant_id, id = event_id)]
pub(crate) struct OrderPlaced {
    event_id: Key<Uuid>,
    occurred_at: Key<Timestamp>,
    tenant_id: Key<Uuid>,
    order_number: String,
    coupon: Option<String>,
    referrer: Option<String>,
    total: i64,
    discount: f64,
    gift: bool,
    cart_id: Uuid,
    paid_at: Option<Timestamp>,
    host: String,
}

/// One of them, as a service makes it.
pub(crate) fn order(number: u64) -> OrderPlaced {
    event!(OrderPlaced {
        event_id: Key::<Uuid>::now_v7(),
        occurred_at: Key::<Timestamp>::now(),
        tenant_id: Key::<Uuid>::now_v7(),
        order_number: format!("2026-11-{number:06}"),
        coupon: Some("BLACK-FRIDAY-20".to_owned()),
        total: 14_900,
        discount: 0.2,
        gift: false,
        cart_id: Uuid::now_v7(),
        paid_at: Some(Timestamp::now()),
        host: "ip-10-0-41-7.eu-central-1".to_owned(),
    })
}
