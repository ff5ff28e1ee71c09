//! The command `eventc`.

use std::process::ExitCode;

fn main() -> ExitCode {
    eventc_cli::run("eventc", std::env::args_os())
}
