//! What a child process and its descendants took.

use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

/// What a child and all of its descendants took that it waited for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usage {
    /// Seconds of processors, of the user and of the system.
    pub cpu: f64,
    /// Seconds on the clock.
    pub wall: f64,
    /// The most memory that any one of the processes had at once, in bytes.
    pub peak: u64,
}

/// Runs a command to its end and returns what it took; what it says goes to the file `log`.
///
/// # Errors
/// If it cannot be run. One that fails is no error here: look at the status.
pub fn measure(command: &mut Command, log: &Path) -> io::Result<(ExitStatus, Usage)> {
    let said = File::create(log)?;
    command
        .stdin(Stdio::null())
        .stdout(said.try_clone()?)
        .stderr(said);
    let start = Instant::now();
    let child = command.spawn()?;
    let (status, used) = wait4(child.id())?;
    let wall = start.elapsed().as_secs_f64();
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    let cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
    // Linux counts in KiB.
    let peak = u64::try_from(used.ru_maxrss).unwrap_or_default() * 1024;
    Ok((status, Usage { cpu, wall, peak }))
}

/// The most memory that this process has had at once, in bytes.
///
/// What a child had is never said to be less than that: the kernel counts its first moments, when it still was its parent.
///
/// # Errors
/// If the kernel does not say.
pub fn own_peak() -> io::Result<u64> {
    let mut used = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the pointer is to a local of the type that the call writes, and lives through it.
    if unsafe { libc::getrusage(libc::RUSAGE_SELF, used.as_mut_ptr()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: all zeros is a value of this struct of integers, and the call has filled it.
    let used = unsafe { used.assume_init() };
    Ok(u64::try_from(used.ru_maxrss).unwrap_or_default() * 1024)
}

/// Waits for a child, which nobody else may wait for.
fn wait4(id: u32) -> io::Result<(ExitStatus, libc::rusage)> {
    let id = libc::pid_t::try_from(id).map_err(io::Error::other)?;
    let mut status = 0;
    let mut used = MaybeUninit::<libc::rusage>::zeroed();
    loop {
        // SAFETY: both pointers are to locals of the types that the call writes, and live through it.
        let waited = unsafe { libc::wait4(id, &mut status, 0, used.as_mut_ptr()) };
        if waited == id {
            // SAFETY: all zeros is a value of this struct of integers, and the call has filled it.
            return Ok((ExitStatus::from_raw(status), unsafe { used.assume_init() }));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_grandchildren_take() -> io::Result<()> {
        let log = std::env::temp_dir().join(format!("report-child-{}", std::process::id()));
        let spin = "(i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done); echo said; exit 3";
        let (status, usage) = measure(Command::new("sh").args(["-c", spin]), &log)?;
        assert_eq!(status.code(), Some(3));
        assert!(usage.cpu > 0.01 && usage.peak > 100_000, "{usage:?}");
        assert_eq!(std::fs::read_to_string(&log)?, "said\n");
        std::fs::remove_file(log)
    }
}
