//! The site of a catalog on this machine, which follows the schema while somebody writes it.
//!
//! ```text
//! changes → live (the pages as they are now) → server → browser, which live.js tells of the next ones
//! ```

mod live;
mod request;
mod server;

pub(crate) use live::Live;
pub(crate) use server::Server;
