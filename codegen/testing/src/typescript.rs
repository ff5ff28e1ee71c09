//! The real `tsc`, and `node` to run what it makes, for tests that nothing else convinces.
//!
//! `tsc` is of the version that `typescript/package-lock.json` names. The first test that asks has `npm` install it into a folder below
//! `target/`, where it stays. Where there is no `node`, no `npm`, or nothing that `npm` could load from, [`TypeScript::find`] says so once, on
//! standard error, and gives nothing; in CI (`CI` is set, and not `false`) it panics.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Once;
use std::{fs, thread};

use serde_json::json;

use crate::npm;
use crate::programs::{left_out, said};

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
        let installed = npm::install(Path::new(PINNED), Path::new(folder));
        if let Err(why) = &installed {
            let how = format!(
                "{why}: install Node.js 18 or newer with npm (`apt-get install nodejs npm`, `brew install node`)"
            );
            left_out(&SAID, "TypeScript", &how);
        }
        installed.ok().map(|home| TypeScript {
            tsc: home.join("node_modules/typescript/lib/tsc.js"),
        })
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
        said(command.current_dir(folder))
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
