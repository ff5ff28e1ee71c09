//! Schemas without a mistake: nothing is said about them, and all of them have code.

use eventc_compiler::{compile, emit, emit_inline};

use crate::fixture::{assert_snapshot, each, rendered};

/// Fixtures whose generated code is worth a look; for the others it is enough that there is some.
const SHOWN: &[&str] = &[
    "avro_records",
    "descriptions_of_every_kind",
    "docs_of_hostile_text",
    "enum_values_of_every_kind",
    "json_schemas",
    "keywords_as_modules",
    "language_catalog",
    "partitions_of_every_kind",
    "postgres_tables",
    "recursion",
    "types_called_like_rust",
    "typescript_modules",
    "unions_with_a_tag",
];

#[test]
fn nothing_is_said_about_what_is_right() {
    each("right", |fixture| {
        let sources = fixture.sources();
        let compilation = compile(&sources);
        let said = rendered(&compilation.diagnostics, &sources);
        assert!(said.is_empty(), "{} is refused:\n{said}", fixture.name);
        let catalog = compilation.catalog.expect("no error, and yet no catalog");
        let outputs = emit(&catalog, &sources);
        assert!(!outputs.is_empty());
        assert_eq!(
            emit_inline(&catalog, &sources),
            emit_inline(&catalog, &sources)
        );
        if SHOWN.contains(&fixture.name.as_str()) {
            let texts: Vec<_> = outputs
                .iter()
                .filter(|output| !is_by_hand(&output.path))
                .map(|output| format!("=== {}\n{}", output.path, output.text))
                .collect();
            assert_snapshot("right", &fixture.name, &texts.join("\n"));
        }
    });
}

/// Whether a file is written by hand, and looked at where it is.
fn is_by_hand(path: &str) -> bool {
    const BY_HAND: &[&str] = &["docs/site.css", "docs/site.js", "postgres/_shared.sql"];
    BY_HAND.contains(&path) || path.starts_with("typescript/eventc")
}
