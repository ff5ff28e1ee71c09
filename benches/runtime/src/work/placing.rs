//! Where an event is stored.

use std::hint::black_box;

use eventc::Event;
use jiff::tz::TimeZone;

use super::{Group, each, work};
use crate::events::{flat, ours};

pub(crate) const PLACE: Group = Group {
    slug: "place",
    works: &[
        work("the date of a `jiff::Timestamp` in UTC", || {
            let event: flat::OrderPlaced = serde_json::from_slice(&ours::message()?)?;
            each(move || {
                TimeZone::UTC
                    .to_datetime(black_box(&event).occurred_at)
                    .date()
            })
        }),
        work("**eventc**, `partition()`", || {
            let event: ours::OrderPlaced = serde_json::from_slice(&ours::message()?)?;
            each(move || black_box(&event).partition())
        }),
    ],
};

pub(crate) const PATH: Group = Group {
    slug: "path",
    works: &[
        work(
            "`format!` of the date of a `jiff::Timestamp` in UTC",
            || {
                let event: flat::OrderPlaced = serde_json::from_slice(&ours::message()?)?;
                each(move || {
                    let date = TimeZone::UTC
                        .to_datetime(black_box(&event).occurred_at)
                        .date();
                    format!("day={date}")
                })
            },
        ),
        work("**eventc**, `partition_path()`", || {
            let event: ours::OrderPlaced = serde_json::from_slice(&ours::message()?)?;
            each(move || eventc::partition_path(black_box(&event)))
        }),
    ],
};
