//! The crates that are compiled, as their users would lay them out.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use catalogs::{Catalog, Files, yaml};
use generators::{Generator, LOCK, workspace_dependencies};

use crate::variant::{Making, Variant};

/// From a generated crate to the project: `target/compile/<events>/<crate>`.
const PROJECT: &str = "../../../../..";

/// A workspace of all variants of one catalog.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    events: usize,
    catalog: Catalog,
}

/// One crate of it.
pub(crate) struct Crate {
    pub(crate) variant: Variant,
    /// Whether a peer's generator runs in its build, as ours always does.
    scripted: bool,
    pub(crate) name: String,
    pub(crate) workspace: PathBuf,
    folder: PathBuf,
}

impl Workspace {
    /// The workspace of a catalog of so many events, below the folder of all.
    pub(crate) fn write(all: &Path, events: usize) -> Result<Self, Box<dyn Error>> {
        let root = all.join(events.to_string());
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n\n[workspace.dependencies]\n{}",
            workspace_dependencies()
        );
        write_if_changed(&root.join("Cargo.toml"), &manifest)?;
        if !root.join("Cargo.lock").exists() {
            fs::write(root.join("Cargo.lock"), LOCK)?;
        }
        Ok(Self {
            root,
            events,
            catalog: Catalog::new(events),
        })
    }

    /// Writes the crate of a variant.
    pub(crate) fn krate(&self, variant: Variant) -> Result<Crate, Box<dyn Error>> {
        self.krate_with(variant, false)
    }

    /// Writes the crate of a variant in which the generator runs in each build.
    pub(crate) fn krate_scripted(&self, variant: Variant) -> Result<Crate, Box<dyn Error>> {
        self.krate_with(variant, matches!(variant.making(), Making::Generated(_)))
    }

    fn krate_with(&self, variant: Variant, scripted: bool) -> Result<Crate, Box<dyn Error>> {
        let how = if scripted { "_script" } else { "" };
        let name = format!("{}{how}_{}", variant.slug(), self.events);
        let folder = self.root.join(&name);
        let krate = Crate {
            variant,
            scripted,
            name,
            folder,
            workspace: self.root.clone(),
        };
        krate.write_manifest()?;
        self.write_sources(&krate, false)?;
        Ok(krate)
    }

    /// Writes the sources of a crate before or after the edit of one event; only files that differ are touched.
    pub(crate) fn write_sources(&self, krate: &Crate, edited: bool) -> Result<(), Box<dyn Error>> {
        let edit = edited.then(|| self.catalog.edited());
        krate.write_sources(edit.as_ref().unwrap_or(&self.catalog))
    }
}

impl Crate {
    pub(crate) fn has_build_script(&self) -> bool {
        self.scripted || matches!(self.variant.making(), Making::Ours)
    }

    fn write_manifest(&self) -> io::Result<()> {
        let mut text = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n",
            self.name
        );
        if matches!(self.variant.making(), Making::Ours) {
            text.push_str(&format!(
                "\n[lib]\npath = \"generated/rust/lib.rs\"\n\n\
                 [dependencies]\neventc = {{ path = \"{PROJECT}/codegen/runtime\" }}\n\n\
                 [build-dependencies]\neventc-build = {{ path = \"{PROJECT}/codegen/build\" }}\n"
            ));
        }
        push_dependencies(&mut text, "dependencies", self.variant.dependencies());
        if let (Making::Generated(generator), true) = (self.variant.making(), self.scripted) {
            push_dependencies(
                &mut text,
                "build-dependencies",
                generator.build_dependencies,
            );
            write_if_changed(&self.folder.join("build.rs"), &generator.build_script())?;
        }
        write_if_changed(&self.folder.join("Cargo.toml"), &text)
    }

    fn write_sources(&self, catalog: &Catalog) -> Result<(), Box<dyn Error>> {
        match self.variant.making() {
            Making::Written(render) => self.write_files("src", render(catalog))?,
            Making::Ours => {
                self.write_files("schema", yaml::render(catalog))?;
                write_if_changed(
                    &self.folder.join("build.rs"),
                    "fn main() {\n    eventc_build::compile();\n}\n",
                )?;
                let lib = self.folder.join("generated/rust/lib.rs");
                // Cargo wants it to be there before the build script writes it.
                if !lib.exists() {
                    write_if_changed(&lib, "")?;
                }
            }
            Making::Generated(generator) => {
                self.write_files(generator.folder, (generator.render)(catalog))?;
                if self.scripted {
                    let lib = "include!(concat!(env!(\"OUT_DIR\"), \"/lib.rs\"));\n";
                    write_if_changed(&self.folder.join("src/lib.rs"), lib)?;
                } else {
                    self.generate(generator)?;
                }
            }
        }
        Ok(())
    }

    fn generate(&self, generator: Generator) -> Result<(), Box<dyn Error>> {
        let src = self.folder.join("src");
        fs::create_dir_all(&src)?;
        (generator.generate)(&self.folder.join(generator.folder), &src)
    }

    fn write_files(&self, folder: &str, files: Files) -> io::Result<()> {
        files.iter().try_for_each(|(path, text)| {
            write_if_changed(&self.folder.join(folder).join(path), text)
        })
    }
}

fn push_dependencies(manifest: &mut String, table: &str, names: &[&str]) {
    if !names.is_empty() {
        manifest.push_str(&format!("\n[{table}]\n"));
        names
            .iter()
            .for_each(|name| manifest.push_str(&format!("{name}.workspace = true\n")));
    }
}

fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
