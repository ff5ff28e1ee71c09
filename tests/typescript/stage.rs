//! The catalog of this repository, and folders in which its TypeScript is compiled.

use std::fs;
use std::path::{Path, PathBuf};

use eventc_compiler::{Catalog, Sources, emit, output};
use eventc_testing::schema::checked;
use eventc_testing::typescript::TypeScript;

pub(crate) struct Stage {
    pub(crate) catalog: Catalog,
    sources: Sources,
    pub(crate) typescript: TypeScript,
}

impl Stage {
    /// None where there are no programs to compile with.
    pub(crate) fn find() -> Option<Self> {
        let typescript = TypeScript::find(env!("CARGO_TARGET_TMPDIR"))?;
        let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
        let sources = Sources::read(&schema, "schema").unwrap();
        Some(Stage {
            catalog: checked(&sources),
            sources,
            typescript,
        })
    }

    /// A new folder for a test, with the package `@acme/events` at this path below it.
    pub(crate) fn folder(&self, test: &str, package: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("typescript-{test}"));
        let _ = fs::remove_dir_all(&folder);
        let place = folder.join(package);
        let mut outputs = emit(&self.catalog, &self.sources);
        outputs.retain(|output| output.path.starts_with("typescript/"));
        for output in &mut outputs {
            output.path = output.path.replacen("typescript/", "", 1);
        }
        output::write(&place, &outputs).unwrap();
        fs::write(folder.join("package.json"), r#"{ "type": "module" }"#).unwrap();
        folder
    }
}
