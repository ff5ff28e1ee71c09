//! Encoding an event, into a buffer of its own and into one that is used again.

use std::hint::black_box;

use prost::Message;

use super::{FLAT, FLATTEN, Group, OURS, PROST, SONIC, THROUGH_SERDE, each, work};
use crate::events::{flat, flatten, ours, proto};

/// As much as no message here needs.
const ENOUGH: usize = 4096;

/// Prepares the event, and lets it be written into a fresh buffer each time.
macro_rules! fresh {
    ($event:expr, $encode:expr) => {
        || {
            let event = $event;
            each(move || $encode(black_box(&event)))
        }
    };
}

/// The same with one buffer, which is emptied each time.
macro_rules! reused {
    ($event:expr, $encode:expr) => {
        || {
            let event = $event;
            let mut buffer = Vec::with_capacity(ENOUGH);
            each(move || {
                buffer.clear();
                let written = $encode(black_box(&event), &mut buffer);
                black_box(buffer.as_slice());
                written
            })
        }
    };
}

macro_rules! read {
    ($ty:ty) => {
        serde_json::from_slice::<$ty>(&ours::message()?)?
    };
}

pub(crate) const FRESH: Group = Group {
    slug: "encode",
    works: &[
        work(FLAT, fresh!(read!(flat::OrderPlaced), serde_json::to_vec)),
        work(
            FLATTEN,
            fresh!(read!(flatten::OrderPlaced), serde_json::to_vec),
        ),
        work(SONIC, fresh!(read!(flat::OrderPlaced), sonic_rs::to_vec)),
        work(
            PROST,
            fresh!(
                proto::OrderPlaced::from(read!(flat::OrderPlaced)),
                proto::OrderPlaced::encode_to_vec
            ),
        ),
        work(
            THROUGH_SERDE,
            fresh!(read!(ours::OrderPlaced), serde_json::to_vec),
        ),
        work(OURS, fresh!(read!(ours::OrderPlaced), eventc::encode)),
    ],
};

pub(crate) const REUSED: Group = Group {
    slug: "encode-into",
    works: &[
        work(
            FLAT,
            reused!(read!(flat::OrderPlaced), |event, buffer: &mut Vec<u8>| {
                serde_json::to_writer(buffer, event)
            }),
        ),
        work(
            FLATTEN,
            reused!(
                read!(flatten::OrderPlaced),
                |event, buffer: &mut Vec<u8>| { serde_json::to_writer(buffer, event) }
            ),
        ),
        work(
            SONIC,
            reused!(read!(flat::OrderPlaced), |event, buffer: &mut Vec<u8>| {
                sonic_rs::to_writer(buffer, event)
            }),
        ),
        work(
            PROST,
            reused!(
                proto::OrderPlaced::from(read!(flat::OrderPlaced)),
                proto::OrderPlaced::encode
            ),
        ),
        work(
            THROUGH_SERDE,
            reused!(read!(ours::OrderPlaced), |event, buffer: &mut Vec<u8>| {
                serde_json::to_writer(buffer, event)
            }),
        ),
        work(OURS, reused!(read!(ours::OrderPlaced), eventc::encode_into)),
    ],
};
