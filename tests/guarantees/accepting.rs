//! `accept`: how far the time of a new event may be from the clock of who takes it in.

use std::time::Duration;

use events::assortment::CategoriesPublished;
use events::backend::request::Success;
use events::eventc::{Timestamp, accepts};
use events::mobile::app::Opened;
use serde_json::json;

use crate::messages::{TENANT, app_opened, read, success, with};

const DAY: Duration = Duration::from_secs(86_400);
const HOUR: Duration = Duration::from_secs(3_600);
const MICROSECOND: Duration = Duration::from_micros(1);

#[test]
fn a_time_is_accepted_up_to_both_ends_of_the_window() {
    let event: Success = read(&success());
    let at = event.telemetry.occurred_at.get();
    for now in [at, at.saturating_add(7 * DAY), at.saturating_sub(HOUR)] {
        assert_eq!(accepts(&event, now), Ok(()), "{now}");
    }
    for now in [
        at.saturating_add(7 * DAY + MICROSECOND),
        at.saturating_sub(HOUR + MICROSECOND),
    ] {
        assert!(accepts(&event, now).is_err(), "{now}");
    }
}

#[test]
fn what_is_not_accepted_is_said_with_the_window() {
    let event: Success = read(&success());
    let now: Timestamp = "2026-03-10T00:00:00Z".parse().unwrap();
    assert_eq!(
        accepts(&event, now).unwrap_err().to_string(),
        "occurred_at: expected a time from 2026-03-03T00:00:00Z to 2026-03-10T01:00:00Z, \
         found 2026-03-02T09:14:07.120394Z"
    );
}

#[test]
fn a_stored_event_stays_readable() {
    let event: Success = read(&with(success(), "occurred_at", "2001-01-01T00:00:00Z"));
    assert!(accepts(&event, Timestamp::now()).is_err());
}

#[test]
fn only_a_field_that_asks_for_it_is_compared_with_the_clock() {
    // the clock of a device may be anything, that of the collector may not
    let event: Opened = read(&with(app_opened(), "occurred_at", "0001-01-01T00:00:00Z"));
    let received = event.clients.received_at.get();
    assert_eq!(accepts(&event, received), Ok(()));
    let refusal = accepts(&event, received.saturating_add(3 * DAY)).unwrap_err();
    assert_eq!(refusal.path(), "received_at");

    let event: CategoriesPublished = read(&json!({
        "publication_id": "019bb138-11ae-7bf3-a1e9-79ef16259303",
        "published_at": "2026-01-12T08:00:00.430Z",
        "tenant_id": TENANT,
        "root": { "slug": "all", "titles": {}, "children": [] },
    }));
    assert_eq!(accepts(&event, Timestamp::now()), Ok(()));
}
