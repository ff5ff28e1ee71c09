//! Events that cannot forget what their storage is partitioned by: the types that generated code and services name.
//!
//! ```
//! use eventc::{Event, Key, Newtype, Timestamp, Uuid, event, key};
//!
//! /// A tenant of ours.
//! #[derive(Clone, Copy, PartialEq, Newtype)]
//! pub struct TenantId(Uuid);
//!
//! /// A customer paid.
//! #[derive(Event)]
//! #[event(name = "checkout.order_placed", version = 1)]
//! #[event(partition = day(placed_at), key = tenant_id)]
//! pub struct OrderPlaced {
//!     #[event(fill)]
//!     pub placed_at: Key<Timestamp>,
//!     pub tenant_id: TenantId,
//!     pub coupon: Option<String>,
//! }
//!
//! fn main() -> Result<(), eventc::Refusal> {
//!     let tenant_id = key!(TenantId("f79c3e09-677c-4bbd-a479-3f349cb785e7"));
//!     let placed = event!(OrderPlaced { tenant_id });
//!     assert_eq!(eventc::decode::<OrderPlaced>(&eventc::encode(&placed)?)?, placed);
//!
//!     let refusal = eventc::decode::<OrderPlaced>(br#"{"tenant_id": null}"#).unwrap_err();
//!     assert_eq!(refusal.to_string(), "placed_at: expected a time like 2026-11-23T05:00:00Z, found nothing");
//!     Ok(())
//! }
//! ```
//!
//! What several events are placed by stands in a header, and they say nothing of it:
//!
//! ```
//! use eventc::{Event, Events, Key, Stream, Timestamp, Uuid, event, partition_path};
//!
//! /// What every event of the stream carries.
//! #[derive(Stream)]
//! #[event(name = "telemetry", partition = day(occurred_at), id = event_id)]
//! pub struct Telemetry {
//!     #[event(fill)]
//!     pub event_id: Key<Uuid>,
//!     #[event(fill)]
//!     pub occurred_at: Key<Timestamp>,
//! }
//!
//! /// A request was answered.
//! #[derive(Event)]
//! #[event(name = "backend.request.success")]
//! pub struct Success {
//!     #[event(header(occurred_at))]
//!     pub telemetry: Telemetry,
//!     pub status: u16,
//! }
//!
//! #[derive(Events)]
//! pub enum TelemetryEvent {
//!     Success(Success),
//! }
//!
//! fn main() -> Result<(), eventc::Refusal> {
//!     let success = event!(Success { telemetry: Telemetry::new(), status: 200 });
//!     assert!(partition_path(&success).starts_with("day="));
//!     let message = eventc::encode(&success)?;
//!     assert_eq!(TelemetryEvent::decode(&message)?, TelemetryEvent::from(success));
//!     Ok(())
//! }
//! ```

#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[doc(hidden)]
pub mod __private;
mod accept;
mod bucket;
mod bytes;
mod date;
mod debug;
mod decimal;
mod decode;
mod derived;
mod distinct;
mod encode;
mod enumeration;
mod equal;
mod escape;
mod event;
mod events;
mod fields;
mod fill;
mod formats;
mod invalid;
mod json;
mod key;
mod macros;
mod members;
mod newtype;
mod node;
mod partition;
mod percent;
mod reason;
mod record;
mod refusal;
mod serialize;
mod table;
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
pub use enumeration::{Enum, Unrecognized};
pub use event::{Event, EventRef};
pub use eventc_macros::{Enum, Event, Events, Newtype, Record, Stream, Union, key, schema};
pub use events::Events;
pub use fill::Fill;
pub use invalid::Invalid;
pub use key::{Key, Keyed};
pub use newtype::Newtype;
pub use partition::{
    Day, Hour, HourKey, Month, PartitionKey, PartitionedBy, Stream, TimeKey, Year, partition_path,
    partition_path_into,
};
pub use percent::percent_encode_into;
pub use record::Record;
pub use refusal::Refusal;
pub use text::Text;
pub use timestamp::Timestamp;
pub use uuid::Uuid;
pub use value::{Value, ValueRef};

// What the derives write with. It is no part of what services may rely on.
#[doc(hidden)]
pub use events::{Indexed, Reader};
#[doc(hidden)]
pub use fields::Fields;
#[doc(hidden)]
pub use members::{Members, Taking};
#[doc(hidden)]
pub use newtype::{Accepted, Bound, Checked, Rules};
#[doc(hidden)]
pub use node::{Node, Object};
#[doc(hidden)]
pub use partition::StreamBy;
#[doc(hidden)]
pub use record::{Named, RecordRef};
#[doc(hidden)]
pub use table::{Backfill, Field, Role, Table};
#[doc(hidden)]
pub use value::{AnyValue, Each, List, Map, MapKey, Tagged, Variant};

/// Any JSON: what a field of the type `json` holds.
pub type Json = serde_json::Value;
