//! Open enums keep what they do not know; the others refuse it.

use events::backend::request::{MediaType, Success};
use events::checkout::OrderPlaced;
use events::eventc::{decode, encode};
use serde_json::Value as Json;

use crate::messages::{bytes, order_placed, read, refused, success, with};

#[test]
fn an_open_enum_keeps_a_value_that_it_does_not_know() {
    let message = with(success(), "media_type", "application/vnd.apache.parquet");
    let event: Success = read(&message);
    let Some(MediaType::Unrecognized(text)) = &event.media_type else {
        panic!("{:?}", event.media_type);
    };
    assert_eq!(text.as_str(), "application/vnd.apache.parquet");
    // and writes it back unchanged
    let written: Json = serde_json::from_slice(&encode(&event).unwrap()).unwrap();
    assert_eq!(written, message);
    assert_eq!(decode::<Success>(&bytes(&written)).unwrap(), event);
}

#[test]
fn an_open_enum_knows_what_it_knows() {
    let event: Success = read(&with(success(), "media_type", "text/csv"));
    assert_eq!(event.media_type, Some(MediaType::Csv));
    assert_eq!(MediaType::Csv.as_str(), "text/csv");
    assert_eq!("application/json".parse(), Ok(MediaType::Json));
}

#[test]
fn no_value_has_an_empty_name() {
    refused::<Success>(
        &with(success(), "media_type", ""),
        "media_type: expected `application/json`, `application/x-ndjson` or `text/csv`, found \"\"",
    );
}

/// So that a typo in the code of a service is no new value of everybody's enum.
#[test]
fn only_a_message_brings_a_value_that_is_not_known() {
    assert_eq!(
        "text/cvs".parse::<MediaType>().unwrap_err().to_string(),
        "expected `application/json`, `application/x-ndjson` or `text/csv`, found \"text/cvs\""
    );
    assert!(
        MediaType::ALL
            .iter()
            .all(|value| !matches!(value, MediaType::Unrecognized(_)))
    );
}

#[test]
fn a_closed_enum_refuses_what_it_does_not_know() {
    refused::<OrderPlaced>(
        &with(order_placed(), "channel", "Web"),
        "channel: expected `web`, `ios` or `android`, found \"Web\"",
    );
}
