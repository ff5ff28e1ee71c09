//! Decoding an event of which only its name in the message says what it is.

use std::hint::black_box;

use super::{Group, each, work};

macro_rules! decoding {
    ($decode:expr) => {
        || {
            let messages = kinds::messages();
            let mut turns = 0..;
            each(move || {
                let turn: usize = turns.next().unwrap_or_default();
                $decode(black_box(&messages[turn % messages.len()]))
            })
        }
    };
}

/// Ours among the fewest kinds.
pub(crate) const FEW: &str = "**eventc**, 10 kinds";
/// Ours among the most kinds.
pub(crate) const MANY: &str = "**eventc**, 1,000 kinds";

pub(crate) const KINDS: Group = Group {
    slug: "by-name",
    works: &[
        work(
            "serde_json over an enum with `tag`, 10 kinds",
            decoding!(kinds::decode_serde_10),
        ),
        work(
            "serde_json over an enum with `tag`, 100 kinds",
            decoding!(kinds::decode_serde_100),
        ),
        work(FEW, decoding!(kinds::decode_ours_10)),
        work("**eventc**, 100 kinds", decoding!(kinds::decode_ours_100)),
        work(MANY, decoding!(kinds::decode_ours_1000)),
    ],
};
