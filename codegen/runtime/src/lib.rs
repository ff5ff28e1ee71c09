//! Events that cannot forget what their storage is partitioned by: the types that generated code and services name.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod accept;
mod bucket;
mod bytes;
mod date;
mod debug;
mod decimal;
mod decode;
mod distinct;
mod encode;
mod enumeration;
mod event;
mod events;
mod fill;
mod invalid;
mod key;
mod macros;
mod members;
mod newtype;
mod node;
mod partition;
mod reason;
mod record;
mod refusal;
mod serialize;
mod text;
mod timestamp;
mod union;
mod value;

pub use accept::accepts;
pub use bucket::{Bucket, BucketKey};
pub use bytes::Bytes;
pub use date::Date;
pub use decimal::Decimal;
pub use decode::decode;
pub use encode::{encode, encode_into};
pub use enumeration::Unrecognized;
pub use event::{Event, EventRef};
pub use eventc_macros::{Enum, Event, Events, Newtype, Record, Union, key, schema};
pub use events::{Events, Reader};
pub use fill::Fill;
pub use invalid::Invalid;
pub use key::{Key, Keyed};
pub use members::Members;
pub use newtype::{Accepted, Bound, Checked, Newtype, Rules};
pub use node::{Node, Object};
pub use partition::{Day, Hour, HourKey, Month, PartitionKey, PartitionedBy, TimeKey, Year};
pub use record::{Backfill, Field, Record, RecordRef, Role, Table};
pub use refusal::Refusal;
pub use text::Text;
pub use timestamp::Timestamp;
pub use uuid::Uuid;
pub use value::{AnyValue, List, Map, MapKey, Tagged, Value, ValueRef, Variant};

/// Any JSON: what a field of the type `json` holds.
pub type Json = serde_json::Value;
