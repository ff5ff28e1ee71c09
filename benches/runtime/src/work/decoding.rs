//! Decoding an event whose type is known.

use std::error::Error;
use std::hint::black_box;

use prost::Message;

use super::{FLAT, FLATTEN, Group, OURS, PROST, SONIC, THROUGH_SERDE, each, work};
use crate::events::ours::message as in_order;
use crate::events::{flat, flatten, ours, proto};

/// The message with its members in the order of their names, in it and in its objects.
fn shuffled() -> Result<Vec<u8>, Box<dyn Error>> {
    let message = ours::message()?;
    let members: serde_json::Value = serde_json::from_slice(&message)?;
    let shuffled = serde_json::to_vec(&members)?;
    if shuffled == message {
        return Err("this serde_json keeps the order of members, so nothing was shuffled".into());
    }
    Ok(shuffled)
}

macro_rules! decoding {
    ($message:ident, $decode:expr) => {
        || {
            let message = $message()?;
            each(move || $decode(black_box(message.as_slice())))
        }
    };
}

fn binary() -> Result<Vec<u8>, Box<dyn Error>> {
    let flat: flat::OrderPlaced = serde_json::from_slice(&ours::message()?)?;
    Ok(proto::OrderPlaced::from(flat).encode_to_vec())
}

pub(crate) const IN_ORDER: Group = Group {
    slug: "decode",
    works: &[
        work(
            FLAT,
            decoding!(in_order, serde_json::from_slice::<flat::OrderPlaced>),
        ),
        work(
            FLATTEN,
            decoding!(in_order, serde_json::from_slice::<flatten::OrderPlaced>),
        ),
        work(
            SONIC,
            decoding!(in_order, sonic_rs::from_slice::<flat::OrderPlaced>),
        ),
        work(
            PROST,
            decoding!(binary, |bytes: &[u8]| proto::OrderPlaced::decode(bytes)),
        ),
        work(
            THROUGH_SERDE,
            decoding!(in_order, serde_json::from_slice::<ours::OrderPlaced>),
        ),
        work(
            OURS,
            decoding!(in_order, eventc::decode::<ours::OrderPlaced>),
        ),
    ],
};

pub(crate) const SHUFFLED: Group = Group {
    slug: "decode-shuffled",
    works: &[
        work(
            FLAT,
            decoding!(shuffled, serde_json::from_slice::<flat::OrderPlaced>),
        ),
        work(
            FLATTEN,
            decoding!(shuffled, serde_json::from_slice::<flatten::OrderPlaced>),
        ),
        work(
            SONIC,
            decoding!(shuffled, sonic_rs::from_slice::<flat::OrderPlaced>),
        ),
        work(
            THROUGH_SERDE,
            decoding!(shuffled, serde_json::from_slice::<ours::OrderPlaced>),
        ),
        work(
            OURS,
            decoding!(shuffled, eventc::decode::<ours::OrderPlaced>),
        ),
    ],
};
