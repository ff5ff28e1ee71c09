//! The peers that have a generator: it runs ahead of measuring, and for rebuilds in a build script, out of the same file.

pub(crate) mod prost;
pub(crate) mod typify;

use std::error::Error;
use std::path::Path;

/// From one folder into another.
type Generate = fn(&Path, &Path) -> Result<(), Box<dyn Error>>;

/// A peer's generator.
#[derive(Clone, Copy)]
pub(crate) struct Generator {
    /// The folder in the crate that holds what it reads.
    pub(crate) folder: &'static str,
    /// The renderer of that.
    pub(crate) render: fn(&catalogs::Catalog) -> catalogs::Files,
    /// From that folder into another.
    pub(crate) generate: Generate,
    /// The same as text.
    source: &'static str,
    /// What it needs in a build script.
    pub(crate) build_dependencies: &'static [&'static str],
}

pub(crate) const PROST: Generator = Generator {
    folder: "proto",
    render: catalogs::proto::render,
    generate: prost::generate,
    source: include_str!("generate/prost.rs"),
    build_dependencies: &["prost-build", "protox"],
};

pub(crate) const TYPIFY: Generator = Generator {
    folder: "json",
    render: catalogs::json_schema::render,
    generate: typify::generate,
    source: include_str!("generate/typify.rs"),
    build_dependencies: &["prettyplease", "schemars", "serde_json", "syn", "typify"],
};

impl Generator {
    /// A build script that runs it as its users do.
    pub(crate) fn build_script(&self) -> String {
        let (source, folder) = (self.source, self.folder);
        format!(
            "{source}\nfn main() -> Result<(), Box<dyn Error>> {{\n    println!(\"cargo::rerun-if-changed={folder}\");\n    \
             generate(Path::new(\"{folder}\"), Path::new(&std::env::var(\"OUT_DIR\")?))\n}}\n"
        )
    }
}
