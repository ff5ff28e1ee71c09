//! Making an event.

use std::time::{Duration, SystemTime};

use events::backend::request::{Request, Success};
use events::eventc::{Timestamp, Uuid, accepts};
use events::{Telemetry, TenantId, event, key};

const TENANT: &str = crate::messages::TENANT;

fn request() -> Request {
    Request {
        request_id: Uuid::now_v7(),
        route: "GET /v1/basket".to_owned(),
        user_agent: None,
    }
}

#[test]
fn event_is_the_literal_and_leaves_out_what_is_optional() {
    let telemetry = Telemetry::new(key!(TenantId(TENANT)));
    let request = request();
    let plain = Success {
        telemetry: telemetry.clone(),
        request: request.clone(),
        status: 200,
        duration: 12,
        response_size: None,
        media_type: None,
    };
    let short = event!(Success {
        telemetry: telemetry.clone(),
        request: request.clone(),
        status: 200,
        duration: 12
    });
    assert_eq!(short, plain);
    // by any path, in any order, with the shorthand, with a comma at the end, and from another event
    let (status, duration) = (200, 12);
    let by_path = event!(events::backend::request::Success {
        duration,
        status,
        request,
        telemetry,
    });
    assert_eq!(by_path, plain);
    let other = event!(Success {
        status: 204,
        ..plain.clone()
    });
    assert_eq!((other.status, &other.request), (204, &plain.request));
    let with_size = event!(Success {
        response_size: Some(0),
        ..plain.clone()
    });
    assert_eq!(with_size.response_size, Some(0));
}

#[test]
fn a_header_is_filled_in() {
    let before = Timestamp::now();
    let first = Telemetry::new(key!(TenantId(TENANT)));
    let second = Telemetry::new(key!(TenantId(TENANT)));
    let after = Timestamp::now();
    assert_eq!(first.event_id.get().get_version_num(), 7);
    assert!(first.event_id < second.event_id);
    assert!(before <= first.occurred_at.get() && second.occurred_at.get() <= after);
    assert_eq!(first.tenant_id.to_string(), TENANT);

    let event = event!(Success {
        telemetry: first,
        request: request(),
        status: 200,
        duration: 0
    });
    assert_eq!(accepts(&event, after), Ok(()));
}

#[test]
fn the_clock_is_that_of_the_machine() {
    let now = SystemTime::try_from(Timestamp::now()).unwrap();
    let apart = now
        .duration_since(SystemTime::now())
        .unwrap_or_else(|error| error.duration());
    assert!(apart < Duration::from_secs(60));
}

#[test]
fn a_key_is_a_constant() {
    const SYSTEM: TenantId = key!(TenantId("019445f2-b0d3-7234-bc36-867756c93a81"));
    assert_eq!(SYSTEM.to_string(), TENANT);
    assert_eq!(key!(events::Percent(100)).get(), 100);
    assert_eq!(key!(events::backend::job::Priority(-20)).get(), -20);
}
