//! The one style of schema files: what becomes of each trap, and that nothing is ever lost.

mod command;
mod kept;
mod rendering;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use eventc_cli::format::format;
use proptest::prelude::*;

use crate::random::plan::plan;
use crate::random::schema_of;
use crate::schema::{Schema, all, shape};
use kept::{holds, kept, read};
use rendering::render;

fn fixture_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format")
}

/// Names and texts: a trap each.
fn fixtures() -> Vec<(String, String)> {
    let mut fixtures = Vec::new();
    for entry in fs::read_dir(fixture_folder()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let name = path.file_stem().unwrap().to_str().unwrap();
            fixtures.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
    fixtures.sort();
    assert!(!fixtures.is_empty());
    fixtures
}

#[test]
fn each_trap_becomes_what_it_should() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixture_folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, text) in fixtures() {
        let formatted = kept(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        settings.bind(|| insta::assert_snapshot!(name, formatted));
    }
}

/// Line ends and marks that an editor might change in a fixture.
#[test]
fn line_ends_and_byte_order_marks_become_plain() {
    let plain = "# a\na: 1 # b\n\nb: |\n  c\n\n  d\n";
    for text in [
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
        format!("\u{feff}{plain}"),
        plain.trim_end().to_owned(),
        format!("\n\n{plain}\n \n\n"),
    ] {
        assert_eq!(kept(&text).unwrap(), plain, "{text:?}");
    }
    // What stands behind a text under `|+` is part of it.
    for kept_whole in ["a: |+\n  b\n\n\n", "a: |\n  b\n"] {
        assert_eq!(kept(kept_whole).unwrap(), kept_whole);
    }
    for nothing in ["", "\n", "  \n\r\n", "\u{feff}", "\u{feff}\n"] {
        assert_eq!(kept(nothing).unwrap(), "", "{nothing:?}");
    }
}

#[test]
fn the_schema_of_this_repository_is_formatted() {
    let schema = all().into_iter().next().unwrap();
    for (path, text) in schema.files {
        assert_eq!(kept(&text).unwrap(), text, "{path}");
    }
}

/// Where `[bucket(4, a)]` was two texts to serde_yaml, and is one once it is formatted.
const MENDED: &[&str] = &[
    "keywords_as_keys",
    "partitions_of_every_kind",
    "postgres_tables",
    "types_called_like_those_of_the_runtime_in_keys",
];

#[test]
fn schemas_say_the_same_once_they_are_formatted() {
    let mut mended = Vec::new();
    for schema in all() {
        let mut formatted = Schema {
            name: schema.name.clone(),
            files: Vec::new(),
        };
        for (path, text) in &schema.files {
            let after = kept(text).unwrap_or_else(|fault| panic!("{}: {fault}", schema.name));
            if read(text) != read(&after) {
                mended.push(schema.name.clone());
            }
            formatted.files.push((path.clone(), after));
        }
        assert_eq!(
            shape(&schema.catalog()),
            shape(&formatted.catalog()),
            "{}",
            schema.name
        );
    }
    assert_eq!(mended, MENDED);
}

/// Renders every file of a schema in random styles, formats it, and says what is not the same.
fn rendered_and_formatted(schema: &Schema, seed: u64) -> Result<(), TestCaseError> {
    let mut rendered = Vec::new();
    let mut formatted = Vec::new();
    for (path, text) in &schema.files {
        // Formatted, so that there is nothing in it to mend any more.
        let Some(value) = read(&format(text).unwrap()) else {
            return Ok(());
        };
        let text = render(&value, seed);
        let after = kept(&text).map_err(TestCaseError::fail)?;
        let before = read(&text);
        prop_assert!(before.is_some(), "serde_yaml does not read\n{}", text);
        prop_assert_eq!(
            before,
            read(&after),
            "--- before\n{}\n--- after\n{}",
            text,
            after
        );
        rendered.push((path.clone(), text));
        formatted.push((path.clone(), after));
    }
    let [rendered, formatted] = [rendered, formatted].map(|files| Schema {
        name: schema.name.clone(),
        files,
    });
    let before = rendered.compile().1.catalog.map(|catalog| shape(&catalog));
    let after = formatted.compile().1.catalog.map(|catalog| shape(&catalog));
    prop_assert_eq!(before, after, "{:?}", formatted.files);
    Ok(())
}

static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(all);

/// Texts in which there is nothing to mend.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let schemas = SCHEMAS.iter().flat_map(|schema| &schema.files);
    let formatted = schemas.map(|(_, text)| format(text).unwrap());
    let traps = fixtures().into_iter();
    let traps = traps.filter(|(name, _)| !name.ends_with("_with_a_comma"));
    formatted.chain(traps.map(|(_, text)| text)).collect()
});

/// What has a meaning to YAML.
const TOKENS: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n\n",
    " # c",
    "# c\n",
    "\n# c\n",
    "\n    # c\n",
    ": ",
    ":",
    ", ",
    "- ",
    "\n- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    "{ ",
    " }",
    "'",
    "\"",
    "|\n",
    ">-\n",
    "\\",
    "\t",
    "a",
    "\u{a0}",
    "\r\n",
    "---\n",
    "...\n",
    "a: 1\n",
    "<",
    "(",
    "\u{feff}",
];

/// What random bytes have found, or may find again: the corpus of `codegen/fuzz`.
#[test]
fn texts_that_were_found_hold() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/fmt");
    let mut formatted = 0;
    for text in fs::read_dir(corpus).unwrap() {
        let path = text.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        holds(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        formatted += usize::from(format(&text).is_ok());
    }
    assert!(formatted > 0, "some texts of the corpus can be formatted");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_schemas_in_random_styles_say_the_same(plan in plan(), seed in any::<u64>()) {
        let documents = schema_of(&plan);
        rendered_and_formatted(&Schema::written("random", &documents), seed)?;
    }

    #[test]
    fn real_schemas_in_random_styles_say_the_same(index in any::<prop::sample::Index>(), seed in any::<u64>()) {
        rendered_and_formatted(index.get(&SCHEMAS), seed)?;
    }

    #[test]
    fn no_text_is_lost_or_breaks_it(
        index in any::<prop::sample::Index>(),
        inserted in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(TOKENS)), 1..6),
    ) {
        let mut text = index.get(&TEXTS).clone();
        for (place, token) in inserted {
            let places: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            text.insert_str(*place.get(&places), token);
        }
        holds(&text).map_err(TestCaseError::fail)?;
    }
}
