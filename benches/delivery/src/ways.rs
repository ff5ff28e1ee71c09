//! The ways from a caller to a store. Each bounds what waits to about 8 MiB, as ours does by default.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::Duration;

use eventc_delivery::Emitter;
use tracing_appender::non_blocking::NonBlockingBuilder;

use crate::event::OrderPlaced;
use crate::store::Store;

/// So many events are about 8 MiB as structs with their strings.
const WAITING: usize = 16 * 1024;

/// A way to give an event away, and what has to be kept until the run is over.
pub(crate) struct Way {
    /// Gives one away, and says whether it was taken.
    pub(crate) give: Box<dyn FnMut(OrderPlaced) -> bool>,
    /// Ends it; the store does not hold anybody up any more.
    pub(crate) end: Box<dyn FnOnce()>,
}

/// The names of the ways, ours first.
pub(crate) const NAMES: [&str; 4] = [
    "**eventc-delivery**, `emit`",
    "crossbeam-channel, `try_send` of a box",
    "tokio mpsc, `try_send` of a box",
    "tracing-appender, `NonBlocking`, JSON by eventc",
];

/// Opens the way of a name to a store.
pub(crate) fn open(name: &str, store: Store, folder: &Path) -> Result<Way, String> {
    match NAMES.iter().position(|known| *known == name) {
        Some(0) => ours(store, folder),
        Some(1) => Ok(crossbeam(store)),
        Some(2) => Ok(tokio(store)),
        Some(3) => Ok(appender(store)),
        _ => Err(format!("there is no way `{name}`")),
    }
}

fn ours(store: Store, folder: &Path) -> Result<Way, String> {
    let _ = fs::remove_dir_all(folder);
    let emitter = Emitter::builder().without_heartbeat()
        .spool(folder)
        .sink(store)
        .drain_for(Duration::ZERO)
        .start()
        .map_err(|error| error.to_string())?;
    let other = emitter.clone();
    Ok(Way {
        give: Box::new(move |event| emitter.try_emit(event).is_ok()),
        end: Box::new(move || drop(other)),
    })
}

fn crossbeam(store: Store) -> Way {
    let (sender, receiver) = crossbeam_channel::bounded::<Box<OrderPlaced>>(WAITING);
    let thread = thread::spawn(move || {
        for event in receiver {
            store.take(1);
            drop(event);
        }
    });
    Way {
        give: Box::new(move |event| sender.try_send(Box::new(event)).is_ok()),
        end: Box::new(move || drop(thread.join())),
    }
}

fn tokio(store: Store) -> Way {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<Box<OrderPlaced>>(WAITING);
    let thread = thread::spawn(move || {
        while let Some(event) = receiver.blocking_recv() {
            store.take(1);
            drop(event);
        }
    });
    Way {
        give: Box::new(move |event| sender.try_send(Box::new(event)).is_ok()),
        end: Box::new(move || drop(thread.join())),
    }
}

/// It does not say whether it took a line, but counts those that it dropped.
fn appender(store: Store) -> Way {
    let (mut writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING)
        .lossy(true)
        .finish(store);
    let counter = writer.error_counter();
    let mut buffer = Vec::with_capacity(1024);
    Way {
        give: Box::new(move |event| {
            buffer.clear();
            let before = counter.dropped_lines();
            eventc::encode_into(&event, &mut buffer).is_ok()
                && writer.write_all(&buffer).is_ok()
                && counter.dropped_lines() == before
        }),
        end: Box::new(move || drop(guard)),
    }
}
