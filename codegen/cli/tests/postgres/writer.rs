//! A writer of the old schema, who knows nothing of what is going on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle, sleep};
use std::time::Duration;

use postgres::{Client, NoTls};

/// Writes rows until it is told to stop.
pub(crate) struct Writer {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Result<u64, String>>,
}

impl Writer {
    /// Goes on with this statement, two rows in each transaction.
    pub(crate) fn start(url: &str, insert: &str) -> Self {
        let mut client = Client::connect(url, NoTls).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let (is_over, insert) = (stop.clone(), insert.to_owned());
        let thread = thread::spawn(move || {
            let mut rows = 0;
            while !is_over.load(Ordering::Relaxed) {
                let mut write = || {
                    let mut transaction = client.transaction()?;
                    let mut written = transaction.execute(&insert, &[])?;
                    sleep(Duration::from_millis(2));
                    written += transaction.execute(&insert, &[])?;
                    transaction.commit()?;
                    Ok(written)
                };
                rows += write().map_err(|error: postgres::Error| format!("{error:?}"))?;
            }
            Ok(rows)
        });
        Self { stop, thread }
    }

    /// How many rows it wrote, or what stopped it.
    pub(crate) fn stop(self) -> Result<u64, String> {
        // The new state is written to as well.
        sleep(Duration::from_millis(50));
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}
