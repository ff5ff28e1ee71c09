//! The catalog of this repository, or another one, and folders in which its TypeScript is compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use eventc_compiler::{Catalog, Sources, emit, output};
use eventc_testing::schema::checked;
use eventc_testing::typescript::TypeScript;
use serde_json::json;

pub(crate) struct Stage {
    pub(crate) catalog: Catalog,
    sources: Sources,
    pub(crate) typescript: TypeScript,
}

impl Stage {
    /// None where there are no programs to compile with.
    pub(crate) fn find() -> Option<Self> {
        let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
        Self::of(Sources::read(&schema, "schema").unwrap())
    }

    /// That of another catalog.
    pub(crate) fn of(sources: Sources) -> Option<Self> {
        let typescript = TypeScript::find(env!("CARGO_TARGET_TMPDIR"))?;
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
        self.write("typescript", &folder.join(package));
        fs::write(folder.join("package.json"), r#"{ "type": "module" }"#).unwrap();
        folder
    }

    /// Writes what a target makes of the catalog.
    pub(crate) fn write(&self, target: &str, place: &Path) {
        let mut outputs = emit(&self.catalog, &self.sources);
        let prefix = format!("{target}/");
        outputs.retain(|output| output.path.starts_with(&prefix));
        for output in &mut outputs {
            output.path = output.path.replacen(&prefix, "", 1);
        }
        output::write(place, &outputs).unwrap();
    }

    /// Compiles what `include` names below a folder, and the package at `events` with it, to `out`.
    pub(crate) fn compile(&self, folder: &Path, include: &str) {
        let options = json!({
            "rootDir": ".",
            "outDir": "out",
            "declaration": false,
            "isolatedDeclarations": false,
        });
        let compiled = self.typescript.compile(folder, &[include], &options);
        compiled.unwrap_or_else(|said| panic!("{said}"));
    }

    /// What a script prints that stands in a folder and is given lines.
    pub(crate) fn run(&self, folder: &Path, name: &str, script: &str, lines: &[String]) -> String {
        let path = folder.join(name);
        fs::write(&path, script).unwrap();
        let printed = self.typescript.run(&path, &lines.join("\n"));
        printed.unwrap_or_else(|said| panic!("{said}"))
    }
}

/// The package alone, compiled once for all tests that only run it.
pub(crate) fn compiled() -> Option<&'static (Stage, PathBuf)> {
    static COMPILED: OnceLock<Option<(Stage, PathBuf)>> = OnceLock::new();
    let compile = || {
        let stage = Stage::find()?;
        let folder = stage.folder("compiled", "events");
        stage.compile(&folder, "events/**/*.ts");
        Some((stage, folder))
    };
    COMPILED.get_or_init(compile).as_ref()
}
