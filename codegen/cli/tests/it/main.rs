//! A second opinion on the schema language: what the compiler reads, serde_yaml reads the same, and what
//! serde_yaml writes, the compiler reads as it was meant.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics has failed, which is what it is for"
)]

mod command;
#[cfg(unix)]
mod disk;
mod emitted;
mod language;
mod opinion;
mod random;
mod right;
mod schema;
mod shortness;
mod spelt;
mod wrong;
