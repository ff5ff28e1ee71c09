//! The compiler from its front door: schemas that must be refused, each with one good message, and schemas that must not.
//!
//! A fixture is one text: `wrong/<CODE>_<named_by_the_mistake>.yaml` with its messages beside it, or `right/<name>.yaml`.
//! After a change of messages: `INSTA_UPDATE=always cargo test -p eventc-compiler --test it`, and read every difference.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics has failed, which is what it is for"
)]

mod bytes;
mod drawn;
mod explained;
mod files;
mod fixture;
mod generated;
mod hostile;
mod invariants;
mod mistakes;
mod replay;
mod right;
mod wrong;
