//! `eventc postgres` and a real server: what is migrated is the same as what is made anew, and nobody notices.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

mod alarms;
mod changes;
mod compare;
mod doctor;
mod facts;
mod partitions;
mod refusals;
mod runs;
mod shop;
mod writer;
