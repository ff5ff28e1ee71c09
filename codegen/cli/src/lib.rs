//! What the command line shares with its tests: the schema language as types that serde reads and writes.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod dialect;
