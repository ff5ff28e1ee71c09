//! The runtime, by way of types that its derives made.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

mod calendar;
mod comparing;
mod formats;
mod groups;
mod keys;
mod many_fields;
mod reading;
mod same_bytes;
mod sample;
mod showing;
mod writing;
