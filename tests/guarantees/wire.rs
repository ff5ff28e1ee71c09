//! The shape of a message.

use events::assortment::ProductDescribed;
use events::backend::request::{Failure, Request, Success};
use events::checkout::OrderPlaced;
use events::eventc::{self, Event, Key, Record, Timestamp, decode, encode, encode_into};
use events::web::page::VitalsMeasured;
use events::{Events, TelemetryEvent};
use serde_json::{Value as Json, json};

use crate::messages::{
    account_created, app_opened, bytes, failure, order_placed, read, refused, success,
    usage_metered, with, without,
};

/// A message that is not JSON's own idea of an object, such as one with a member twice.
#[track_caller]
fn text_refused<E: Event>(text: &str, words: &str) {
    match decode::<E>(text.as_bytes()) {
        Ok(_) => panic!("it was read: {text}"),
        Err(refusal) => assert_eq!(refusal.to_string(), words),
    }
}

#[test]
fn a_message_is_one_flat_object_in_the_order_of_the_schema() {
    let event: Success = read(&success());
    assert_eq!(
        String::from_utf8(encode(&event).unwrap()).unwrap(),
        concat!(
            r#"{"event":"backend.request.success","version":1,"#,
            r#""event_id":"019cadd3-8790-789b-a4e5-39410a4a613d","#,
            r#""occurred_at":"2026-03-02T09:14:07.120394Z","#,
            r#""tenant_id":"019445f2-b0d3-7234-bc36-867756c93a81","#,
            r#""request_id":"9a6728b5-519c-4204-96af-30f1a8097889","#,
            r#""route":"GET /v1/orders/{order_id}","status":200,"duration":12}"#
        )
    );
}

#[test]
fn the_order_of_members_means_nothing() {
    let event: Success = read(&success());
    let message = success();
    let mut members: Vec<String> = message
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| format!("{name:?}:{value}"))
        .collect();
    for _ in 0..members.len() {
        members.rotate_left(1);
        let text = format!("{{{}}}", members.join(","));
        assert_eq!(decode::<Success>(text.as_bytes()).unwrap(), event);
    }
}

mod before {
    use super::*;

    /// The event has the field itself.
    #[derive(eventc::Event)]
    #[event(name = "pages.read", partition = day(read_at))]
    pub struct Read {
        pub read_at: Key<Timestamp>,
        pub page_url: String,
        pub scrolled: u8,
    }
}

mod after {
    use super::*;

    #[derive(Record)]
    pub struct Page {
        pub page_url: String,
    }

    /// A context of the event has it.
    #[derive(eventc::Event)]
    #[event(name = "pages.read", partition = day(read_at))]
    pub struct Read {
        pub read_at: Key<Timestamp>,
        #[event(context)]
        pub page: Page,
        pub scrolled: u8,
    }
}

#[test]
fn moving_a_field_between_an_event_and_a_context_changes_no_message() {
    let before = before::Read {
        read_at: Key::now(),
        page_url: "https://shop.example/ski".to_owned(),
        scrolled: 80,
    };
    let message = encode(&before).unwrap();
    let after = decode::<after::Read>(&message).unwrap();
    assert_eq!(after.page.page_url, before.page_url);
    assert_eq!(encode(&after).unwrap(), message);
    assert_eq!(before.partition(), after.partition());
}

#[test]
fn an_optional_context_is_left_out_as_a_whole() {
    let event: Failure = read(&failure());
    assert_eq!((&event.trace, &event.viewer), (&None, &None));
    assert_eq!(json_of(&event), failure());
}

#[test]
fn an_optional_context_is_there_if_any_member_of_it_is() {
    let some_members = with(failure(), "plan", "growth");
    refused::<Failure>(&some_members, "user_id: expected a text, found nothing");
    // one that is optional itself counts as well
    let optional_member = with(failure(), "country", "FR");
    refused::<Failure>(&optional_member, "user_id: expected a text, found nothing");
    let mut complete = some_members;
    for (member, value) in [
        ("user_id", "usr_7Qm2vXc9"),
        ("session_id", "019cadc9-3808-7d67-adf1-330c67ab60fa"),
        ("role", "staff"),
    ] {
        complete = with(complete, member, value);
    }
    let event: Failure = read(&complete);
    assert_eq!(event.viewer.as_ref().unwrap().country, None);
    assert_eq!(json_of(&event), complete);
}

#[test]
fn null_is_the_same_as_nothing() {
    let mut message = failure();
    for member in [
        "user_id",
        "session_id",
        "plan",
        "role",
        "country",
        "trace_id",
        "user_agent",
    ] {
        message = with(message, member, Json::Null);
    }
    assert_eq!(read::<Failure>(&message), read::<Failure>(&failure()));
    refused::<Failure>(
        &with(message, "status", Json::Null),
        "status: expected an integer from 0 to 65535, found null",
    );
}

#[test]
fn what_is_absent_is_left_out() {
    let event: OrderPlaced = read(&without(order_placed(), &["coupon", "discounts"]));
    let message = json_of(&event);
    assert_eq!(message.get("coupon"), None);
    assert_eq!(message.get("discounts"), None);
}

#[test]
fn unknown_members_are_ignored() {
    let mut message = order_placed();
    message["colour"] = json!({ "of": ["anything", null, 1e300] });
    message["total"]["vat"] = json!("20 %");
    message["payment"]["bank"] = json!(null);
    message["lines"][0]["weight"] = json!(2.5);
    assert_eq!(read::<OrderPlaced>(&message), read(&order_placed()));
}

#[test]
fn a_member_that_stands_twice_is_refused() {
    let text = success().to_string();
    text_refused::<Success>(
        &text.replace(r#""status":200"#, r#""status":200,"status":200"#),
        "status: expected one, found two",
    );
    // even one that nobody reads, or that is null
    text_refused::<Success>(
        &text.replace(r#""status":200"#, r#""status":200,"x":null,"x":null"#),
        "x: expected one, found two",
    );
    text_refused::<Success>(
        &text.replace(r#""version":1"#, r#""version":1,"version":2"#),
        "version: expected one, found two",
    );
    // at any depth
    text_refused::<OrderPlaced>(
        &order_placed()
            .to_string()
            .replace(r#""quantity":1"#, r#""quantity":1,"quantity":2"#),
        "lines[0].quantity: expected one, found two",
    );
    text_refused::<OrderPlaced>(
        &order_placed()
            .to_string()
            .replace(r#""city":"Oslo""#, r#""city":"Oslo","city":"Bergen""#),
        "delivery.address.city: expected one, found two",
    );
    text_refused::<OrderPlaced>(
        &order_placed()
            .to_string()
            .replace(r#""kind":"card""#, r#""kind":"card","kind":"card""#),
        "payment.kind: expected one, found two",
    );
    text_refused::<OrderPlaced>(
        &order_placed()
            .to_string()
            .replace(r#"{"share":10}"#, r#"{"share":10,"share":10}"#),
        "discounts[0].share: expected one, found two",
    );
    text_refused::<ProductDescribed>(
        r#"{"revision_id": "019d05dd-1401-79f7-89dd-23f4b5b3506d",
            "described_at": "2026-03-19T11:31:07.905Z",
            "tenant_id": "01947f09-072d-7453-af3b-9e9aa6d0cd39", "sku": "BAG-021",
            "titles": {"en": "Tote", "en": "Bag"}, "attributes": {}}"#,
        "titles[\"en\"]: expected one, found two",
    );
    text_refused::<ProductDescribed>(
        r#"{"revision_id": "019d05dd-1401-79f7-89dd-23f4b5b3506d",
            "described_at": "2026-03-19T11:31:07.905Z",
            "tenant_id": "01947f09-072d-7453-af3b-9e9aa6d0cd39", "sku": "BAG-021",
            "titles": {}, "attributes": {}, "raw_sheet": {"dims": [{"x": 1, "x": 2}]}}"#,
        "raw_sheet[\"dims\"][0][\"x\"]: expected one, found two",
    );
}

#[test]
fn a_refusal_has_the_path_to_the_member() {
    let mut message = order_placed();
    message["lines"][0]["sku"] = json!("wax blue");
    refused::<OrderPlaced>(
        &message,
        "lines[0].sku: a `Sku` has 1 to 40 characters and matches `^[A-Z0-9]+(-[A-Z0-9]+)*$`, this is \"wax blue\"",
    );
    let mut message = order_placed();
    message["lines"][0]["price"]["currency"] = json!("CHF");
    refused::<OrderPlaced>(
        &message,
        "lines[0].price.currency: expected `EUR`, `USD`, `GBP`, `NOK`, `SEK` or `DKK`, found \"CHF\"",
    );
    let mut message = order_placed();
    message["delivery"]["method"] = json!("drone");
    refused::<OrderPlaced>(
        &message,
        "delivery.method: expected `parcel` or `pickup`, found \"drone\"",
    );
    let mut message = order_placed();
    message["discounts"][0] = json!({ "share": 101 });
    refused::<OrderPlaced>(
        &message,
        "discounts[0].share: a `Percent` is from 0 to 100, this is 101",
    );
    // of a field that has another name on the wire, that one
    refused::<events::identity::account::Created>(
        &with(account_created(), "accountKind", "robot"),
        "accountKind: expected `shopper`, `merchant` or `partner`, found \"robot\"",
    );
}

#[test]
fn a_message_of_another_event_is_refused() {
    refused::<Success>(
        &with(success(), "event", "backend.request.failure"),
        "event: expected \"backend.request.success\", found \"backend.request.failure\"",
    );
    // what the caller knows already may be left out
    let event: Success = read(&without(success(), &["event", "version"]));
    assert_eq!(event, read(&success()));
}

#[test]
fn the_impls_of_serde_write_and_read_the_same_shape() {
    for message in [
        success(),
        failure(),
        account_created(),
        order_placed(),
        app_opened(),
        usage_metered(),
    ] {
        let event = Events::decode(&bytes(&message)).unwrap();
        let encoded = event.encode().unwrap();
        assert_eq!(serde_json::to_vec(&event).unwrap(), encoded);
        assert_eq!(serde_json::to_value(&event).unwrap(), message);
        assert_eq!(serde_json::from_slice::<Events>(&encoded).unwrap(), event);
        assert_eq!(serde_json::from_value::<Events>(message).unwrap(), event);
    }
    let event: OrderPlaced = read(&order_placed());
    assert_eq!(serde_json::to_vec(&event).unwrap(), encode(&event).unwrap());
    assert_eq!(
        serde_json::from_value::<OrderPlaced>(order_placed()).unwrap(),
        event
    );
}

#[test]
fn the_parts_of_a_message_have_their_own_shape() {
    let event: Success = read(&success());
    assert_eq!(
        serde_json::to_value(&event.request).unwrap(),
        json!({ "request_id": event.request.request_id.to_string(), "route": event.request.route })
    );
    let request: Request = serde_json::from_value(success()).unwrap();
    assert_eq!(request, event.request);
    let tenant: events::TenantId =
        serde_json::from_value(json!(event.telemetry.tenant_id)).unwrap();
    assert_eq!(tenant, event.telemetry.tenant_id);
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let mut event: VitalsMeasured = read(&json!({
        "event_id": "019e1835-bdd2-7a9b-b5d3-3b8bba53edc1",
        "received_at": "2026-05-11T18:03:58.022Z",
        "occurred_at": "1970-01-01T00:00:00Z",
        "tenant_id": crate::messages::TENANT,
        "visitor_id": "019b81fc-d41a-722d-8683-7f96cb2c0649",
        "platform": "web",
        "page_url": "https://www.tinderbu.example/ski",
        "user_agent": "Mozilla/5.0",
        "locale": "nb-NO",
        "utc_offset": 120,
        "viewport": { "width": 384, "height": 727 },
        "largest_paint": 3912,
        "layout_shift": 0.125,
    }));
    let mut buffer = b"before".to_vec();
    event.layout_shift = f64::NAN;
    let words = "layout_shift: expected a finite number, found NaN";
    assert_eq!(encode(&event).unwrap_err().to_string(), words);
    assert_eq!(
        encode_into(&event, &mut buffer).unwrap_err().to_string(),
        words
    );
    assert_eq!(serde_json::to_vec(&event).unwrap_err().to_string(), words);
    assert_eq!(buffer, b"before");
    event.layout_shift = 0.0;
    encode_into(&event, &mut buffer).unwrap();
    assert!(buffer.starts_with(b"before{\"event\":"));
}

#[test]
fn only_json_in_utf_8_is_read() {
    assert!(TelemetryEvent::decode(b"{\"event\": \"\xff\"}").is_err());
    assert!(decode::<Success>(b"\xef\xbb\xbf{}").is_err());
    text_refused::<Success>("[]", "expected an object, found a list");
    text_refused::<Success>("null", "expected an object, found null");
}

fn json_of(event: &impl Event) -> Json {
    serde_json::from_slice(&encode(event).unwrap()).unwrap()
}
