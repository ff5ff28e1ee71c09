//! Which schema a command is about, and what came of it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use eventc_compiler::{Catalog, Compilation, Sources, Style, compile, render};

use crate::failure::Failure;
use crate::terminal::{count, remark};

/// The schema of a command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Schema {
    /// The folder of the schema: the one that holds `catalog.yaml`.
    ///
    /// Without it, `schema/catalog.yaml` is looked for here and then in the folders above.
    #[arg(long, display_order = 901, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    schema: Option<PathBuf>,
}

/// From where messages name the files of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// From where one stands, so that a terminal can open them.
    Here,
    /// From the root of the repository, as services name them that were given the whole of it.
    Repository,
}

/// A schema that was read, and what came of it.
pub(crate) struct Read {
    /// Its files.
    pub(crate) sources: Sources,
    /// Its catalog, and what is wrong with it.
    pub(crate) compilation: Compilation,
}

/// A schema without errors.
pub(crate) struct Checked {
    /// Its files.
    pub(crate) sources: Sources,
    /// What they declare.
    pub(crate) catalog: Catalog,
}

impl Schema {
    /// The folder, by a path that has its name: `.` has none.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        let Some(given) = &self.schema else {
            return found_above();
        };
        if !given.is_dir() {
            let what = format!("there is no folder `{}`", given.display());
            let help = "name the one that holds `catalog.yaml` with `--schema`";
            return Err(Failure::usage(what, help));
        }
        match given.file_name() {
            Some(_) => Ok(given.clone()),
            None => given
                .canonicalize()
                .map_err(|error| Failure::disk(given, &error)),
        }
    }

    /// The same schema, with its folder looked for once and for all.
    pub(crate) fn settled(&self) -> Result<Self, Failure> {
        Ok(Self {
            schema: Some(self.folder()?),
        })
    }

    /// The folder of what is generated: the one that was given, or `generated` beside the schema.
    pub(crate) fn generated(&self, given: Option<&Path>) -> Result<PathBuf, Failure> {
        let beside = |folder: PathBuf| folder.with_file_name("generated");
        given.map_or_else(|| self.folder().map(beside), |given| Ok(given.to_owned()))
    }

    /// The files of the schema.
    pub(crate) fn sources(&self, from: Origin) -> Result<Sources, Failure> {
        let folder = self.folder()?;
        let (root, below) = split(&folder);
        let sources = Sources::read(&folder, slashes(below).trim_end_matches('/'))?;
        Ok(sources.shown_below(&shown(root, from)))
    }

    /// Reads and compiles it.
    pub(crate) fn read(&self, from: Origin) -> Result<Read, Failure> {
        let sources = self.sources(from)?;
        let compilation = compile(&sources);
        Ok(Read {
            sources,
            compilation,
        })
    }

    /// Reads and compiles it for a command that needs it to be right; warnings are printed at once.
    pub(crate) fn checked(&self) -> Result<Checked, Failure> {
        self.read(Origin::Here)?.checked()
    }
}

impl Read {
    /// Its catalog, or all of its errors as people read them; warnings are printed at once.
    pub(crate) fn checked(self) -> Result<Checked, Failure> {
        self.remark_warnings();
        let errors = self.errors("the schema");
        match self.compilation.catalog {
            Some(catalog) => Ok(Checked {
                sources: self.sources,
                catalog,
            }),
            None => Err(errors),
        }
    }

    /// Prints the warnings.
    pub(crate) fn remark_warnings(&self) {
        for diagnostic in self.compilation.warnings() {
            let warning = render(diagnostic, &self.sources, Style::Colored);
            remark(&format!("{warning}\n"));
        }
    }

    /// The errors as people read them, and how many there are.
    ///
    /// `whole` is what they are in.
    pub(crate) fn errors(&self, whole: &str) -> Failure {
        let (first, others) = self.compilation.first_errors();
        let mut rendered: Vec<_> = first
            .map(|diagnostic| render(diagnostic, &self.sources, Style::Colored))
            .collect();
        let total = count(rendered.len() + others, "problem");
        if others > 0 {
            rendered.push(format!("and {others} more"));
        }
        Failure::Problems(format!(
            "{}\n\n{total} in {whole}; nothing was written",
            rendered.join("\n\n")
        ))
    }
}

/// The nearest `schema` folder with a `catalog.yaml`, from where one stands upwards.
///
/// A `schema` right here is taken without one, too: then the compiler says what is missing in it.
fn found_above() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir()?;
    let mut way = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join("schema/catalog.yaml").is_file() {
            return Ok(way.join("schema"));
        }
        way.push("..");
    }
    if Path::new("schema").is_dir() {
        return Ok("schema".into());
    }
    Err(Failure::usage(
        "there is no schema here: neither this folder nor one above it has `schema/catalog.yaml`",
        "begin one with `eventc init`, or name the folder that holds `catalog.yaml` with `--schema`",
    ))
}

/// The folder of the crate that a schema belongs to, and the schema's path below it, which generated code cites.
///
/// Where there is no crate, code cites the schema's own name.
fn split(schema: &Path) -> (&Path, &Path) {
    let parent = schema.parent().unwrap_or(Path::new(""));
    let mut above = schema.ancestors().skip(1);
    // What stands before `..` is not above it.
    let root = above
        .find(|folder| folder.join("Cargo.toml").is_file() || folder.ends_with(".."))
        .unwrap_or(parent);
    (root, schema.strip_prefix(root).unwrap_or(schema))
}

/// How messages name a folder.
pub(crate) fn shown(folder: &Path, from: Origin) -> String {
    match from {
        Origin::Here => slashes(folder),
        Origin::Repository => slashes(&below_repository(folder)),
    }
}

/// The way to a folder from the root of its repository; where there is none, from where one stands.
fn below_repository(folder: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = here.join(folder);
    let folder = real(&folder);
    let is_repository = |folder: &&Path| folder.join(".git").exists();
    let repository = folder.ancestors().find(is_repository).unwrap_or(&here);
    let below = folder.strip_prefix(repository);
    below.unwrap_or(Path::new("")).to_owned()
}

/// A folder without `..` and links; one that is not there yet, by the one that it will stand in.
fn real(folder: &Path) -> PathBuf {
    let beside = || {
        let parent = folder.parent()?.canonicalize().ok()?;
        Some(parent.join(folder.file_name()?))
    };
    let real = folder.canonicalize().ok();
    real.or_else(beside).unwrap_or_else(|| folder.to_owned())
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
