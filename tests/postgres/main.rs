//! The tables that `schema/` was compiled into, on a real PostgreSQL.
//!
//! Each test is named by a promise. They find a server or start one; without either they say so in a line, and pass,
//! but never in CI.
#![cfg(unix)]

mod alarms;
mod heartbeats;
mod inert;
mod loading;
mod partitions;
mod patterns;
mod refusals;
mod rights;
mod round_trip;
mod stage;
