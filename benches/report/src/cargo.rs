//! Cargo as its users run it.

use std::env;
use std::process::Command;

/// How the names of variables begin that change what cargo and rustc do.
const CHANGING: [&str; 7] = [
    "CARGO_BUILD_",
    "CARGO_ENCODED_",
    "CARGO_INCREMENTAL",
    "CARGO_PROFILE_",
    "CARGO_TARGET_DIR",
    "RUSTC",
    "RUSTFLAGS",
];

/// A call of cargo, without whatever is set where this program runs and would change what is measured.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if CHANGING.iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    command
        .env("CARGO_TERM_COLOR", "never")
        // Also where `CI` is set.
        .env("EVENTC_WRITE", "always");
    command
}
