//! `Http`, held against servers that do what servers do.

mod judging;
mod requests;
mod secrets;
mod server;
mod starting;
mod weather;
