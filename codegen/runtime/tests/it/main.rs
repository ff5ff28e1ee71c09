//! The runtime without its derives: types written by hand, as the derives would write them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

mod calendar;
mod formats;
mod keys;
mod reading;
mod sample;
mod showing;
mod writing;
