//! What is generated of a schema: Rust that others can read and print, and the same whatever the order of the files.

use eventc_compiler::{Output, Sources, emit, emit_inline};

use crate::schema::{Schema, all};

/// What is generated, file by file; and all of it as one.
fn emitted(schema: &Schema) -> (Vec<Output>, String) {
    let (sources, compilation) = schema.compile();
    let catalog = compilation.catalog.unwrap();
    (emit(&catalog, &sources), emit_inline(&catalog, &sources))
}

/// Panics if generated code is not Rust, or not the same in another order of the files.
pub(crate) fn assert_emits(schema: &Schema) {
    let (outputs, inline) = emitted(schema);
    let modules = outputs.iter().filter(|output| output.path.ends_with(".rs"));
    for text in modules.map(|output| &output.text).chain([&inline]) {
        let formatted =
            format(text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", schema.name));
        assert_eq!(format(&formatted).unwrap(), formatted, "{}", schema.name);
        assert_eq!(words(&formatted), words(text), "{}", schema.name);
    }
    let mut files = schema.files.clone();
    files.reverse();
    let reversed = Schema {
        name: schema.name.clone(),
        files,
    };
    assert_eq!(emitted(&reversed), (outputs, inline), "{}", schema.name);
}

fn format(text: &str) -> syn::Result<String> {
    Ok(prettyplease::unparse(&syn::parse_file(text)?))
}

/// The names and numbers of a text, in their order: what no printer may lose. Comments are not part of the tree.
fn words(text: &str) -> Vec<&str> {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let words = lines.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.filter(|word| !word.is_empty()).collect()
}

#[test]
fn what_is_generated_of_every_schema_is_rust() {
    for schema in all() {
        assert_emits(&schema);
    }
}

#[test]
fn sources_have_an_order_of_their_own() {
    let file = |path: &str| (path.to_owned(), Vec::new());
    let one = Sources::new(
        "schema",
        [file("catalog.yaml"), file("a/b.yaml"), file("a.yaml")],
    );
    let other = Sources::new(
        "schema",
        [file("a.yaml"), file("a/b.yaml"), file("catalog.yaml")],
    );
    let paths = |sources: &Sources| {
        let files = sources.files().iter();
        files.map(|file| file.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&one), paths(&other));
}
