//! Schema files as text: what is added to one, with the rest of it kept byte for byte.

mod insert;
mod write;

pub(crate) use insert::{Refusal, insert};
pub(crate) use write::Block;
