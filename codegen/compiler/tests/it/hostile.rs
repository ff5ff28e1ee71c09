//! Files that somebody has made to hurt: what is said of them is little, whatever their size.
//!
//! How long it takes is for people to see, on a machine at rest:
//! `cargo test --release -p eventc-compiler --test it hostile -- --ignored --nocapture`.

use std::time::Duration;

use eventc_compiler::{Compilation, Sources, Style, compile, render, render_short};

use crate::invariants::lone;

/// Texts that are repeated, after a beginning.
const REPEATED: &[(&str, &str, &str)] = &[
    ("brackets", "", "["),
    ("braces", "", "{"),
    ("maps in lists", "", "a: ["),
    ("dashes", "", "- "),
    ("dashes on lines", "", "- a\n"),
    ("question marks", "", "? "),
    ("question marks on lines", "", "? a\n"),
    ("colons", "", ": "),
    ("commas", "a: [", ", "),
    ("empty lists", "a: [", "[],"),
    ("pairs on one line", "a: {", "a: b, "),
    ("different keys of the root", "", "k$: a\n"),
    (
        "different keys of an event",
        "events:\n  ping:\n",
        "    k$: a\n",
    ),
    (
        "fields that are the same",
        "contexts:\n  a:\n    fields:\n",
        "      a: u8\n",
    ),
    (
        "fields of unknown types",
        "contexts:\n  a:\n    fields:\n",
        "      f$: Nope\n",
    ),
    (
        "fields of wrong types",
        "contexts:\n  a:\n    fields:\n",
        "      f$: list<list<\n",
    ),
    ("values of an enum", "types:\n  A: [", "v$, "),
    (
        "values of an enum that are the same",
        "types:\n  A: [",
        "a,",
    ),
    ("unknown keys on one line", "types:\n  A: {", "k$: a, "),
    ("types", "types:\n", "  T$: u8\n"),
    (
        "types of types that are not there",
        "types:\n",
        "  T$: Tt$\n",
    ),
    ("types that name the next one", "types:\n", "  T$: T#\n"),
    (
        "records that hold the next one",
        "types:\n",
        "  T$: { fields: { a: T# } }\n",
    ),
    ("events without a partition", "events:\n", "  e$: {}\n"),
    ("events with a mistake", "events:\n", "  e$: a: b\n"),
    ("tabs", "", "a:\n\tb: c\n"),
    ("tabs in a section", "a:\n", " a:\n\tb: c\n"),
    ("quotes that are not closed", "", "a: '\n"),
    ("brackets that are not closed", "", "a: [\n"),
    ("anchors", "", "a: &b c\n"),
    ("aliases", "", "a: *b\n"),
    ("tags", "", "a: !b c\n"),
    ("directives", "", "%YAML 1.2\n"),
    ("documents", "", "---\n"),
    ("comments", "", "#\n"),
    ("merge conflicts", "", "<<<<<<< a\n=======\n>>>>>>> b\n"),
    ("marks of a merge", "", "<<<<<<< a\n"),
    ("letters", "description: ", "a"),
    ("escapes", "description: \"", "\\n"),
    ("steps of indentation", "", "a:\n "),
    ("zero bytes", "", "\0"),
    ("byte order marks", "", "\u{feff}"),
    ("angle brackets", "types:\n  A: ", "list<"),
    (
        "members of an example",
        "events:\n  e:\n    partition: none\n    examples:\n      a:\n",
        "        m$: 1\n",
    ),
    (
        "a long pattern",
        "types:\n  A: { newtype: string, pattern: '",
        "(a",
    ),
    ("carriage returns", "", "a: b\r"),
];

/// A text of so many bytes. `$` is a number that counts up, and `#` the one after it. A bracket at the end of
/// the beginning is closed.
fn repeated(begin: &str, part: &str, bytes: usize) -> String {
    let mut text = begin.to_owned();
    let mut number = 0;
    while text.len() + part.len() + 16 < bytes {
        if part.contains('$') {
            let next = (number + 1).to_string();
            text += &part.replace('$', &number.to_string()).replace('#', &next);
        } else {
            text += part;
        }
        number += 1;
    }
    match begin.chars().next_back() {
        Some('[') => text + "]\n",
        Some('{') => text + "}\n",
        _ => text,
    }
}

/// Compiles a file and draws what is said of it. What was said first, and how many more there are.
fn answered(text: &str) -> (Option<String>, usize) {
    let sources = Sources::new("schema", lone(text.as_bytes()));
    let compilation: Compilation = compile(&sources);
    let (first, others) = compilation.first_errors();
    let drawn: Vec<_> = first
        .map(|error| {
            (
                render(error, &sources, Style::Plain),
                render_short(error, &sources),
            )
        })
        .collect();
    let count = drawn.len() + others;
    (drawn.into_iter().next().map(|(_, short)| short), count)
}

#[test]
fn hostile_files_are_answered() {
    let lines = REPEATED.iter().map(|(name, begin, part)| {
        let (first, count) = answered(&repeated(begin, part, 20_000));
        let first = first.unwrap_or_default();
        format!("{name}: {count}\n  {first}\n")
    });
    insta::assert_snapshot!(lines.collect::<String>());
}

#[test]
#[ignore = "it is for people to read, on a machine at rest"]
fn hostile_files_are_answered_in_time() {
    for (name, begin, part) in REPEATED {
        let mut line = format!("{name:40}");
        for mebibytes in [2_usize, 8] {
            let text = repeated(begin, part, mebibytes << 20);
            let before = processor_time();
            let (_, count) = answered(&text);
            let took = (processor_time() - before).as_millis();
            line += &format!("{mebibytes} MiB: {took:6} ms, {count:7} errors   ");
        }
        println!("{line}");
    }
}

/// How long this thread has run; others may be at work here.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text
        .split(' ')
        .next()
        .and_then(|number| number.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}
