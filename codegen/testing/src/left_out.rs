//! Tests that need a program which not every machine has.

use std::io::Write as _;
use std::sync::Once;
use std::{env, io};

/// Says once which tests are left out and how to have them, or panics in CI (`CI` is set, and not `false`).
///
/// # Panics
///
/// In CI.
pub fn left_out(said: &Once, need: &str, how: &str) {
    let is_ci = env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false");
    assert!(!is_ci, "tests need {need}: {how}");
    // Not `eprintln!`: what that says is kept from those whose tests pass.
    said.call_once(|| {
        let _ = writeln!(io::stderr(), "skipped the tests that need {need}: {how}");
    });
}
