//! Instructions, repeatable: this program runs itself under cachegrind, once and with twice as many repetitions. The difference
//! is that of the repetitions alone.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

use report::valgrind::instructions;

/// How often something is done in the shorter of the two runs: a multiple of the number of messages that take turns.
pub(crate) const TIMES: usize = 2000;

/// The instructions of `TIMES` repetitions of a work, which is told by its group and its place there.
pub(crate) fn count(group: &str, place: usize, folder: &Path) -> Result<f64, Box<dyn Error>> {
    let work = format!("{group}/{place}");
    Ok(whole(&work, 2 * TIMES, folder)? - whole(&work, TIMES, folder)?)
}

/// The instructions of a process that does the work so many times.
fn whole(work: &str, times: usize, folder: &Path) -> Result<f64, Box<dyn Error>> {
    let result = folder.join("cachegrind.out");
    let status = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--branch-sim=no"])
        .arg(format!("--cachegrind-out-file={}", result.display()))
        .arg(env::current_exe()?)
        .args(["--work", work, "--times", &times.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(format!("valgrind ended with {status}").into());
    }
    instructions(&result)
}
