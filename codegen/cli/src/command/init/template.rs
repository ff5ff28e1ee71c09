//! The files of a new crate.

use std::path::Path;

use eventc_compiler::is_reserved_in_rust;

use crate::dialect::json_schema;
use crate::failure::Failure;

/// How a new crate is called, where.
pub(super) struct Names {
    /// In `Cargo.toml`.
    pub(super) package: String,
    /// In Rust.
    pub(super) krate: String,
    /// In the schema.
    pub(super) catalog: String,
}

impl Names {
    /// The names that were given, or those that follow from the folder.
    pub(super) fn new(
        folder: &Path,
        package: Option<&str>,
        catalog: Option<&str>,
    ) -> Result<Self, Failure> {
        let package = match package {
            Some(given) => given.to_owned(),
            None => {
                let name = folder.file_name().unwrap_or_default();
                words(&name.to_string_lossy(), '-')
            }
        };
        let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !package.starts_with(is_start) || !package.chars().all(is_part) {
            let what = format!("`{package}` cannot be the name of a crate");
            let help = "name it with `--name`: letters, digits, `-` and `_`, a letter first";
            return Err(Failure::usage(what, help));
        }
        let krate = package.replace('-', "_");
        if TAKEN.contains(&krate.as_str()) || is_reserved_in_rust(&krate) {
            let what = format!(
                "a crate cannot be called `{package}`: the name has a meaning to Rust, or to the crate itself"
            );
            return Err(Failure::usage(
                what,
                "choose another with `--name`: `events`",
            ));
        }
        Ok(Self {
            krate,
            catalog: catalog.map_or_else(|| words(&package, '_'), str::to_owned),
            package,
        })
    }
}

/// Crates that every crate of events knows already.
const TAKEN: [&str; 7] = [
    "alloc",
    "core",
    "eventc",
    "eventc_build",
    "proc_macro",
    "std",
    "test",
];

/// The words of a name in lower case, with something between them.
fn words(name: &str, between: char) -> String {
    let lower = name.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(&between.to_string())
}

/// The values of the two dependencies in `Cargo.toml`.
pub(super) struct Dependencies {
    eventc: String,
    eventc_build: String,
}

impl Dependencies {
    /// The published crates of this version, or those of a checkout.
    pub(super) fn new(checkout: Option<&Path>) -> Result<Self, Failure> {
        let Some(checkout) = checkout else {
            let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
            return Ok(Self {
                eventc: version.clone(),
                eventc_build: version,
            });
        };
        let found = |below: &str| {
            let folder = checkout.join(below);
            let folder = folder.canonicalize().map_err(|error| {
                Failure::usage(
                    format!("{}: {error}", folder.display()),
                    "`--eventc-path` is the root of a checkout, the folder with `codegen` in it",
                )
            })?;
            let path = toml_edit::Value::from(folder.to_string_lossy().replace('\\', "/"));
            Ok::<_, Failure>(format!("{{ path = {} }}", path.to_string().trim()))
        };
        Ok(Self {
            eventc: found("codegen/runtime")?,
            eventc_build: found("codegen/build")?,
        })
    }
}

/// The files of a crate with their paths in it, all but those that are generated.
///
/// The schema's files name `eventc.schema.json` in their first line, for editors.
pub(super) fn files(
    names: &Names,
    dependencies: &Dependencies,
    example: bool,
) -> Vec<(String, String)> {
    let fill = |template: &str| {
        template
            .replace("{{package}}", &names.package)
            .replace("{{crate}}", &names.krate)
            .replace("{{catalog}}", &names.catalog)
            .replace("{{eventc}}", &dependencies.eventc)
            .replace("{{eventc_build}}", &dependencies.eventc_build)
    };
    let mut files = vec![
        ("Cargo.toml", include_str!("template/Cargo.toml")),
        ("build.rs", include_str!("template/build.rs")),
        ("schema/catalog.yaml", include_str!("template/catalog.yaml")),
        ("schema/signup.yaml", include_str!("template/signup.yaml")),
    ];
    if example {
        files.push((
            "schema/checkout.yaml",
            include_str!("template/checkout.yaml"),
        ));
    }
    let mut files: Vec<_> = files
        .into_iter()
        .map(|(path, template)| (path.to_owned(), fill(template)))
        .collect();
    let editors = format!("{:#}\n", json_schema());
    files.push(("eventc.schema.json".to_owned(), editors));
    files
}
