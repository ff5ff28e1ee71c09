//! What the tests of several crates share. Only ever a dev-dependency.
//!
//! - [`samples`]: random events of any catalog, and what is wrong in one thing.
//! - [`schema`]: a schema on its way to the tables of a test.
//! - [`postgres`]: a real PostgreSQL for as long as a test runs.
//! - [`copied`](fn@copied): the code that people copy from the docs.
//! - [`left_out`](fn@left_out): tests that need a program which is not there.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a mistake in a test's own tools is to end the test where it is"
)]

mod copied;
mod left_out;
#[cfg(unix)]
mod port;
#[cfg(unix)]
pub mod postgres;
pub mod samples;
pub mod schema;

pub use copied::copied;
pub use left_out::left_out;
