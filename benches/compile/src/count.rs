//! Counts the instructions of one rustc, exactly: this program stands between cargo and rustc, and runs the one under valgrind.

use std::env;
use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::{Action, Cargo};
use crate::layout::Crate;

/// The crate whose rustc is counted.
const CRATE: &str = "COMPILE_COUNTED_CRATE";
/// Where the result goes.
const RESULT: &str = "COMPILE_COUNTED_RESULT";
/// The rustc itself: what cargo calls may be rustup's proxy.
const RUSTC: &str = "COMPILE_COUNTED_RUSTC";

/// Counts the instructions of the compilation of one crate.
pub(crate) fn count(all: &Path, krate: &Crate, action: Action) -> Result<f64, Box<dyn Error>> {
    let result = all.join("cachegrind.out");
    let plain = Cargo::new(all)
        .with("CARGO_INCREMENTAL", "0")
        .with("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?);
    let plain = plain.with(RUSTC, rustc()?).with(RESULT, &result);
    // Once without counting, for the dependencies and build scripts; wrapped all the same, as cargo tells the two apart.
    plain.prepare(krate, action)?;
    if result.exists() {
        fs::remove_file(&result)?;
    }
    plain.with(CRATE, &krate.name).rebuild(krate, action)?;
    let text = fs::read_to_string(&result)?;
    let summary = text
        .lines()
        .find_map(|line| line.strip_prefix("summary: "))
        .ok_or("cachegrind gave no summary")?;
    Ok(summary.trim().parse()?)
}

/// Does what cargo asks a wrapper of rustc for, if this process is one. Returns only if it is none or cannot.
pub(crate) fn wrap() -> Result<(), Box<dyn Error>> {
    let Some(rustc) = env::var_os(RUSTC) else {
        return Ok(());
    };
    // The first argument is the rustc that cargo would have called.
    let arguments: Vec<OsString> = env::args_os().skip(2).collect();
    let named = arguments
        .windows(2)
        .any(|pair| pair[0] == "--crate-name" && Some(&pair[1]) == env::var_os(CRATE).as_ref());
    let mut command = if named {
        valgrind(&rustc)?
    } else {
        Command::new(&rustc)
    };
    Err(command.args(arguments).exec().into())
}

fn valgrind(rustc: &OsStr) -> Result<Command, Box<dyn Error>> {
    let result = env::var(RESULT)?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--branch-sim=no"]);
    // Cargo reads what rustc says on stderr.
    command
        .arg(format!("--cachegrind-out-file={result}"))
        .arg(format!("--log-file={result}.log"))
        .arg(rustc);
    Ok(command)
}

fn rustc() -> Result<PathBuf, Box<dyn Error>> {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()?;
    let sysroot = String::from_utf8(output.stdout)?;
    Ok(Path::new(sysroot.trim()).join("bin/rustc"))
}
