//! The real `tsc`, and `node` to run what it makes, for tests that nothing else convinces.
//!
//! `tsc` is of the version that `typescript/package-lock.json` names. The first test that asks has `npm` install it into a folder below
//! `target/`, where it stays. Where there is no `node`, no `npm`, or nothing that `npm` could load from, [`TypeScript::find`] says so once, on
//! standard error, and gives nothing; in CI (`CI` is set, and not `false`) it panics.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, Once, PoisonError};
use std::{fs, process, thread};

use serde_json::json;

use crate::programs::left_out;

/// The folder with the versions, and with the options that all is compiled with.
const PINNED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/typescript");

/// The programs.
pub struct TypeScript {
    tsc: PathBuf,
}

impl TypeScript {
    /// The programs; `folder` is where they are installed, `CARGO_TARGET_TMPDIR` of the test. None if they cannot be had.
    ///
    /// # Panics
    ///
    /// If they cannot be had in CI.
    #[must_use]
    pub fn find(folder: &str) -> Option<Self> {
        static SAID: Once = Once::new();
        let installed = install(Path::new(folder));
        if let Err(why) = &installed {
            let how = format!(
                "{why}: install Node.js 18 or newer with npm (`apt-get install nodejs npm`, `brew install node`)"
            );
            left_out(&SAID, "TypeScript", &how);
        }
        installed.ok().map(|tsc| TypeScript { tsc })
    }

    /// Compiles what `include` names below a folder, as strictly as `tsc` can, and more `options` of `tsconfig.json`.
    ///
    /// # Errors
    ///
    /// What `tsc` says.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn compile(
        &self,
        folder: &Path,
        include: &[&str],
        options: &serde_json::Value,
    ) -> Result<(), String> {
        let config = json!({
            "extends": format!("{PINNED}/tsconfig.json"),
            "compilerOptions": options,
            "include": include,
        });
        fs::write(folder.join("tsconfig.json"), config.to_string()).expect("a folder to write to");
        let mut command = Command::new("node");
        command
            .arg(&self.tsc)
            .args(["--project", ".", "--pretty", "false"]);
        said(command.current_dir(folder), "")
    }

    /// What a script prints that is given a text.
    ///
    /// # Errors
    ///
    /// What it says, if it fails.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn run(&self, script: &Path, input: &str) -> Result<String, String> {
        let output = output(Command::new("node").arg(script), input);
        if output.status.success() {
            Ok(String::from_utf8(output.stdout).expect("a script that prints UTF-8"))
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }
}

/// The path of `tsc` after it is there.
fn install(folder: &Path) -> Result<PathBuf, String> {
    // The tests of a process wait for the first of them.
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _installing = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    said(Command::new("node").arg("--version"), "").map_err(|_| "there is no `node`".to_owned())?;
    let says = |error: io::Error| error.to_string();
    let lock = fs::read(format!("{PINNED}/package-lock.json")).map_err(says)?;
    let mut hasher = DefaultHasher::new();
    lock.hash(&mut hasher);
    let home = folder.join(format!("node-{:016x}", hasher.finish()));
    let tsc = home.join("node_modules/typescript/lib/tsc.js");
    if tsc.exists() {
        return Ok(tsc);
    }
    // Beside its place until it is whole: another process may be at it, too, and the first one to be ready has it.
    let fresh = folder.join(format!("node-{}", process::id()));
    fs::create_dir_all(&fresh).map_err(says)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(format!("{PINNED}/{name}"), fresh.join(name)).map_err(says)?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    let installed = said(command.current_dir(&fresh), "");
    if installed.is_ok() {
        let _ = fs::rename(&fresh, &home);
    }
    let _ = fs::remove_dir_all(&fresh);
    let short = |why: String| why.lines().next().unwrap_or_default().to_owned();
    installed.map_err(|why| format!("npm could not install it ({})", short(why)))?;
    Ok(tsc)
}

/// What a program has to say, if it fails.
fn said(command: &mut Command, input: &str) -> Result<(), String> {
    let ran = run(command, input).map_err(|error| error.to_string())?;
    if ran.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned())
}

fn output(command: &mut Command, input: &str) -> Output {
    run(command, input).expect("a program that was there a moment ago")
}

fn run(command: &mut Command, input: &str) -> io::Result<Output> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let mut stdin = child.stdin.take();
    thread::scope(|scope| {
        scope.spawn(|| {
            // One that ends early does not read all of it, and says itself why.
            let _ = stdin
                .take()
                .map(|mut stdin| stdin.write_all(input.as_bytes()));
        });
        child.wait_with_output()
    })
}
