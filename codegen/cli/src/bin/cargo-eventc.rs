//! `cargo eventc …`, which is `eventc …`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo runs `cargo-eventc eventc …`: it passes on the word by which it found us.
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|word| word == "eventc") {
        arguments.remove(1);
    }
    eventc_cli::run("cargo eventc", arguments)
}
