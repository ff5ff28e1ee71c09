//! The tools themselves: what they call valid is what the generated types read, and what they start is gone afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics has failed, which is what it is for"
)]

mod avro;
mod json_schema;
#[cfg(unix)]
mod nats;
mod patterns;
#[cfg(unix)]
mod postgres;
mod right;
mod samples;
#[cfg(unix)]
mod servers;
mod wide;
