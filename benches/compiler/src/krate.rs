//! New crates of events, as their users would lay them out: each a workspace of its own, with a build script.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use catalogs::{Catalog, Files};
use generators::{LOCK, workspace_dependencies};
use report::cargo;
use serde_json::Value;

use crate::subject::Subject;

/// From such a crate to the project: `target/compiler/new/<subject>`.
const PROJECT: &str = "../../../../..";

/// A small schema: it is the dependencies that count.
const EVENTS: usize = 10;

/// A new crate.
pub(crate) struct Crate {
    pub(crate) folder: PathBuf,
}

impl Crate {
    /// Writes the crate of a subject below the folder of all. Everything that it depends on is on this machine then.
    pub(crate) fn write(all: &Path, subject: Subject) -> Result<Self, Box<dyn Error>> {
        let folder = all.join("new").join(subject.slug());
        write_if_changed(&folder.join("Cargo.toml"), &manifest(subject))?;
        if !folder.join("Cargo.lock").exists() {
            fs::write(folder.join("Cargo.lock"), LOCK)?;
        }
        write_files(
            &folder.join(subject.folder()),
            subject.render(&Catalog::new(EVENTS)),
        )?;
        let (script, lib, text) = match subject.generator() {
            Some(generator) => {
                let text = "include!(concat!(env!(\"OUT_DIR\"), \"/lib.rs\"));\n";
                (generator.build_script(), "src/lib.rs", text)
            }
            // Cargo wants it to be there before the build script writes it.
            None => (
                "fn main() {\n    eventc_build::compile();\n}\n".to_owned(),
                "generated/rust/lib.rs",
                "",
            ),
        };
        write_if_changed(&folder.join("build.rs"), &script)?;
        write_if_changed(&folder.join(lib), text)?;
        let krate = Self { folder };
        krate.said(&["fetch"])?;
        Ok(krate)
    }

    /// Cargo in this crate, without the network.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo();
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.target());
        if arguments.first() != Some(&"fetch") {
            command.arg("--offline");
        }
        command
    }

    /// What cargo says on stdout.
    pub(crate) fn said(&self, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
        let output = self.cargo(arguments).output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("cargo {}: {said}", arguments.join(" ")).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// The build script as cargo has built it.
    pub(crate) fn script(&self) -> Result<PathBuf, Box<dyn Error>> {
        let said = self.said(&["build", "--message-format=json"])?;
        let messages = said.lines().map(serde_json::from_str::<Value>);
        let built = messages.filter_map(Result::ok).rfind(|message| {
            message["reason"] == "compiler-artifact" && message["target"]["name"] == "build-script-build"
                // Not that of a dependency.
                && message["manifest_path"] == *self.folder.join("Cargo.toml").to_string_lossy()
        });
        let path = built.and_then(|message| Some(PathBuf::from(message["filenames"][0].as_str()?)));
        path.ok_or_else(|| "cargo built no build script".into())
    }
}

fn manifest(subject: Subject) -> String {
    let name = subject.slug();
    let mut text =
        format!("[package]\nname = \"new_{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n");
    match subject.generator() {
        None => text.push_str(&format!(
            "[lib]\npath = \"generated/rust/lib.rs\"\n\n\
             [dependencies]\neventc = {{ path = \"{PROJECT}/codegen/runtime\" }}\n\n\
             [build-dependencies]\neventc-build = {{ path = \"{PROJECT}/codegen/build\" }}\n\n"
        )),
        Some(generator) => {
            push_dependencies(&mut text, "dependencies", generator.dependencies);
            push_dependencies(
                &mut text,
                "build-dependencies",
                generator.build_dependencies,
            );
        }
    }
    text + "[workspace]\n\n[workspace.dependencies]\n" + workspace_dependencies()
}

fn push_dependencies(manifest: &mut String, table: &str, names: &[&str]) {
    manifest.push_str(&format!("[{table}]\n"));
    for name in names {
        manifest.push_str(&format!("{name}.workspace = true\n"));
    }
    manifest.push('\n');
}

/// Writes files below a folder, and touches only those that differ.
pub(crate) fn write_files(folder: &Path, files: Files) -> io::Result<()> {
    files
        .iter()
        .try_for_each(|(path, text)| write_if_changed(&folder.join(path), text))
}

fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    // Ours writes `lib.rs` itself, once there is one.
    if fs::read_to_string(path).is_ok_and(|present| present == text || text.is_empty()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
