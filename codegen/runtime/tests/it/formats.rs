//! What is written is read again, in formats that have little in common.

use eventc::{decode, encode};

use crate::sample::*;

const JSON: &str = r#"{"event":"checkout.placed","version":3,"event_id":"018f4d2e-7b3a-7c11-8a51-0242ac120002","occurred_at":"2026-11-23T05:06:07.250Z","tenant_id":"f79c3e09-677c-4bbd-a479-3f349cb785e7","user_id":"ada","nickname":"Countess","total":"12.50","ratioOf":0.1,"rate":2.5,"platform":"ios","browser":"firefox","country":"DE","lines":[{"sku":"tea-1","quantity":2},{"sku":"cup-22","quantity":1,"seen_at":"2026-11-23T05:06:00Z"}],"labels":{"a b":50},"guests":{"bob":3},"friends":["zoe"],"payment":{"kind":"card","number":"4111"},"place":{"shop":"Mitte \"1\"\n"},"blob":"AP8Q","on":"2024-02-29","from":"2001:db8::1","extra":[1,"x"],"tree":{"label":"root","child":{"label":"leaf","others":[]},"others":[]},"big":9223372036854775807,"paid":true}"#;

#[test]
fn json() {
    let event = placed();
    assert_eq!(String::from_utf8(encode(&event).unwrap()).unwrap(), JSON);
    assert_eq!(serde_json::to_string(&event).unwrap(), JSON);
    assert_eq!(decode::<Placed>(JSON.as_bytes()).unwrap(), event);
    assert_eq!(serde_json::from_str::<Placed>(JSON).unwrap(), event);
    assert_eq!(
        serde_json::from_reader::<_, Placed>(JSON.as_bytes()).unwrap(),
        event
    );
    assert_eq!(
        serde_json::from_value::<Placed>(serde_json::to_value(&event).unwrap()).unwrap(),
        event
    );
}

#[test]
fn message_pack() {
    let bytes = rmp_serde::to_vec(&placed()).unwrap();
    assert_eq!(rmp_serde::from_slice::<Placed>(&bytes).unwrap(), placed());
}

#[test]
fn cbor() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&placed(), &mut bytes).unwrap();
    assert_eq!(
        ciborium::from_reader::<Placed, _>(bytes.as_slice()).unwrap(),
        placed()
    );
}

#[test]
fn toml() {
    let text = ::toml::to_string(&placed()).unwrap();
    assert_eq!(::toml::from_str::<Placed>(&text).unwrap(), placed());
    // a bare date of TOML is a date
    assert_eq!(
        ::toml::from_str::<Gone>("at = 2026-11-23")
            .unwrap()
            .at
            .to_string(),
        "2026-11-23"
    );
}

#[test]
fn an_event_in_a_buffer_that_holds_others() {
    let mut buffer = b"[".to_vec();
    let gone = Gone {
        at: "2026-11-23".parse().unwrap(),
    };
    eventc::encode_into(&gone, &mut buffer).unwrap();
    assert_eq!(
        buffer,
        br#"[{"event":"checkout.gone","version":1,"at":"2026-11-23"}"#
    );
}

#[test]
fn the_types_of_the_runtime_by_themselves() {
    let at: eventc::Key<eventc::Timestamp> =
        serde_json::from_str("\"2026-11-23T05:00:00Z\"").unwrap();
    assert_eq!(
        serde_json::to_string(&at).unwrap(),
        "\"2026-11-23T05:00:00Z\""
    );
    let error = serde_json::from_str::<eventc::Key<eventc::Timestamp>>("\"1970-01-01T00:00:00Z\"")
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a time of the years 2000 to 2100, found 1970-01-01T00:00:00Z"
    );
    let system = std::time::SystemTime::try_from(at.get()).unwrap();
    assert_eq!(eventc::Timestamp::try_from(system).unwrap(), at.get());
}
