//! What Rust refuses TypeScript refuses, too.

use std::fs;

use eventc_compiler::catalog::Event;
use eventc_testing::samples::Samples;
use serde_json::json;

use crate::stage::Stage;

const SCRIPT: &str = include_str!("refusals.mjs");

/// Events with one thing wrong, each of which the generated Rust refuses: the tests of `eventc-testing` say so.
#[test]
fn what_is_wrong_in_one_thing_is_refused() {
    let Some(stage) = Stage::find() else {
        return;
    };
    let folder = stage.folder("refusals", "events");
    fs::write(folder.join("refusals.mjs"), SCRIPT).unwrap();
    let options = json!({ "rootDir": ".", "outDir": "out", "declaration": false, "isolatedDeclarations": false });
    stage
        .typescript
        .compile(&folder, &["events/**/*.ts"], &options)
        .unwrap_or_else(|said| panic!("{said}"));
    let mut samples = Samples::new(&stage.catalog, 2026);
    let mut mutants = Vec::new();
    for id in Event::ids(&stage.catalog) {
        mutants.extend(samples.mutants(id));
    }
    assert!(mutants.len() > 1_000, "{}", mutants.len());
    let input: Vec<_> = mutants
        .iter()
        .map(|(_, mutant)| mutant.to_string())
        .collect();
    let answer = stage
        .typescript
        .run(&folder.join("refusals.mjs"), &input.join("\n"))
        .unwrap_or_else(|said| panic!("{said}"));
    let accepted: Vec<_> = answer
        .lines()
        .map(|number| {
            let (what, mutant) = &mutants[number.parse::<usize>().unwrap()];
            format!("{what}\n{mutant}")
        })
        .collect();
    assert!(
        accepted.is_empty(),
        "{} are read:\n{}",
        accepted.len(),
        accepted.join("\n\n")
    );
}
