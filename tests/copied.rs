//! The Rust that people copy from the docs compiles, once what it is made of is there.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[test]
fn the_code_of_the_docs_compiles() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/docs");
    let mut program = "#![allow(unused, deprecated)]\nfn main() {}\n".to_owned();
    let snippets = eventc_testing::copied(&site, "rust");
    assert!(snippets.len() > 100);
    for (number, (page, code)) in snippets.iter().enumerate() {
        let (uses, made) = code.split_once("\n\n").unwrap();
        if made.contains("::try_from(value)") {
            // A value of which type, only its reader knows.
            let (_, name) = uses.rsplit_once("::").unwrap();
            let name = name.trim_end_matches(';');
            let _ = write!(
                program,
                "// {page}\nfn f{number}() {{\n{uses}\nlet known: Option<{name}> = None;\n}}\n"
            );
            continue;
        }
        let variables = variables(made).join(", ");
        let _ = write!(
            program,
            "// {page}\nfn f{number}() {{\n{uses}\nlet made = |{variables}| {{\n{made}\n}};\n}}\n"
        );
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copied.rs");
    fs::write(&path, program).unwrap();
    trybuild::TestCases::new().pass(path);
}

/// The variables that a statement is made of: words in lower case that are no field with a value, no function and no path.
fn variables(made: &str) -> Vec<String> {
    let (_, value) = made.split_once(" = ").unwrap();
    let lines = value.lines().map(|line| line.split("//").next().unwrap());
    let value = lines.collect::<Vec<_>>().join("\n");
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '#');
    let mut variables = Vec::new();
    let mut rest = value.as_str();
    while let Some(start) = rest.find(is_word) {
        let word = &rest[start..];
        let end = word.find(|c| !is_word(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        let is_variable = word.starts_with(|c: char| c.is_ascii_lowercase());
        if is_variable
            && !after.starts_with([':', '!', '('])
            && !variables.contains(&word.to_owned())
        {
            variables.push(word.to_owned());
        }
        rest = after;
    }
    variables
}
