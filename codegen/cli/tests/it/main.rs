//! The command as people run it; and a second opinion on the schema language: what the compiler reads, serde_yaml reads the same, and what
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
mod format;
mod json_schema;
mod language;
#[cfg(feature = "lsp")]
mod lsp;
mod opinion;
mod random;
mod reports;
mod right;
mod run;
mod schema;
mod shortness;
mod spelt;
mod starting;
mod transcripts;
mod wrong;
