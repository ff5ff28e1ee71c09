//! What must not compile, and what is said about it.
//!
//! Each case is hand-written structs in one file, named by the mistake; the message beside it is read
//! by someone at three in the morning. To change one, change the words where they come from and run
//! `TRYBUILD=overwrite cargo test --test ui`.

use std::process::Command;

/// The compiler whose words the messages beside the cases hold. Ours are the same on every version;
/// those that rustc puts around them change a little from one to the next.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn what_must_not_compile() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .map(|output| output.stdout)
        .unwrap_or_default();
    let version = String::from_utf8_lossy(&version).into_owned();
    if !version.starts_with(RUSTC) && std::env::var_os("CI").is_none() {
        println!(
            "skipped: the messages are those of {RUSTC}x, this is {}; `rustup toolchain install 1.95.0`",
            version.trim()
        );
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
