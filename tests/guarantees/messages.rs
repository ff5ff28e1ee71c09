//! Messages as they come in, to be changed by one member in a test.

use events::eventc::{Event, Refusal, decode};
use serde_json::{Value as Json, json};

pub const TENANT: &str = "019445f2-b0d3-7234-bc36-867756c93a81";

pub fn success() -> Json {
    json!({
        "event": "backend.request.success",
        "version": 1,
        "event_id": "019cadd3-8790-789b-a4e5-39410a4a613d",
        "occurred_at": "2026-03-02T09:14:07.120394Z",
        "tenant_id": TENANT,
        "request_id": "9a6728b5-519c-4204-96af-30f1a8097889",
        "route": "GET /v1/orders/{order_id}",
        "status": 200,
        "duration": 12,
    })
}

/// Carries neither of its two optional contexts.
pub fn failure() -> Json {
    json!({
        "event": "backend.request.failure",
        "version": 1,
        "event_id": "019cadd9-6e6d-7a68-9f93-ad8fcbfe3893",
        "occurred_at": "2026-03-02T09:20:33.901Z",
        "tenant_id": TENANT,
        "request_id": "c55d257e-905a-4fe5-a55f-39258b554baf",
        "route": "DELETE /v1/staff/{user_id}",
        "status": 403,
        "duration": 4,
        "error": { "kind": "rejected", "reason": "forbidden" },
    })
}

/// An event of version 2, which added `home_region` and `terms_version`.
pub fn account_created() -> Json {
    json!({
        "event": "identity.account.created",
        "version": 2,
        "event_id": "019c48f2-0c0c-7d85-b4d2-7bf5d3c8281d",
        "occurred_at": "2026-02-10T19:05:48.300Z",
        "tenant_id": TENANT,
        "account_id": "019c48f2-0b44-7b7a-aec0-ee84f8d1969d",
        "accountKind": "shopper",
        "user_id": "usr_Zp41sWq8",
        "email": "kari@nordmann.example",
        "display_name": "Kari N.",
        "invited": false,
        "home_region": "us",
        "terms_version": "2026.1",
    })
}

/// An event that is a stream of its own, with lists, records, unions and maps in it.
pub fn order_placed() -> Json {
    json!({
        "event": "checkout.order_placed",
        "version": 1,
        "order_id": "01a1db4c-19f0-7121-aba3-044959354832",
        "placed_at": "2026-11-14T18:22:41.306Z",
        "tenant_id": TENANT,
        "user_id": "usr_Zp41sWq8",
        "session_id": "01a1db3c-1e54-7a93-b122-18f6766ebed7",
        "plan": "enterprise",
        "role": "shopper",
        "country": "NO",
        "total": { "amount": "5999.00", "currency": "NOK" },
        "lines": [
            {
                "sku": "SKI-190-BLK",
                "title": "Fjellski 190",
                "quantity": 1,
                "price": { "amount": "5999.00", "currency": "NOK" },
                "tax_rate": "25.0",
                "engraving": "Til Kari",
            },
        ],
        "channel": "ios",
        "payment": {
            "kind": "card",
            "scheme": "visa",
            "last_four": "4242",
            "wallet": "apple_pay",
            "challenged": false,
        },
        "delivery": {
            "method": "parcel",
            "address": {
                "recipient": "Kari Nordmann",
                "street": ["Storgata 1", "c/o Hansen"],
                "postal_code": "0155",
                "city": "Oslo",
                "country": "NO",
            },
            "carrier": "posten",
            "leave_outside": true,
        },
        "coupon": "VINTER26",
        "discounts": [{ "share": 10 }, { "free_delivery": true }],
        "attributes": { "vat_number": "NO999888777" },
    })
}

/// Of the stream that is partitioned by day and by bucket.
pub fn app_opened() -> Json {
    json!({
        "event": "mobile.app.opened",
        "version": 1,
        "event_id": "019f2688-155f-77a7-b927-e01d8683072c",
        "received_at": "2026-07-03T00:00:22.118Z",
        "occurred_at": "2026-07-02T23:59:20.415Z",
        "tenant_id": TENANT,
        "visitor_id": "019bd68b-c8a2-7969-9ad5-17a81bc7e031",
        "platform": "ios",
        "model": "iPhone15,4",
        "os_version": "18.5",
        "app_version": "7.20.1",
        "build": 72010,
        "network": "5g",
        "launch": "cold",
        "startup": 840,
        "entry": "icon",
    })
}

/// Of the stream that is partitioned by month and region.
pub fn usage_metered() -> Json {
    json!({
        "event": "billing.usage_metered",
        "version": 1,
        "entry_id": "01a01faf-b778-78ac-a5c1-5dd1c3602b6a",
        "booked_at": "2026-08-20T15:00:04.600Z",
        "region": "us",
        "account_id": "01944b66-1fba-712e-92a9-5734db414a33",
        "meter": "messages",
        "metered_from": "2026-08-20T14:00:00Z",
        "usage": 18442,
        "correction": -120,
    })
}

/// The message with the member changed, or added.
pub fn with(mut message: Json, member: &str, value: impl Into<Json>) -> Json {
    message
        .as_object_mut()
        .expect("a message is an object")
        .insert(member.to_owned(), value.into());
    message
}

pub fn without(mut message: Json, members: &[&str]) -> Json {
    for member in members {
        message
            .as_object_mut()
            .and_then(|message| message.remove(*member))
            .expect("the message has the member");
    }
    message
}

pub fn bytes(message: &Json) -> Vec<u8> {
    serde_json::to_vec(message).expect("JSON is JSON")
}

#[track_caller]
pub fn read<E: Event>(message: &Json) -> E {
    decode(&bytes(message)).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[track_caller]
pub fn refused<E: Event>(message: &Json, words: &str) {
    assert_eq!(refusal::<E>(message).to_string(), words);
}

#[track_caller]
pub fn refusal<E: Event>(message: &Json) -> Refusal {
    match decode::<E>(&bytes(message)) {
        Ok(_) => panic!("it was read: {message}"),
        Err(refusal) => refusal,
    }
}
