//! What is personal is in the message, and in nothing that a log is made of.

use events::UserId;
use events::checkout::{OrderPlaced, OrderReviewed};
use events::eventc::{Event, encode};
use events::identity::account::{Created, Email, SignedIn};
use events::mobile::app::Opened;
use serde_json::{Value as Json, json};

use crate::messages::{TENANT, account_created, app_opened, order_placed, read, refusal, with};

/// Nowhere in what developers see of the event, and all of it in what is stored.
#[track_caller]
fn hides<E: Event + std::fmt::Debug>(message: &Json, personal: &[&str]) -> String {
    let event: E = read(message);
    let encoded = String::from_utf8(encode(&event).unwrap()).unwrap();
    let (shown, indented) = (format!("{event:?}"), format!("{event:#?}"));
    for text in personal {
        assert!(encoded.contains(text), "{text} is not in {encoded}");
        assert!(!shown.contains(text), "{text} is in {shown}");
        assert!(!indented.contains(text), "{text} is in {indented}");
    }
    assert!(shown.contains("<redacted>"));
    shown
}

fn review() -> Json {
    json!({
        "review_id": "01a204c6-9d58-7aa9-b95e-545866b96886",
        "reviewed_at": "2026-11-22T19:40:55Z",
        "tenant_id": TENANT,
        "order_id": "01a1db4c-19f0-7121-aba3-044959354832",
        "stars": 4,
        "thread": {
            "author": "Kari N.",
            "text": "Fine skis, slow post.",
            "replies": [{ "author": "Tinderbu", "text": "Thank you!", "replies": [] }],
        },
    })
}

#[test]
fn debug_redacts_it() {
    let shown = hides::<Created>(
        &account_created(),
        &["usr_Zp41sWq8", "kari@nordmann.example", "Kari N."],
    );
    assert!(
        shown.contains("email: <redacted>, display_name: <redacted>, invited: false"),
        "{shown}"
    );
    hides::<Opened>(&app_opened(), &["019bd68b-c8a2-7969-9ad5-17a81bc7e031"]);
}

#[test]
fn debug_redacts_it_in_lists_records_unions_and_maps() {
    hides::<OrderPlaced>(
        &order_placed(),
        &[
            "usr_Zp41sWq8",
            "Til Kari",
            "4242",
            "Kari Nordmann",
            "Storgata 1",
            "0155",
            "Oslo",
            "vat_number",
            "NO999888777",
        ],
    );
    hides::<OrderReviewed>(
        &review(),
        &["Kari N.", "Fine skis, slow post.", "Tinderbu", "Thank you!"],
    );
}

#[test]
fn a_value_alone_hides_itself_too() {
    let user: UserId = "usr_Zp41sWq8".parse().unwrap();
    assert_eq!(format!("{user:?}"), "UserId(<redacted>)");
    assert_eq!(
        format!("{:?}", vec![Some(user.clone())]),
        "[Some(UserId(<redacted>))]"
    );
    // to show it is a choice
    assert_eq!(user.to_string(), "usr_Zp41sWq8");
}

#[test]
fn that_it_is_absent_is_no_secret() {
    let event: Created = read(&with(account_created(), "display_name", Json::Null));
    assert!(format!("{event:?}").contains("display_name: None"));
}

#[test]
fn a_refusal_does_not_repeat_it() {
    let says = |message: &Json, member: &str| {
        let refusal = refusal::<Created>(message);
        assert_eq!(refusal.path(), member);
        assert_eq!(
            format!("{refusal:?}"),
            format!("Refusal({:?})", refusal.to_string())
        );
        refusal.reason()
    };
    assert_eq!(
        says(
            &with(account_created(), "email", "kari at nordmann"),
            "email"
        ),
        "an `Email` has 3 to 254 characters and matches `^[^@ ]+@[^@ ]+$`, this does not"
    );
    assert_eq!(
        says(&with(account_created(), "email", 4_711), "email"),
        "expected a text, found another number"
    );
    assert_eq!(
        says(
            &with(account_created(), "display_name", json!(["Kari"])),
            "display_name"
        ),
        "expected a text, found a list"
    );
    let invalid = "kari at nordmann".parse::<Email>().unwrap_err();
    assert!(!invalid.to_string().contains("kari"));
    assert!(!format!("{invalid:?}").contains("kari"));

    let address = json!({
        "event_id": "01a05bc2-e6d6-7f83-9b9c-60789a8e643e",
        "occurred_at": "2026-09-01T06:58:14.870421Z",
        "tenant_id": TENANT,
        "account_id": "01947b05-b1ba-778a-b867-c70e766bc66b",
        "accountKind": "merchant",
        "user_id": "usr_Bd93nRt5",
        "method": "passkey",
        "client_ip": "203.0.113.256",
    });
    assert_eq!(
        refusal::<SignedIn>(&address).to_string(),
        "client_ip: expected an ip address, found another text"
    );
}

#[test]
fn a_refusal_does_not_repeat_it_from_inside_of_lists_and_maps() {
    let mut message = order_placed();
    message["delivery"]["address"]["street"] = json!(["Storgata 1", 17]);
    assert_eq!(
        refusal::<OrderPlaced>(&message).to_string(),
        "delivery.address.street[1]: expected a text, found another number"
    );
    let mut message = order_placed();
    message["attributes"] = json!({ "kari@nordmann.example": false });
    assert_eq!(
        refusal::<OrderPlaced>(&message).to_string(),
        "attributes[…]: expected a text, found a boolean"
    );
    // nor a key that stands there twice
    let text = order_placed().to_string().replace(
        r#""vat_number":"#,
        r#""kari@nordmann.example":"a","kari@nordmann.example":"#,
    );
    let refusal = events::eventc::decode::<OrderPlaced>(text.as_bytes()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "attributes[…]: expected one, found two"
    );
    // nor what stands in a member that this build does not know
    let text = order_placed().to_string().replacen(
        '{',
        r#"{"later":[{"kari@nordmann.example":1,"kari@nordmann.example":2}],"#,
        1,
    );
    let refusal = events::eventc::decode::<OrderPlaced>(text.as_bytes()).unwrap_err();
    assert_eq!(refusal.to_string(), "later[0][…]: expected one, found two");
}
