//! An event gets new fields, and what was stored before stays readable.

use events::Region;
use events::eventc::{Event, encode};
use events::identity::account::Created;
use serde_json::{Value as Json, json};

use crate::messages::{account_created, read, refused, with, without};

/// As it was written before version 2.
fn old() -> Json {
    let message = without(account_created(), &["home_region", "terms_version"]);
    with(message, "version", 1)
}

#[test]
fn an_old_message_gets_the_backfill() {
    assert_eq!(Created::VERSION, 2);
    let event: Created = read(&old());
    assert_eq!(event.home_region, Region::Eu);
    assert_eq!(event.terms_version, None);
}

#[test]
fn an_old_message_that_has_the_field_keeps_its_value() {
    let event: Created = read(&with(old(), "home_region", "apac"));
    assert_eq!(event.home_region, Region::Apac);
    refused::<Created>(
        &with(old(), "home_region", "mars"),
        "home_region: expected `eu`, `us` or `apac`, found \"mars\"",
    );
    let event: Created = read(&with(old(), "home_region", Json::Null));
    assert_eq!(event.home_region, Region::Eu);
}

#[test]
fn a_new_message_has_no_excuse() {
    let words = "home_region: expected a `Region` (`eu`, `us` or `apac`), found nothing";
    refused::<Created>(&without(account_created(), &["home_region"]), words);
    // a message without a version is of the present one
    refused::<Created>(&without(old(), &["version"]), words);
    // and so is one of a version that this build does not know yet
    refused::<Created>(&with(old(), "version", 3), words);
}

#[test]
fn a_message_from_the_future_is_read_as_far_as_it_is_known() {
    let message = with(account_created(), "version", 3);
    let message = with(message, "invited_by", json!({ "user_id": "usr_1" }));
    assert_eq!(read::<Created>(&message), read(&account_created()));
}

#[test]
fn what_is_written_is_of_the_present_version() {
    let event: Created = read(&old());
    let message: Json = serde_json::from_slice(&encode(&event).unwrap()).unwrap();
    assert_eq!(message["version"], 2);
    assert_eq!(message["home_region"], "eu");
}

#[test]
fn a_version_is_an_integer_from_1() {
    for (version, found) in [
        (json!(0), "0"),
        (json!(-1), "-1"),
        (json!(1.5), "1.5"),
        (json!("1"), "\"1\""),
        (json!(4_294_967_296_u64), "4294967296"),
    ] {
        refused::<Created>(
            &with(account_created(), "version", version),
            &format!("version: expected an integer from 1, found {found}"),
        );
    }
}
