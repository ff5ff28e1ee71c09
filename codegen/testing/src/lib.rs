//! What the tests of several crates share. Only ever a dev-dependency.
//!
//! - [`samples`]: random events of any catalog, and what is wrong in one thing.
//! - [`patterns`]: what the engines of targets must read as we do.
//! - [`schema`]: a schema on its way to the tables of a test.
//! - [`postgres`], [`nats`]: a real server for as long as a test runs.
//! - [`typescript`], [`npm`]: the real `tsc`, and other programs that are packages of npm.
//! - [`copied`](fn@copied): the code that people copy from the docs.
//! - [`in_path`], [`left_out`]: programs that a test needs, and tests that need one which is not there.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a mistake in a test's own tools is to end the test where it is"
)]

mod copied;
#[cfg(unix)]
mod folder;
#[cfg(unix)]
pub mod nats;
pub mod npm;
pub mod patterns;
#[cfg(unix)]
mod port;
#[cfg(unix)]
pub mod postgres;
mod programs;
pub mod samples;
pub mod schema;
pub mod typescript;

pub use copied::copied;
pub use programs::{in_path, left_out};
