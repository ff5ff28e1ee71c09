//! One deterministic model of a catalog of events, and its renderings: for us and for the peers we are compared with.
//!
//! All renderings say the same: the same types, fields and descriptions, and a module for each file of ten events.
//! Where they cannot be the same, the difference favours the peers:
//!
//! - the header is a plain nested field of theirs, while ours is flattened on the wire,
//! - their newtypes check nothing, while ours refuse empty values,
//! - they have no enum of all events, while ours has one for the catalog and one for the stream,
//! - only their events have builders; records, the header and newtypes have none.

mod grow;
pub mod json_schema;
pub mod message;
mod model;
pub mod proto;
pub mod rust;
mod words;
pub mod yaml;

pub use model::{Area, Catalog, Enumeration, Event, Field, Newtype, Record, Scalar, Type};

/// The files of a rendering: paths with `/` relative to its folder, and texts.
pub type Files = Vec<(String, String)>;
