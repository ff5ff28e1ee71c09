//! The command line of eventc, and the schema language as types that serde reads and writes.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod command;
pub mod dialect;
mod failure;
mod github;
mod json;
#[cfg(feature = "postgres")]
mod postgres;
mod report;
mod schema;
mod terminal;
mod view;
mod yaml;

pub use command::run;
