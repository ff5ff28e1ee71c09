//! `eventc init`: a new crate of events.

mod template;
mod workspace;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueHint};
use eventc_compiler::{Output, Sources, compile, emit, inert, output};

use crate::failure::Failure;
use crate::schema::Read;
use crate::terminal::bold;
use template::Names;
use workspace::Membership;

/// Make a crate of events that builds at once.
///
/// What is written explains itself. In a workspace, the crate becomes one of its members. No file is ever overwritten.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the crate; made if it is not there.
    #[arg(value_name = "PATH", default_value = ".", value_hint = ValueHint::DirPath)]
    path: PathBuf,
    /// The name of the crate; that of its folder if left out.
    #[arg(long)]
    name: Option<String>,
    /// The name of the catalog, of your company or product; that of the crate
    /// if left out.
    #[arg(long, value_name = "NAME")]
    catalog: Option<String>,
    /// Begin with a richer schema, to learn from.
    #[arg(long)]
    example: bool,
    /// A checkout of eventc's repository that the crate depends on, in place
    /// of the published crates.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    eventc_path: Option<PathBuf>,
}

impl Init {
    pub(super) fn run(&self) -> Result<String, Failure> {
        let folder = absolute(&self.path)?;
        let names = Names::new(&folder, self.name.as_deref(), self.catalog.as_deref())?;
        let membership = Membership::of(&folder)?;
        let dependencies = template::Dependencies::new(self.eventc_path.as_deref())?;
        let mut files = template::files(&names, &dependencies, self.example);
        if matches!(membership, Membership::Alone) {
            files.push((".gitignore".to_owned(), "/target/\n".to_owned()));
        }
        refuse_to_overwrite(&self.path, &files)?;
        let generated = generated(&files)?;
        for (path, text) in &files {
            let path = self.path.join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|error| Failure::disk(folder, &error))?;
            }
            // Should the file have come meanwhile, it stays.
            File::create_new(&path)
                .and_then(|mut file| file.write_all(text.as_bytes()))
                .map_err(|error| Failure::disk(&path, &error))?;
        }
        output::write(&self.path.join("generated"), &generated)?;
        let joined = membership.join()?;
        Ok(self.what_next(&names, &files, joined))
    }

    fn what_next(
        &self,
        names: &Names,
        files: &[(String, String)],
        joined: Option<String>,
    ) -> String {
        let path = inert(&self.path.display().to_string());
        let (place, way) = match path.as_str() {
            "." => ("here".to_owned(), String::new()),
            path => (format!("in {path}"), format!("  cd {path}\n")),
        };
        let mut text = format!(
            "{}\n",
            bold(&format!("made the crate `{}` {place}", names.package))
        );
        for (path, _) in files {
            text.push_str(&format!("  {path}\n"));
        }
        text.push_str(
            "  generated/            written from the schema, checked in, read in review\n",
        );
        if let Some(joined) = joined {
            text.push_str(&format!("{joined}\n"));
        }
        text.push_str(&format!("\n{}\n{way}", bold("what next")));
        text.push_str(&format!(
            "  cargo build                        compile the schema and the crate\n  \
             eventc new event signup.failed     add an event; or edit schema/signup.yaml\n  \
             eventc list --fields               see what there is\n  \
             eventc watch                       check on every save\n\
             \n\
             A service says `{0} = {{ path = \"…\" }}` and `use {1}::{{Events, Telemetry, event}};`.\n\
             Commit schema/ and generated/ together.\n",
            names.package, names.krate
        ));
        text
    }
}

/// Where the crate will be, without `.` and `..`.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let given = std::path::absolute(path).map_err(|error| Failure::disk(path, &error))?;
    let mut absolute = PathBuf::new();
    for part in given.components() {
        if part == Component::ParentDir {
            absolute.pop();
        } else {
            absolute.push(part);
        }
    }
    Ok(absolute)
}

/// Lists what is in the way.
fn refuse_to_overwrite(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let paths = files.iter().map(|(path, _)| path.as_str());
    let there: Vec<_> = paths
        .chain(["generated", "src/lib.rs", "src/main.rs"])
        .map(|path| folder.join(path))
        // A link to nothing is in the way, too.
        .filter(|path| path.symlink_metadata().is_ok())
        .map(|path| {
            let path = path.strip_prefix(".").unwrap_or(&path);
            format!("\n  {}", path.display())
        })
        .collect();
    if there.is_empty() {
        return Ok(());
    }
    let what = format!(
        "nothing was written, as this is in the way:{}",
        there.concat()
    );
    let help = "choose another folder: `eventc init events`; or move what is there away";
    Err(Failure::usage(what, help))
}

/// What is generated from the schema among some files.
fn generated(files: &[(String, String)]) -> Result<Vec<Output>, Failure> {
    let below = |(path, text): &(String, String)| {
        let path = path.strip_prefix("schema/")?;
        Some((path.to_owned(), text.as_bytes().to_vec()))
    };
    let sources = Sources::new("schema", files.iter().filter_map(below));
    let compilation = compile(&sources);
    let read = Read {
        sources,
        compilation,
    };
    match &read.compilation.catalog {
        Some(catalog) => Ok(emit(catalog, &read.sources)),
        None => Err(read.errors("the schema as it would be")),
    }
}
