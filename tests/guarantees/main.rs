//! What a service that imports the crate `events` may rely on.
//!
//! Each test is named by a promise, and keeps it with the types that `schema/` was compiled into. The
//! words of refusals are a part of the promise: they are what is left of a message in a log.

mod accepting;
mod any_message;
mod by_hand;
mod enums;
mod inline;
mod literals;
mod messages;
mod personal_data;
mod placement;
mod streams;
mod the_refactor;
mod versions;
mod wire;
