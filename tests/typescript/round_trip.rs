//! What TypeScript writes Rust reads, and what Rust writes TypeScript reads, without a digit lost.

use std::fmt::Write as _;
use std::fs;

use eventc_compiler::catalog::Event;
use eventc_testing::samples::Samples;
use events::Events;
use serde_json::Value;

use crate::literal;
use crate::stage::Stage;

/// Samples of each event.
const SAMPLES: usize = 6;

const SCRIPT: &str = include_str!("round_trip.mjs");

#[test]
fn every_example_and_samples_of_every_event_go_both_ways() {
    let Some(stage) = Stage::find() else {
        return;
    };
    let catalog = &stage.catalog;
    let mut samples = Samples::new(catalog, 2026).with_nul(true);
    let mut messages: Vec<Value> = Vec::new();
    let mut module = String::from("import * as all from \"./events/index.js\";\n");
    for id in Event::ids(catalog) {
        let event = &catalog[id];
        let examples = event.examples.iter();
        let examples = examples.map(|it| serde_json::from_str(&it.json.to_string()).unwrap());
        let mut of_event: Vec<Value> = examples.collect();
        of_event.extend((0..SAMPLES).map(|_| samples.event(id)));
        for message in of_event {
            let (number, name) = (messages.len(), literal::name(event));
            // Each has the type of its event, so `tsc` judges it member by member.
            let value = literal::event(catalog, event, &message);
            let _ = writeln!(module, "export const e{number}: all.{name} = {value};");
            messages.push(message);
        }
    }
    let folder = stage.folder("round-trip", "events");
    fs::write(folder.join("samples.ts"), module).unwrap();
    stage.compile(&folder, "samples.ts");

    let expected: Vec<_> = messages
        .iter()
        .map(|message| Events::decode(message.to_string().as_bytes()).unwrap())
        .collect();
    let written = expected.iter().map(|event| {
        let line = event.encode().unwrap();
        String::from_utf8(line).unwrap()
    });
    let input: Vec<_> = written.collect();
    let answer = stage.run(&folder, "round_trip.mjs", SCRIPT, &input);
    let lines: Vec<_> = answer.lines().collect();
    assert_eq!(lines.len(), expected.len());
    for (line, expected) in lines.into_iter().zip(expected) {
        let read = Events::decode(line.as_bytes());
        let read = read.unwrap_or_else(|refusal| panic!("{refusal}\n{line}"));
        assert_eq!(read, expected, "{line}");
    }
}
