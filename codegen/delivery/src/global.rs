//! One emitter for code that is too deep to be given one.

use std::error::Error;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use eventc::Event;

use crate::emitter::Emitter;

static GLOBAL: OnceLock<Emitter> = OnceLock::new();
static WITHOUT: AtomicU64 = AtomicU64::new(0);

/// Makes this emitter the one that [`emit`] gives events to, for as long as the process runs.
///
/// What it gives back belongs into `main`: a global is never dropped, so the emitter shuts down when this is. An emitter
/// whose sinks ask for something is not taken, as `emit` could not hold events to it.
///
/// # Errors
///
/// If there is one already. It stays.
pub fn init(emitter: Emitter) -> Result<Guard, AlreadyInitialised> {
    let mut is_new = false;
    let global = GLOBAL.get_or_init(|| {
        is_new = true;
        emitter
    });
    match is_new {
        true => Ok(Guard(global)),
        false => Err(AlreadyInitialised(())),
    }
}

/// Gives an event to the emitter of [`init`], as [`Emitter::emit`] does. Without one it is counted in
/// [`emitted_without_init`], and gone.
pub fn emit<E: Event>(event: E) {
    match GLOBAL.get() {
        Some(emitter) => emitter.emit(event),
        None => {
            WITHOUT.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// How many events were given to [`emit`] while there was no emitter for it.
#[must_use]
pub fn emitted_without_init() -> u64 {
    WITHOUT.load(Ordering::Relaxed)
}

/// Shuts the global emitter down when it is dropped.
#[must_use = "the emitter shuts down when this is dropped: keep it in `main`"]
#[derive(Debug)]
pub struct Guard(&'static Emitter);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// There is a global emitter already.
#[derive(Debug)]
pub struct AlreadyInitialised(());

impl fmt::Display for AlreadyInitialised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "there is an emitter already that `eventc_delivery::emit` gives events to, and it stays; call `init` once, in `main`",
        )
    }
}

impl Error for AlreadyInitialised {}
