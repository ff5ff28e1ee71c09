//! The command in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that goes with its test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("eventc-cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// One with the root of a catalog.
    pub(crate) fn with_root(name: &str) -> Self {
        let folder = Self::new(name);
        folder.write("schema/catalog.yaml", "catalog: acme\neventc: 1\n");
        folder
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// A program that runs here, as in a terminal without colours.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.0);
        for name in ["CLICOLOR_FORCE", "NO_COLOR", "COLUMNS", "CI"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn eventc(&self, arguments: &[&str]) -> Output {
        self.prepared(arguments).output().unwrap()
    }

    /// The command with its arguments, to be run.
    pub(crate) fn prepared(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_eventc"));
        command.args(arguments);
        command
    }

    /// What a line of a shell prints, on both outputs, and how it ends if that is not well.
    pub(crate) fn shell(&self, line: &str) -> String {
        let binaries = Path::new(env!("CARGO_BIN_EXE_eventc")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path);
        let path = std::env::join_paths(std::iter::once(binaries.to_owned()).chain(folders));
        let mut command = self.command("sh");
        command.args(["-c", &format!("exec 2>&1; {line}")]);
        let output = command.env("PATH", path.unwrap()).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        match output.status.code() {
            Some(0) => said,
            code => format!("{said}[exit code {}]\n", code.unwrap()),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The exit code, what went to standard output, and what went to standard error.
pub(crate) fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}
