//! Making an event.

use std::hint::black_box;

use super::{Group, LITERAL, MACRO, each, work};
use crate::events::{flat, flatten, ours};

pub(crate) const EVENT: Group = Group {
    slug: "make",
    works: &[
        work("the literal of the flat struct", || {
            let given: flat::OrderPlaced = serde_json::from_slice(&ours::message()?)?;
            each(move || flat::by_literal(black_box(&given)))
        }),
        work(LITERAL, || {
            let given = ours::Given::new()?;
            each(move || ours::by_literal(black_box(&given)))
        }),
        work(MACRO, || {
            let given = ours::Given::new()?;
            each(move || ours::by_macro(black_box(&given)))
        }),
    ],
};

pub(crate) const HEADER: Group = Group {
    slug: "header",
    works: &[
        work(
            "a literal with `Uuid::now_v7()` and `jiff::Timestamp::now()`",
            || {
                let given: flat::OrderPlaced = serde_json::from_slice(&ours::message()?)?;
                each(move || flatten::filled(black_box(given.tenant_id)))
            },
        ),
        work("**eventc**, `Telemetry::new`", || {
            let tenant = ours::Given::new()?.telemetry.tenant_id;
            each(move || ours::Telemetry::new(black_box(tenant)))
        }),
    ],
};
