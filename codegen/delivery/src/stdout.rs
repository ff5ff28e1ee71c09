//! Events on standard output.

use std::io::{self, Write};

use crate::batch::Batch;
use crate::requirement::Any;
use crate::sink::{Fail, Sink};

/// Writes each event as a line of JSON to standard output, for whoever collects that. Its name is `stdout`.
///
/// A pipe keeps no position, so what was written right before a crash may be written again.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Stdout;

impl Stdout {
    /// Standard output.
    #[must_use]
    pub fn new() -> Self {
        Stdout
    }
}

impl Sink for Stdout {
    type Requires = Any;

    fn name(&self) -> &str {
        "stdout"
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let mut lines = Vec::new();
        for record in batch.records() {
            lines.extend_from_slice(record.json().as_bytes());
            lines.push(b'\n');
        }
        let mut out = io::stdout().lock();
        out.write_all(&lines)
            .and_then(|()| out.flush())
            .map_err(|error| Fail::Retry(format!("can't write to standard output: {error}")))
    }
}
