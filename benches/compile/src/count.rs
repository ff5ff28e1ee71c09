//! Counts the instructions of one rustc, exactly: this program stands between cargo and rustc, and runs the one under valgrind.

use std::env;
use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use report::valgrind::{Calls, Functions, instructions};

use crate::cargo::{Action, Cargo};
use crate::layout::{Crate, Workspace};
use crate::steps::Step;

/// The crate whose rustc is counted.
const CRATE: &str = "COMPILE_COUNTED_CRATE";
/// The tool of valgrind that counts.
const TOOL: &str = "COMPILE_COUNTED_TOOL";
/// Where the result goes.
const RESULT: &str = "COMPILE_COUNTED_RESULT";
/// The rustc itself: what cargo calls may be rustup's proxy.
const RUSTC: &str = "COMPILE_COUNTED_RUSTC";

/// Counts the instructions of the compilation of one crate.
pub(crate) fn count(all: &Path, krate: &Crate, action: Action) -> Result<f64, Box<dyn Error>> {
    let counting = Counting::new(all, "cachegrind")?;
    instructions(&counting.whole(krate, action)?)
}

/// Counts those of each function of rustc.
pub(crate) fn profile(all: &Path, krate: &Crate) -> Result<Profile, Box<dyn Error>> {
    let counting = Counting::new(all, "callgrind")?;
    Profile::read(&counting.whole(krate, Action::Check)?)
}

/// Counts those of each function of rustc after an edit.
pub(crate) fn profile_edit(
    all: &Path,
    workspace: &Workspace,
    krate: &Crate,
) -> Result<Profile, Box<dyn Error>> {
    let counting = Counting::new(all, "callgrind")?;
    Profile::read(&counting.after_edit(workspace, krate, Action::Check)?)
}

/// What callgrind knows of a rustc.
pub(crate) struct Profile {
    whole: Calls,
    functions: Functions,
}

impl Profile {
    fn read(result: &Path) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            whole: Calls {
                number: 1.0,
                instructions: instructions(result)?,
            },
            functions: Functions::read(result)?,
        })
    }

    /// How often a step was done, and its instructions: nothing if rustc never came to it.
    pub(crate) fn of(&self, step: Step) -> Calls {
        let function = step.function();
        function.map_or(self.whole, |function| {
            self.functions.calls(&function).unwrap_or_default()
        })
    }

    /// Whether functions are still called as we know them: another rustc may have others, which would count as nothing.
    pub(crate) fn has_all_steps(&self) -> Result<(), String> {
        match Step::ALL
            .into_iter()
            .find(|step| self.of(*step).number == 0.0)
        {
            Some(step) => Err(format!("this rustc calls another function for {step:?}")),
            None => Ok(()),
        }
    }
}

/// Cargo with this program between it and rustc.
struct Counting {
    cargo: Cargo,
    result: PathBuf,
}

impl Counting {
    fn new(all: &Path, tool: &'static str) -> Result<Self, Box<dyn Error>> {
        let result = all.join(format!("{tool}.out"));
        // What was counted before must not be taken for what is counted now.
        if result.exists() {
            fs::remove_file(&result)?;
        }
        let cargo = Cargo::new(all)
            .with("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?)
            .with(RUSTC, rustc()?)
            .with(TOOL, tool)
            .with(RESULT, &result);
        Ok(Self { cargo, result })
    }

    /// Where the counts of a build without anything from a build before are.
    fn whole(self, krate: &Crate, action: Action) -> Result<PathBuf, Box<dyn Error>> {
        let cargo = self.cargo.with("CARGO_INCREMENTAL", "0");
        // Once without counting, for the dependencies and build scripts; wrapped all the same, as cargo tells the two apart.
        cargo.prepare(krate, action)?;
        cargo.with(CRATE, &krate.name).rebuild(krate, action)?;
        Ok(self.result)
    }

    /// Where the counts of an incremental build after the edit of one event are.
    fn after_edit(
        self,
        workspace: &Workspace,
        krate: &Crate,
        action: Action,
    ) -> Result<PathBuf, Box<dyn Error>> {
        self.cargo.prepare(krate, action)?;
        workspace.write_sources(krate, true)?;
        self.cargo.with(CRATE, &krate.name).run(krate, action)?;
        workspace.write_sources(krate, false)?;
        Ok(self.result)
    }
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
    let (tool, result) = (env::var(TOOL)?, env::var(RESULT)?);
    let mut command = Command::new("valgrind");
    command
        .arg(format!("--tool={tool}"))
        .args(["--cache-sim=no", "--branch-sim=no"])
        .arg(format!("--{tool}-out-file={result}"))
        // Cargo reads what rustc says on stderr.
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
