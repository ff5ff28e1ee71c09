// JSON Schema into Rust. This file is the build script of the crate that runs typify in each build, too.

use std::error::Error;
use std::fs;
use std::path::Path;

/// Writes `lib.rs` into a folder.
pub(crate) fn generate(schemas: &Path, into: &Path) -> Result<(), Box<dyn Error>> {
    let schema = fs::read_to_string(schemas.join("catalog.json"))?;
    let mut types = typify::TypeSpace::default();
    types.add_root_schema(serde_json::from_str::<schemars::schema::RootSchema>(
        &schema,
    )?)?;
    let file = syn::parse2(types.to_stream())?;
    fs::write(into.join("lib.rs"), prettyplease::unparse(&file))?;
    Ok(())
}
