//! The enums of events: one for each stream, and one for the whole catalog.

use events::billing::LedgerEvent;
use events::{ClientsEvent, Events, TelemetryEvent};
use serde_json::{Value as Json, json};

use crate::messages::{
    account_created, app_opened, bytes, failure, order_placed, success, usage_metered, with,
    without,
};

#[track_caller]
fn refused(message: &str, words: &str) {
    assert_eq!(
        Events::decode(message.as_bytes()).unwrap_err().to_string(),
        words
    );
}

#[test]
fn what_is_written_is_read_again() {
    macro_rules! round_trip {
        ($($stream:ty: $message:expr => $variant:pat),* $(,)?) => {$({
            let message: Json = $message;
            let event = <$stream>::decode(&bytes(&message)).unwrap();
            assert!(matches!(&event, $variant), "{event:?}");
            assert_eq!(event.name(), message["event"]);
            let encoded = event.encode().unwrap();
            assert_eq!(serde_json::from_slice::<Json>(&encoded).unwrap(), message);
            assert_eq!(<$stream>::decode(&encoded).unwrap(), event);
        })*};
    }
    round_trip! {
        TelemetryEvent: success() => TelemetryEvent::BackendRequestSuccess(_),
        TelemetryEvent: failure() => TelemetryEvent::BackendRequestFailure(_),
        TelemetryEvent: account_created() => TelemetryEvent::IdentityAccountCreated(_),
        ClientsEvent: app_opened() => ClientsEvent::MobileAppOpened(_),
        LedgerEvent: usage_metered() => LedgerEvent::BillingUsageMetered(_),
        Events: success() => Events::Telemetry(TelemetryEvent::BackendRequestSuccess(_)),
        Events: app_opened() => Events::Clients(ClientsEvent::MobileAppOpened(_)),
        // the variant of a stream in a file of its own has the name of its module before its own
        Events: usage_metered() => Events::BillingLedger(LedgerEvent::BillingUsageMetered(_)),
        Events: order_placed() => Events::CheckoutOrderPlaced(_),
    }
}

#[test]
fn an_event_becomes_one_of_its_stream_and_that_one_of_the_catalog() {
    let event: events::backend::request::Success = crate::messages::read(&success());
    let of_stream = TelemetryEvent::from(event.clone());
    assert_eq!(
        of_stream,
        TelemetryEvent::decode(&bytes(&success())).unwrap()
    );
    let of_catalog = Events::from(of_stream.clone());
    assert_eq!(of_catalog, Events::decode(&bytes(&success())).unwrap());
    assert_eq!(of_catalog.clone(), of_catalog);
    assert_eq!(format!("{of_catalog:?}"), format!("{event:?}"));
    assert_eq!(of_catalog.encode(), of_stream.encode());
    // one that is a stream of its own needs no step between
    let event: events::checkout::OrderPlaced = crate::messages::read(&order_placed());
    assert_eq!(
        Events::from(event),
        Events::decode(&bytes(&order_placed())).unwrap()
    );
}

#[test]
fn a_catalog_knows_the_names_of_its_events() {
    use std::collections::BTreeSet;

    let names = Events::names();
    let all: BTreeSet<_> = names.iter().collect();
    assert_eq!(all.len(), names.len(), "each stands there once");
    let streams = [
        LedgerEvent::names(),
        TelemetryEvent::names(),
        ClientsEvent::names(),
    ];
    // in the order of the variants: the streams of their own, then stream by stream
    let (own, of_streams) = names.split_at(names.len() - streams.concat().len());
    assert_eq!(of_streams, streams.concat());
    assert!(own.contains(&"checkout.order_placed"));
    assert!(LedgerEvent::names().contains(&"billing.usage_metered"));
    assert!(!LedgerEvent::names().contains(&"checkout.order_placed"));
    // every one of them is read, which what is not called so is not
    for name in names {
        let refusal = Events::decode(json!({ "event": name }).to_string().as_bytes()).unwrap_err();
        assert_eq!(refusal.event(), Some(name));
    }
}

#[test]
fn an_unknown_event_is_refused_with_the_nearest_name() {
    let message = with(success(), "event", "backend.request.sucess").to_string();
    refused(
        &message,
        "event: no event is called `backend.request.sucess`, did you mean `backend.request.success`?",
    );
    refused(
        r#"{"event": "payroll.salary_paid"}"#,
        "event: no event is called `payroll.salary_paid`",
    );
    // an event of another stream is none of this one
    assert_eq!(
        LedgerEvent::decode(&bytes(&order_placed()))
            .unwrap_err()
            .to_string(),
        "event: no event is called `checkout.order_placed`"
    );
}

#[test]
fn a_message_must_say_which_event_it_is() {
    let words = "event: expected the name of an event, found nothing";
    refused(&without(success(), &["event"]).to_string(), words);
    refused("{}", words);
    refused(
        r#"{"event": null}"#,
        "event: expected the name of an event, found null",
    );
    refused(
        r#"{"event": ["a"]}"#,
        "event: expected the name of an event, found a list",
    );
    refused("[]", "expected an object, found a list");
    refused("\"a\"", "expected an object, found \"a\"");
}

#[test]
fn what_is_not_json_is_refused_with_the_place() {
    refused("", "not JSON: EOF while parsing a value at line 1 column 0");
    refused("oops", "not JSON: expected value at line 1 column 1");
    refused(
        "{\n  \"event\": 'a'\n}",
        "not JSON: expected value at line 2 column 12",
    );
    refused(
        "{\"event\": \"a\",}",
        "not JSON: trailing comma at line 1 column 15",
    );
    refused(
        "{\"a\": 1e999}",
        "not JSON: number out of range at line 1 column 11",
    );
}

#[test]
fn nothing_stands_after_a_message() {
    let message = success().to_string();
    let after = message.len() + 2;
    refused(
        &format!("{message} {message}"),
        &format!("not JSON: trailing characters at line 1 column {after}"),
    );
    assert!(Events::decode(format!(" \n{message}\r\n\t ").as_bytes()).is_ok());
}

#[test]
fn a_wrong_member_is_refused_with_the_event_and_the_path() {
    let mut message = order_placed();
    message["lines"][0]["price"]["amount"] = json!(0.1);
    let refusal = Events::decode(&bytes(&message)).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "event `checkout.order_placed`: lines[0].price.amount: \
         expected a decimal number like \"12.50\", found 0.1"
    );
    assert_eq!(refusal.event(), Some("checkout.order_placed"));
    assert_eq!(refusal.path(), "lines[0].price.amount");
    assert_eq!(
        TelemetryEvent::decode(&bytes(&with(success(), "version", 0)))
            .unwrap_err()
            .to_string(),
        "event `backend.request.success`: version: expected an integer from 1, found 0"
    );
}

#[test]
fn a_message_may_nest_as_deep_as_a_reader_allows_and_no_deeper() {
    let deep = |levels: usize| {
        let message = success().to_string();
        let deep = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        Events::decode(
            message
                .replacen('{', &format!("{{\"x\":{deep},"), 1)
                .as_bytes(),
        )
    };
    assert!(deep(126).is_ok());
    assert!(deep(127).is_err());
    assert!(deep(1_000_000).is_err());
}
