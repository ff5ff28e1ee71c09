//! The measured event, as everybody has it.

pub(crate) mod flat;
pub(crate) mod flatten;
pub(crate) mod ours;
pub(crate) mod proto;
pub(crate) mod shared;
