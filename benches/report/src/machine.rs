//! What the figures were measured on.

use std::fs;
use std::process::Command;
use std::thread;

/// The processor, its cores, the memory and the compiler, in one line without names of hosts or paths.
pub fn machine() -> String {
    let processor = first_value("/proc/cpuinfo", "model name")
        .unwrap_or_else(|| "an unknown processor".to_owned());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let memory = first_value("/proc/meminfo", "MemTotal")
        .and_then(|total| total.strip_suffix(" kB")?.parse::<f64>().ok())
        .map(|kib| format!(", {:.0} GiB", kib / 1024.0 / 1024.0))
        .unwrap_or_default();
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let rustc = rustc.unwrap_or_else(|_| "an unknown rustc".to_owned());
    let system = std::env::consts::OS;
    format!("{processor}, {cores} cores{memory}, {system}, {rustc}")
}

/// The value of the first line `name : value`.
fn first_value(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
