//! The command line of eventc, the schema language as types that serde reads and writes, and the one style of schema files.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod changes;
mod command;
pub mod dialect;
mod docs;
mod failure;
pub mod format;
mod github;
mod json;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "postgres")]
mod postgres;
mod report;
mod schema;
mod terminal;
mod view;
mod yaml;

pub use command::run;
