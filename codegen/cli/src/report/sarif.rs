//! `--format sarif`: the Static Analysis Results Interchange Format, version 2.1.0, which code scanning reads.

use eventc_compiler::{Code, Diagnostic, Edit, Json, Severity, Sources, Span};

use super::{REFRESH, Report, path};
use crate::json::{array, line, number, object, text};

/// The rule of generated files that are not what the schema says.
const DRIFT: &str = "drift";

pub(super) fn written(report: &Report<'_>) -> String {
    let sources = &report.read.sources;
    let diagnostics = report.diagnostics().iter();
    let found = diagnostics.map(|diagnostic| result(diagnostic, sources));
    let drift = report.drift().map(|(path, problem)| drift(path, problem));
    let rules = Code::ALL.iter().map(|code| rule(code.id(), code.rule()));
    let drift_rule = rule(DRIFT, "what is generated is what the schema says");
    let driver = object([
        ("name", text("eventc")),
        ("version", text(env!("CARGO_PKG_VERSION"))),
        ("rules", array(rules.chain([drift_rule]))),
    ]);
    let run = object([
        ("tool", object([("driver", driver)])),
        ("columnKind", text("unicodeCodePoints")),
        ("results", array(found.chain(drift))),
    ]);
    line(&object([
        (
            "$schema",
            text("https://json.schemastore.org/sarif-2.1.0.json"),
        ),
        ("version", text("2.1.0")),
        ("runs", array([run])),
    ]))
}

fn rule(id: &str, rule: &str) -> Json {
    let description = object([("text", text(rule))]);
    object([("id", text(id)), ("shortDescription", description)])
}

fn result(diagnostic: &Diagnostic, sources: &Sources) -> Json {
    let mut message = diagnostic.message.clone();
    for note in &diagnostic.notes {
        message.push_str(&format!("\nnote: {note}"));
    }
    for help in &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut places = diagnostic.places();
    // Code scanning leaves out what has no place; what has none is about the root.
    let place = match places.next() {
        Some((span, _)) => physical(span, sources),
        None => file(&sources.shown(&format!("{}/catalog.yaml", sources.root()))),
    };
    let related = places.map(|(span, said)| {
        object([
            ("physicalLocation", physical(span, sources)),
            ("message", object([("text", text(said))])),
        ])
    });
    let edits: Vec<_> = diagnostic.edits().collect();
    let of_files = edits.chunk_by(|one, other| one.span.file == other.span.file);
    let changes: Vec<_> = of_files
        .filter_map(|edits| change(edits, sources))
        .collect();
    let fix = (!changes.is_empty()).then(|| object([("artifactChanges", array(changes))]));
    object([
        ("ruleId", text(diagnostic.code.id())),
        ("level", text(level)),
        ("message", object([("text", text(message))])),
        ("locations", array([object([("physicalLocation", place)])])),
        ("relatedLocations", array(related)),
        ("fixes", array(fix)),
    ])
}

/// What edits change in the one file that they are in.
fn change(edits: &[Edit], sources: &Sources) -> Option<Json> {
    let replacements = edits.iter().map(|edit| {
        let content = object([("text", text(&edit.replacement))]);
        object([
            ("deletedRegion", region(edit.span, sources)),
            ("insertedContent", content),
        ])
    });
    let artifact = artifact(&path(sources, edits.first()?.span));
    Some(object([
        ("artifactLocation", artifact),
        ("replacements", array(replacements)),
    ]))
}

fn drift(path: &str, problem: &str) -> Json {
    object([
        ("ruleId", text(DRIFT)),
        ("level", text("error")),
        (
            "message",
            object([("text", text(format!("{problem}: {REFRESH}")))]),
        ),
        (
            "locations",
            array([object([("physicalLocation", file(path))])]),
        ),
    ])
}

fn physical(span: Span, sources: &Sources) -> Json {
    object([
        ("artifactLocation", artifact(&path(sources, span))),
        ("region", region(span, sources)),
    ])
}

fn file(path: &str) -> Json {
    object([("artifactLocation", artifact(path))])
}

fn artifact(path: &str) -> Json {
    object([("uri", text(uri(path))), ("uriBaseId", text("%SRCROOT%"))])
}

/// Columns count characters from 1, and the end is the one behind the last.
fn region(span: Span, sources: &Sources) -> Json {
    let file = sources.file(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    object([
        ("startLine", number(start.line)),
        ("startColumn", number(start.column)),
        ("endLine", number(end.line)),
        ("endColumn", number(end.column)),
        ("byteOffset", number(span.start)),
        ("byteLength", number(span.end.saturating_sub(span.start))),
    ])
}

/// A path as a relative URI (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
