//! Storage is partitioned by the day of `occurred_at`. A refactor moved the one line that set it into an
//! enrichment step, the most frequent events skipped that step, and the store refused each of them.
//!
//! Here that line can't be moved away unnoticed (`tests/ui/the_refactor_that_took_production_down_*`), and
//! what someone else's service left out is refused before it is an event.

use events::backend::request::Success;
use events::eventc::{Key, Timestamp, Uuid, decode};
use events::{Events, TelemetryEvent, TenantId};
use serde_json::json;

use crate::messages::{TENANT, bytes, read, refusal, refused, success, with, without};

#[test]
fn the_refactor_that_took_production_down() {
    refused::<Success>(
        &without(success(), &["occurred_at"]),
        "occurred_at: expected a time like 2026-11-23T05:00:00Z, found nothing",
    );
    for (value, found) in [
        (json!(null), "null"),
        (json!(""), "an empty text"),
        (json!("yesterday"), "\"yesterday\""),
        (json!(0), "0"),
        (json!({}), "an object"),
    ] {
        let found = found.replace("an empty text", "\"\"");
        refused::<Success>(
            &with(success(), "occurred_at", value),
            &format!("occurred_at: expected a time like 2026-11-23T05:00:00Z, found {found}"),
        );
    }
}

#[test]
fn a_time_that_stands_for_nothing_is_no_time() {
    for time in [
        "1970-01-01T00:00:00Z",
        "1999-12-31T23:59:59.999999Z",
        "2101-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
    ] {
        refused::<Success>(
            &with(success(), "occurred_at", time),
            &format!("occurred_at: expected a time of the years 2000 to 2100, found {time}"),
        );
        assert!(time.parse::<Key<Timestamp>>().is_err());
        assert!(Key::new(time.parse::<Timestamp>().unwrap()).is_err());
    }
    for time in ["2000-01-01T00:00:00Z", "2100-12-31T23:59:59.999999Z"] {
        let event: Success = read(&with(success(), "occurred_at", time));
        assert_eq!(event.telemetry.occurred_at.to_string(), time);
    }
}

#[test]
fn a_tenant_that_stands_for_nothing_is_no_tenant() {
    refused::<Success>(
        &without(success(), &["tenant_id"]),
        "tenant_id: expected a uuid, found nothing",
    );
    for (value, found) in [
        (json!(null), "null"),
        (json!(""), "\"\""),
        (json!(Uuid::nil().to_string()), "the nil uuid"),
        (json!("acme"), "\"acme\""),
        (json!(7), "7"),
    ] {
        refused::<Success>(
            &with(success(), "tenant_id", value),
            &format!("tenant_id: expected a uuid, found {found}"),
        );
    }
    assert!(TenantId::try_from(Uuid::nil()).is_err());
    assert!("".parse::<TenantId>().is_err());
    assert_eq!(TENANT.parse::<TenantId>().unwrap().to_string(), TENANT);
}

/// There is no second way in that is less strict.
#[test]
fn every_way_in_refuses_alike() {
    let message = without(success(), &["occurred_at"]);
    let bytes = bytes(&message);
    let words = "occurred_at: expected a time like 2026-11-23T05:00:00Z, found nothing";
    let named = format!("event `backend.request.success`: {words}");

    assert_eq!(decode::<Success>(&bytes).unwrap_err().to_string(), words);
    assert_eq!(
        TelemetryEvent::decode(&bytes).unwrap_err().to_string(),
        named
    );
    assert_eq!(Events::decode(&bytes).unwrap_err().to_string(), named);

    let by_serde = serde_json::from_value::<Success>(message.clone()).unwrap_err();
    assert_eq!(by_serde.to_string(), words);
    let by_serde = serde_json::from_value::<Events>(message.clone()).unwrap_err();
    assert_eq!(by_serde.to_string(), named);
    // from text, `serde_json` adds where it was in the text
    let by_serde = serde_json::from_slice::<Vec<Success>>(&[b"[", &bytes[..], b"]"].concat());
    assert!(by_serde.unwrap_err().to_string().starts_with(words));
    let alone = serde_json::from_value::<events::Telemetry>(message).unwrap_err();
    assert_eq!(alone.to_string(), words);
}

#[test]
fn a_refusal_says_where_and_why_apart() {
    let refusal = refusal::<Success>(&with(success(), "occurred_at", json!(null)));
    assert_eq!(refusal.path(), "occurred_at");
    assert_eq!(
        refusal.reason(),
        "expected a time like 2026-11-23T05:00:00Z, found null"
    );
    assert_eq!(refusal.event(), None);
}

/// Nothing that storage needs can be forgotten in a context that may be left out.
#[test]
fn what_places_an_event_is_never_in_a_context() {
    use events::eventc::{Record, Role};

    for table in [Success::TABLE, events::backend::request::Failure::TABLE] {
        let header = table.fields.first().unwrap();
        assert_eq!(
            (header.name, header.role, header.required),
            ("telemetry", Role::Flat, true)
        );
    }
    for field in events::Telemetry::TABLE.fields {
        assert!(
            field.required && field.backfill.is_none(),
            "`{}`",
            field.name
        );
    }
}
