//! `schema/` in TypeScript, compiled by the real `tsc` and run by `node`.
//!
//! Each test is named by a promise. Where there is no `node` or no `npm` they say so in a line, and pass, but never in CI.

mod copied;
mod errors;
mod literal;
mod refusals;
mod round_trip;
mod stage;
