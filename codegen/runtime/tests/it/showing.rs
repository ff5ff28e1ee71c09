//! What `Debug` shows, and what it does not.

use crate::sample::*;

#[test]
fn personal_values_are_not_shown() {
    let shown = format!("{:?}", placed());
    for secret in ["ada", "Countess", "bob", "zoe", "4111"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(
        shown.contains("viewer: Viewer { user_id: <redacted>, nickname: <redacted> }"),
        "{shown}"
    );
    assert!(shown.contains("friends: [<redacted>]"), "{shown}");
    assert!(shown.contains("guests: {<redacted>: 3}"), "{shown}");
    assert!(
        shown.contains("payment: card(Card { number: <redacted> })"),
        "{shown}"
    );
    assert!(shown.starts_with("Placed { telemetry: Telemetry { event_id: 018f4d2e-7b3a-7c11-8a51-0242ac120002, occurred_at: 2026-11-23T05:06:07.250Z"), "{shown}");
    assert!(
        shown.contains("lines: [Line { sku: \"tea-1\", quantity: 2, seen_at: None }, "),
        "{shown}"
    );
    assert_eq!(
        format!("{:?}", UserId::__literal("ada")),
        "UserId(<redacted>)"
    );
    assert_eq!(format!("{:?}", Sku::__literal("tea-1")), "Sku(\"tea-1\")");
    let nobody = Viewer {
        user_id: UserId::__literal("ada"),
        nickname: None,
    };
    assert_eq!(
        format!("{nobody:?}"),
        "Viewer { user_id: <redacted>, nickname: None }"
    );
}

#[test]
fn errors_of_personal_newtypes_do_not_show_the_value() {
    let error = "a secret name".parse::<UserId>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "a `UserId` has 1 to 8 characters, this has 13"
    );
    assert_eq!(
        "".parse::<UserId>().unwrap_err().to_string(),
        "a `UserId` has 1 to 8 characters, this has 0"
    );
    assert_eq!(
        "x".parse::<Sku>().unwrap_err().to_string(),
        "a `Sku` matches `^[a-z]+-[0-9]+$`, this is \"x\""
    );
    assert_eq!(
        "x".parse::<Percent>().unwrap_err().to_string(),
        "expected an integer of 64 bits, found \"x\""
    );
    let long = "x".repeat(100).parse::<Sku>().unwrap_err().to_string();
    assert!(
        long.ends_with(&format!("this is \"{}\"…", "x".repeat(40))),
        "{long}"
    );
}
