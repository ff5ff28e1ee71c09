//! Takes events from a service to its stores, so that nothing a store does can reach the caller, and nothing the caller gave
//! is lost.
//!
//! ```
//! use std::time::Duration;
//!
//! use eventc::{Event, Key, Timestamp, event};
//! use eventc_delivery::{Emitter, Files};
//!
//! /// A door was opened.
//! #[derive(Event)]
//! #[event(name = "door.opened", version = 1, partition = day(at))]
//! struct Opened {
//!     #[event(fill)]
//!     at: Key<Timestamp>,
//!     door: u32,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("eventc-doc-{}", std::process::id()));
//! let events = Emitter::builder()
//!     .spool(folder.join("spool"))
//!     .sink(Files::new(folder.join("events")))
//!     .start()?;
//!
//! events.emit(event!(Opened { door: 7 })); // waits for nothing, and never fails
//!
//! assert!(events.flush(Duration::from_secs(5)).is_complete());
//! assert_eq!(events.health().events["door.opened"].accepted, 1);
//! # drop(events);
//! # std::fs::remove_dir_all(folder)?;
//! # Ok(())
//! # }
//! ```
//!
//! # One way for good and bad weather
//!
//! An event is written as JSON by the thread that emits it, into memory. One thread takes what is there, every 20 ms, to a
//! log on disk, and a thread for each sink reads the log from the sink's own cursor. That is the way of every event, so what
//! happens when a store is away for a night is no other code than what happens all day.
//!
//! - The caller never waits. When the disk does not take what is in memory until that is full, the newest events are
//!   dropped and counted by name: [`Health::events`].
//! - A sink that fails, hangs or panics is tried again, after pauses that grow. No other sink and no caller notices.
//! - A process that is killed loses what was emitted in the last 20 ms. A failure of power costs what was emitted since the
//!   log was last forced to the disk: [`Fsync`].
//! - A sink that stores its own position, as [`Files`] does, has every event of the log once. Others have it at least once.
//!   `Nats`, behind a feature, has its server drop what comes again within a window.
//! - What a sink refuses for good stands among its dead letters, with the reason. A sink may keep its own: [`Batch::bury`].
//! - When the disk is full, events go from memory to the sinks that are not behind.
//!
//! # Sinks
//!
//! [`Files`] and [`Stdout`] are always there. The others are each behind a feature of its name: `Postgres`, for the tables that
//! the compiler makes of a schema; `Nats`, for messages of JetStream; `Http`, for JSON to Datadog, to Mixpanel, or to a service of
//! your own. [`Sink::only`] and [`Sink::sample`] leave out events that a store is not to get. A sink of your own is two methods of
//! [`Sink`].
//!
//! # Heartbeats
//!
//! An emitter sends an event about itself, [`Heartbeat`], at its start, every minute and at its end, on the way of all events
//! and with the counters of [`Health`]. A service that is down cannot say so, and whoever waits for its heartbeats hears it.
//! Give it a name there with [`Builder::service`]; [`Builder::without_heartbeat`] does without.
//!
//! # What an event must have
//!
//! A sink that is partitioned says by what: `type Requires = By<Day>`. It makes an `Emitter<By<Day>>`, and an event without a
//! day does not compile there:
//!
//! ```compile_fail,E0277
//! # use eventc::{Day, Event, event};
//! # use eventc_delivery::{By, Emitter};
//! # /// A door was opened.
//! # #[derive(Event)]
//! # #[event(name = "door.opened", version = 1, partition = none)]
//! # struct Opened { door: u32 }
//! fn report(events: &Emitter<By<Day>>) {
//!     events.emit(event!(Opened { door: 7 })); // `Opened` can't be given to an emitter whose sinks ask for `By<Day>`
//! }
//! ```
//!
//! # The spool
//!
//! ```text
//! spool/0/                          a slot, for one process at a time
//!   00000000000000000000.seg        segments of the log, named by the position of their first byte
//!   files.cursor                    how far a sink is: position u64 | crc32 u32
//!   files.dead.jsonl                what a sink refused
//!   lock, producer, clean           whose slot it is, under which id, and whether the last process ended in good order
//! ```
//!
//! A process takes the first slot that no other has, and what an ended process left in another one as well.
//!
//! A segment is frames, one after the other: `length u32 | crc32 u32 | payload`. Numbers are little-endian; the length and
//! the checksum (CRC-32 as in zip and PNG) are those of the payload. A payload is two lines of text:
//!
//! ```text
//! door.opened <TAB> 1 <TAB> 2026-11-23T05:00:00.250000Z <TAB> day=2026-11-23 <TAB> <TAB> <LF>
//! {"event":"door.opened","version":1,"at":"2026-11-23T05:00:00.250000Z","door":7} <LF>
//! ```
//!
//! the name of the event, its version, when it was accepted, the folder of its partition, its key and its id, the last two
//! percent-encoded, and empty where it has none; and the event, as [`eventc::encode`] gives it. The first versions wrote
//! neither key nor id, and later versions may add fields to the first line. So `grep -ah '^{' spool/*/*.seg` shows what
//! is on its way, and any version reads what another one left.
//!
//! A position is a number of bytes since the first frame ever. After an end that was not in good order the positions go on
//! 64 GiB further, as a store may have kept positions that the disk forgot.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod appender;
mod backoff;
mod batch;
mod capture;
mod clock;
mod courier;
mod dead_letters;
mod dropped;
mod emitter;
mod files;
mod global;
mod health;
mod heartbeat;
#[cfg(feature = "http")]
mod http;
mod log;
mod memory;
#[cfg(feature = "nats")]
mod nats;
mod picked;
#[cfg(feature = "postgres")]
mod postgres;
mod progress;
mod requirement;
mod sink;
mod spool;
mod stdout;
mod tally;

pub use appender::Fsync;
pub use batch::{Batch, Record};
pub use capture::Captured;
pub use dropped::Dropped;
pub use emitter::{Builder, Emitter, Flushed, StartError};
pub use files::Files;
pub use global::{AlreadyInitialised, Guard, emit, emitted_without_init, init};
pub use health::{EventCounts, Health, LogHealth, SinkHealth};
pub use heartbeat::{Heartbeat, HeartbeatState, SinkReport};
#[cfg(feature = "http")]
pub use http::{Answer, AsItIs, Datadog, Framing, Http, Mapping, Mixpanel};
#[cfg(feature = "nats")]
pub use nats::Nats;
pub use picked::Picked;
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
pub use requirement::{And, Any, By, Meets};
pub use sink::{Fail, Pace, Sink};
pub use stdout::Stdout;
// The id of a producer.
pub use uuid::Uuid;
