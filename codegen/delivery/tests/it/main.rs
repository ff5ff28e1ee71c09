//! What is promised of the way from a service to its stores, with sinks that fail, disks that are full and processes that
//! are killed.
//!
//! Processes are this very binary, run again with [`child`] as its only test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::exit,
    reason = "a test that panics has failed, which is what it is for"
)]

mod bad_sinks;
mod capturing;
mod child;
mod clocks;
mod damage;
mod ending;
mod event;
mod fails;
mod files;
mod flushing;
#[cfg(unix)]
mod full_disk;
mod global;
mod heartbeats;
mod http;
mod killing;
mod memory;
#[cfg(all(unix, feature = "nats"))]
mod nats;
mod picking;
#[cfg(all(unix, feature = "postgres"))]
mod postgres;
mod rejects;
mod requirements;
mod sharing;
mod sinks;
mod starting;
