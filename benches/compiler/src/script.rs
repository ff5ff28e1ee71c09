//! Runs a build script over a catalog, plainly and under valgrind.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use catalogs::Catalog;
use report::valgrind::{Functions, instructions};
use report::{Usage, measure};

use crate::krate::write_files;
use crate::subject::Subject;

/// A crate of so many events, for a build script that was built elsewhere.
pub(crate) struct Site {
    subject: Subject,
    events: usize,
    folder: PathBuf,
    script: PathBuf,
}

/// Files and what tells that they were written: each one is put in place by rename.
pub(crate) type Written = BTreeMap<PathBuf, (u64, i64, i64)>;

impl Site {
    pub(crate) fn new(
        all: &Path,
        subject: Subject,
        events: usize,
        script: &Path,
    ) -> Result<Self, Box<dyn Error>> {
        let folder = all.join(events.to_string()).join(subject.slug());
        let site = Self {
            subject,
            events,
            folder,
            script: script.to_owned(),
        };
        site.write(false)?;
        site.forget()?;
        Ok(site)
    }

    /// Writes the definitions before or after the edit of one event.
    ///
    /// In a process of its own: the kernel counts the peak of a parent as one of its child.
    pub(crate) fn write(&self, edited: bool) -> Result<(), Box<dyn Error>> {
        let (slug, events, edited) = (
            self.subject.slug(),
            self.events.to_string(),
            edited.to_string(),
        );
        let status = Command::new(env::current_exe()?)
            .args([WRITE, slug, &events, &edited])
            .arg(&self.folder)
            .status()?;
        if status.success() {
            Ok(())
        } else {
            Err("the definitions were not written".into())
        }
    }

    /// Has a run write a target beside Rust.
    pub(crate) fn ask_for(&self, target: &str) -> io::Result<()> {
        let catalog = self.folder.join("schema/catalog.yaml");
        let text = fs::read_to_string(&catalog)?;
        let asked = text.replace("eventc: 1\n", &format!("eventc: 1\ntargets: [{target}]\n"));
        fs::write(catalog, asked)
    }

    /// How many files a target has written, and how many bytes.
    pub(crate) fn output(&self, target: &str) -> io::Result<(f64, f64)> {
        let files = files_below(&self.generated().join(target))?;
        let mut bytes = 0;
        for path in &files {
            bytes += fs::metadata(path)?.len();
        }
        Ok((files.len() as f64, bytes as f64))
    }

    /// Removes all that a run has written.
    pub(crate) fn forget(&self) -> io::Result<()> {
        for folder in [self.out(), self.generated()] {
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
        }
        fs::create_dir_all(self.out())
    }

    /// Bytes of the definitions.
    pub(crate) fn input(&self) -> io::Result<f64> {
        let mut bytes = 0;
        for path in files_below(&self.folder.join(self.subject.folder()))? {
            bytes += fs::metadata(path)?.len();
        }
        Ok(bytes as f64)
    }

    /// The generated files as they are now.
    pub(crate) fn written(&self) -> io::Result<Written> {
        let generated = self.generated();
        let mut written = Written::new();
        for path in files_below(&generated)? {
            let found = fs::metadata(&path)?;
            let path = path.strip_prefix(&generated).unwrap_or(&path).to_owned();
            written.insert(path, (found.ino(), found.mtime(), found.mtime_nsec()));
        }
        Ok(written)
    }

    /// What a run takes.
    pub(crate) fn run(&self) -> Result<Usage, Box<dyn Error>> {
        self.measure(Command::new(&self.script))
    }

    /// The instructions of a run.
    pub(crate) fn count(&self) -> Result<f64, Box<dyn Error>> {
        let result = self.folder.join("cachegrind.out");
        let mut command = Command::new("valgrind");
        command.args(["--tool=cachegrind", "--cache-sim=no", "--branch-sim=no"]);
        self.valgrind(command, "cachegrind-out-file", &result)?;
        instructions(&result)
    }

    /// The instructions of a run, and those of functions with all that they call.
    pub(crate) fn count_functions(&self, functions: &[&str]) -> Result<(f64, f64), Box<dyn Error>> {
        let result = self.folder.join("callgrind.out");
        let mut command = Command::new("valgrind");
        command.arg("--tool=callgrind");
        self.valgrind(command, "callgrind-out-file", &result)?;
        let (whole, costs) = (instructions(&result)?, Functions::read(&result)?);
        let mut sum = 0.0;
        for function in functions {
            let calls = costs.calls(function);
            let calls = calls.ok_or_else(|| format!("callgrind knows no `{function}`"))?;
            sum += calls.instructions;
        }
        Ok((whole, sum))
    }

    fn valgrind(
        &self,
        mut command: Command,
        option: &str,
        result: &Path,
    ) -> Result<Usage, Box<dyn Error>> {
        command
            .arg(format!("--{option}={}", result.display()))
            .arg(&self.script);
        self.measure(command)
    }

    /// As cargo calls it.
    fn measure(&self, mut command: Command) -> Result<Usage, Box<dyn Error>> {
        command
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("OUT_DIR", self.out())
            // Also where `CI` is set.
            .env("EVENTC_WRITE", "always");
        let log = self.folder.join("script.log");
        let (status, usage) = measure(&mut command, &log)?;
        let said = fs::read_to_string(&log)?;
        if !status.success() || said.contains("cargo::error") || said.contains("cargo::warning") {
            let lines: Vec<_> = said
                .lines()
                .filter(|line| !line.contains("rerun-if"))
                .take(40)
                .collect();
            return Err(format!(
                "the script of `{}` failed:\n{}",
                self.subject.slug(),
                lines.join("\n")
            )
            .into());
        }
        Ok(usage)
    }

    fn out(&self) -> PathBuf {
        self.folder.join("out")
    }

    fn generated(&self) -> PathBuf {
        self.folder.join("generated")
    }
}

/// The argument of a process that writes definitions for its parent.
const WRITE: &str = "write-definitions";

/// Does so if this is such a process.
pub(crate) fn write_for_parent() -> Result<bool, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [WRITE, slug, events, edited, folder] =
        arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]
    else {
        return Ok(false);
    };
    let subject = Subject::from_slug(slug).ok_or("an unknown subject")?;
    let catalog = Catalog::new(events.parse()?);
    let catalog = if edited == "true" {
        catalog.edited()
    } else {
        catalog
    };
    write_files(
        &Path::new(folder).join(subject.folder()),
        subject.render(&catalog),
    )?;
    Ok(true)
}

fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.exists() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                files.extend(files_below(&path)?);
            } else {
                files.push(path);
            }
        }
    }
    Ok(files)
}
