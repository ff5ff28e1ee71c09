//! What is promised of `Postgres`, on a real server.
//!
//! A server is found or started; without either the tests say so in a line, and pass, but never in CI. All of them write as a
//! user who has the role of a writer, and nothing else.

mod drift;
mod every_event;
mod outages;
mod places;
mod poison;
mod settings;
mod stage;

pub(crate) use outages::process;
