//! Catalogs of several sizes, each as one module: ours, and an enum of serde for those that rustc has done with in a minute.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use catalogs::{Catalog, Files, rust, yaml};
use eventc_compiler::{Sources, compile, emit_inline};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var("OUT_DIR")?;
    let folder = Path::new(&folder);
    for kinds in [10, 100, 1000] {
        let ours = ours(&Catalog::new(kinds))?;
        fs::write(folder.join(format!("ours_{kinds}.rs")), ours)?;
    }
    for kinds in [10, 100] {
        let module = format!("serde_{kinds}");
        let theirs = one_module(&module, rust::named(&Catalog::new(kinds)));
        fs::write(folder.join(format!("{module}.rs")), theirs)?;
    }
    Ok(())
}

fn ours(catalog: &Catalog) -> Result<String, Box<dyn Error>> {
    let files = yaml::render(catalog).into_iter();
    let files = files.map(|(path, text)| (path, text.into_bytes()));
    let sources = Sources::new("schema", files);
    let compilation = compile(&sources);
    let catalog = compilation
        .catalog
        .ok_or("the rendering does not compile")?;
    Ok(emit_inline(&catalog, &sources))
}

/// The files of a crate in one, which becomes a module of another crate.
fn one_module(name: &str, files: Files) -> String {
    let without_head = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("//!"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut files = files.into_iter();
    let (_, root) = files.next().unwrap_or_default();
    let mut root = without_head(&root);
    for (path, text) in files {
        let module = path.trim_end_matches(".rs");
        root = root.replace(
            &format!("pub mod {module};"),
            &format!(
                "/// A file of events.\npub mod {module} {{\n{}\n}}",
                without_head(&text)
            ),
        );
    }
    root.replace("crate::", &format!("crate::{name}::"))
}
