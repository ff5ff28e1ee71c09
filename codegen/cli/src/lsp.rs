//! The language server: what editors ask while somebody writes a schema.
//!
//! ```text
//! server → requests → hover, navigation, rename, completion, symbols, actions, formatting
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
mod navigation;
mod rename;
mod requests;
mod server;
mod snapshot;
mod symbols;
mod text;
mod uri;
mod workspace;

use std::sync::mpsc::channel;
use std::thread;

use lsp_server::Connection;

use crate::failure::Failure;
use server::{End, Server};

/// Serves the editor at standard input and output until it is done.
pub(crate) fn run() -> Result<String, Failure> {
    let (Connection { sender, receiver }, threads) = Connection::stdio();
    // Messages are taken in while others are worked on: one that is cancelled meanwhile need not be answered.
    let (inbox, messages) = channel();
    let reader = thread::spawn(move || receiver.into_iter().try_for_each(|it| inbox.send(it)));
    // An editor that is gone wants no answers.
    let outbox = move |message| drop(sender.send(message));
    let end = Server::new(messages, Box::new(outbox)).run();
    let _ = reader.join();
    threads.join().map_err(|error| {
        let help = "it is started by an editor, which speaks the Language Server Protocol";
        Failure::usage(format!("what came in is no message: {error}"), help)
    })?;
    match end {
        End::Asked => Ok(String::new()),
        End::Abrupt => Err(Failure::Problems(String::new())),
    }
}
