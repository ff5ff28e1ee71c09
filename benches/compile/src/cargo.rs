//! Runs cargo for one crate and measures it.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use report::{Usage, cargo, measure};

use crate::layout::Crate;

/// What cargo is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Check,
    Debug,
    Release,
}

impl Action {
    pub(crate) const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    /// As it is called in options and in raw results.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    pub(crate) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.slug() == slug)
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }

    fn profile(self) -> &'static str {
        if self == Self::Release {
            "release"
        } else {
            "debug"
        }
    }
}

/// Cargo with a target folder that all crates share, so that dependencies are compiled once.
pub(crate) struct Cargo {
    target: PathBuf,
    log: PathBuf,
    environment: Vec<(&'static str, OsString)>,
}

impl Cargo {
    /// With a target folder below the folder of all workspaces.
    pub(crate) fn new(all: &Path) -> Self {
        Self {
            target: all.join("target"),
            log: all.join("cargo.log"),
            environment: Vec::new(),
        }
    }

    /// The same with a variable of the environment.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Builds the crate and whatever it needs. What that took is a first run if nothing else was built.
    pub(crate) fn prepare(
        &self,
        krate: &Crate,
        action: Action,
    ) -> Result<Option<Usage>, Box<dyn Error>> {
        self.forget(krate, action)?;
        let usage = self.run(krate, action)?;
        // A build script is of the same package, and would not show.
        let alone = !krate.has_build_script() && self.built()? == [krate.name.as_str()];
        Ok(alone.then_some(usage))
    }

    /// Builds the crate itself once more, from nothing, and nothing else.
    pub(crate) fn rebuild(&self, krate: &Crate, action: Action) -> Result<Usage, Box<dyn Error>> {
        self.forget(krate, action)?;
        let usage = self.run(krate, action)?;
        let (built, name) = (self.built()?, &krate.name);
        if built == [name.as_str()] {
            return Ok(usage);
        }
        Err(format!("expected `{name}` alone to be built, but cargo built {built:?}").into())
    }

    /// The packages that the last run has built.
    fn built(&self) -> io::Result<Vec<String>> {
        let log = fs::read_to_string(&self.log)?;
        let lines = log.lines().map(str::split_whitespace);
        let built = lines.filter_map(|mut words| match words.next() {
            Some("Compiling" | "Checking") => words.next().map(str::to_owned),
            _ => None,
        });
        Ok(built.collect())
    }

    /// Runs cargo as it is, and fails at the least warning.
    pub(crate) fn run(&self, krate: &Crate, action: Action) -> Result<Usage, Box<dyn Error>> {
        let mut command = cargo();
        command
            .args(action.arguments())
            .args(["--package", &krate.name])
            .current_dir(&krate.workspace);
        command
            .env("CARGO_TARGET_DIR", &self.target)
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        let (status, usage) = measure(&mut command, &self.log)?;
        let log = fs::read_to_string(&self.log)?;
        if !status.success() || log.contains("warning:") {
            let what = if status.success() {
                "has warnings"
            } else {
                "does not compile"
            };
            let lines: Vec<_> = log.lines().take(60).collect();
            return Err(format!("`{}` {what}:\n{}", krate.name, lines.join("\n")).into());
        }
        Ok(usage)
    }

    /// Makes cargo forget that it has built the crate, and rustc what it knows of it; its build script stays as it is.
    ///
    /// To touch a source would not do: our build script watches what it wrote.
    fn forget(&self, krate: &Crate, action: Action) -> io::Result<()> {
        let profile = self.target.join(action.profile());
        let prefix = format!("{}-", krate.name);
        for folder in folders_with(&profile.join(".fingerprint"), &prefix)? {
            if folder.join(format!("lib-{}", krate.name)).exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        for folder in folders_with(&profile.join("incremental"), &prefix)? {
            fs::remove_dir_all(folder)?;
        }
        Ok(())
    }
}

fn folders_with(folder: &Path, prefix: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(prefix) {
                found.push(entry.path());
            }
        }
    }
    Ok(found)
}
