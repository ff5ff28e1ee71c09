//! A service with requests that come whether it is able to answer or not.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How many requests are answered at once.
const WORKERS: u32 = 4;

/// How often a request comes to a worker.
const EVERY: Duration = Duration::from_millis(20);

/// What a request takes, but for its event.
const WORK: Duration = Duration::from_millis(1);

/// How long a client waits for its answer.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// Where a service reports its requests.
pub trait Log: Send + 'static {
    /// Reports a request that is about to be answered, after such a time.
    ///
    /// # Errors
    ///
    /// Whatever the way to report is fails with.
    fn success(&mut self, duration: Duration) -> Result<(), Box<dyn Error>>;
}

/// What a client saw of a request.
#[derive(Clone, Copy)]
pub struct Request {
    /// When it was sent, after the start.
    pub at: Duration,
    /// At most [`PATIENCE`].
    pub latency: Duration,
    /// It was answered by an error, or not in time.
    pub failed: bool,
}

/// Requests to a service, until it is stopped.
pub struct Load {
    is_over: Arc<AtomicBool>,
    workers: Vec<JoinHandle<Vec<Request>>>,
}

impl Load {
    /// A service whose workers each have a log of their own.
    pub fn start<L: Log>(clock: Instant, log: impl Fn() -> L) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let worker = |number: u32| {
            let (mut log, is_over) = (log(), is_over.clone());
            thread::spawn(move || {
                let first = clock.elapsed() + EVERY * number / WORKERS;
                let times = (0..).map(|count| first + EVERY * count);
                let until_over = times.take_while(|_| !is_over.load(Ordering::Relaxed));
                until_over.map(|at| ask(&mut log, clock, at)).collect()
            })
        };
        let workers = (0..WORKERS).map(worker).collect();
        Load { is_over, workers }
    }

    /// All requests that there were.
    pub fn stop(self) -> Vec<Request> {
        self.is_over.store(true, Ordering::Relaxed);
        let of_worker = |worker: JoinHandle<_>| worker.join().unwrap_or_default();
        self.workers.into_iter().flat_map(of_worker).collect()
    }
}

/// A request that is sent at a time, and may have to wait until the worker has answered those before it.
fn ask(log: &mut impl Log, clock: Instant, at: Duration) -> Request {
    thread::sleep(at.saturating_sub(clock.elapsed()));
    let is_late = || clock.elapsed() > at + PATIENCE;
    // whose client is gone is not answered
    let failed = is_late() || answer(log).is_err() || is_late();
    let latency = (clock.elapsed() - at).min(PATIENCE);
    Request {
        at,
        latency,
        failed,
    }
}

fn answer(log: &mut impl Log) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    thread::sleep(WORK);
    log.success(start.elapsed())
}
