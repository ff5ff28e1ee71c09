//! What the command line shares with its tests and with editors: the schema language as types that serde reads and
//! writes, and the one style of schema files.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod dialect;
pub mod format;
