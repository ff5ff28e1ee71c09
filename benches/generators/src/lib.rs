//! The peers that have a generator: it is a function here, and a build script elsewhere, out of the same file.

mod prost;
mod typify;

use std::error::Error;
use std::path::Path;

/// From one folder into another.
pub type Generate = fn(&Path, &Path) -> Result<(), Box<dyn Error>>;

/// A peer's generator.
#[derive(Debug, Clone, Copy)]
pub struct Generator {
    /// The folder in the crate that holds what it reads.
    pub folder: &'static str,
    /// The renderer of that.
    pub render: fn(&catalogs::Catalog) -> catalogs::Files,
    /// From that folder into another.
    pub generate: Generate,
    /// The same as text.
    source: &'static str,
    /// What it needs in a build script, out of the dependencies of our workspace.
    pub build_dependencies: &'static [&'static str],
    /// What the generated types name, out of the same.
    pub dependencies: &'static [&'static str],
}

/// Protocol Buffers.
pub const PROST: Generator = Generator {
    folder: "proto",
    render: catalogs::proto::render,
    generate: prost::generate,
    source: include_str!("prost.rs"),
    build_dependencies: &["prost-build", "protox"],
    dependencies: &["prost", "prost-types"],
};

/// JSON Schema.
pub const TYPIFY: Generator = Generator {
    folder: "json",
    render: catalogs::json_schema::render,
    generate: typify::generate,
    source: include_str!("typify.rs"),
    build_dependencies: &["prettyplease", "schemars", "serde_json", "syn", "typify"],
    dependencies: &["chrono", "serde", "serde_json", "uuid"],
};

impl Generator {
    /// A build script that runs it as its users do.
    pub fn build_script(&self) -> String {
        let (source, folder) = (self.source, self.folder);
        format!(
            "{source}\nfn main() -> Result<(), Box<dyn Error>> {{\n    println!(\"cargo::rerun-if-changed={folder}\");\n    \
             generate(Path::new(\"{folder}\"), Path::new(&std::env::var(\"OUT_DIR\")?))\n}}\n"
        )
    }
}

/// The versions of the peers: the dependencies of our workspace, for generated ones.
///
/// # Panics
/// If our manifest has none.
pub fn workspace_dependencies() -> &'static str {
    let (_, dependencies) = MANIFEST
        .split_once("[workspace.dependencies]\n")
        .expect("our workspace has dependencies");
    dependencies.split("\n[").next().unwrap_or_default()
}

const MANIFEST: &str = include_str!("../../Cargo.toml");

/// Our lock file: generated workspaces begin with it, and so with our versions of everything.
pub const LOCK: &str = include_str!("../../Cargo.lock");
