//! The language server: what editors ask while somebody writes a schema.
//!
//! ```text
//! server → requests → hover, navigation, rename, completion, symbols, search, actions, formatting
//!    └→ workspace (open files, by schema) → snapshot (compiled, with its index) ←┘
//! ```
//!
//! One thread does it all, in the order it was asked: a schema is compiled anew from its files and open buffers whenever
//! something has changed, so there is no state that could differ from them.

mod actions;
mod capabilities;
mod client;
mod completion;
mod cursor;
mod diagnostics;
mod document;
mod edits;
mod explanations;
mod formatting;
mod grammar;
mod home;
mod hover;
mod mended;
mod navigation;
mod rename;
mod requests;
mod search;
mod server;
mod snapshot;
mod spelling;
mod symbols;
mod text;
mod uri;
mod wire;
mod workspace;

use std::io;
use std::sync::mpsc::channel;
use std::thread;

use crate::failure::Failure;
use server::{End, Server};

/// Serves the editor at standard input and output until it is done.
pub(crate) fn run() -> Result<String, Failure> {
    // Messages are taken in while others are worked on: one that is cancelled meanwhile need not be answered.
    let (inbox, messages) = channel();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Some(message) = wire::read(&mut input) {
            if inbox.send(message).is_err() {
                return;
            }
        }
    });
    // An editor that is gone wants no answers.
    let outbox = |message: &_| drop(wire::write(&mut io::stdout().lock(), message));
    match Server::new(messages, Box::new(outbox)).run() {
        End::Asked => Ok(String::new()),
        End::Abrupt => Err(Failure::Problems(String::new())),
        End::Lost(why) => Err(Failure::usage(
            format!("what came in is no message: {why}"),
            "it is started by an editor, which speaks the Language Server Protocol",
        )),
    }
}
