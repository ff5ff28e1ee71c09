//! The catalogs that are looked at.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use eventc_compiler::{Sources, compile, emit_docs};

/// That of this repository.
pub(crate) fn of_repository() -> Sources {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema");
    Sources::read(Path::new(schema), "schema").unwrap()
}

/// A fixture of the compiler: texts that would be markup.
pub(crate) fn hostile() -> Sources {
    let fixture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../compiler/tests/right/docs_of_hostile_text.yaml"
    );
    let text = fs::read(fixture).unwrap();
    Sources::new("schema", [("catalog.yaml".to_owned(), text)])
}

/// A thousand events in a hundred files, all in one stream.
pub(crate) fn large() -> Sources {
    let root = "catalog: large\neventc: 1\ntargets: [docs, postgres]\nstreams:\n  telemetry:\n    fields:\n      \
                event_id: { type: uuid, fill: uuid_v7 }\n      occurred_at: { type: timestamp, fill: now }\n    \
                partition: day(occurred_at)\n    id: event_id\n";
    let module = |module: usize| {
        let mut text = "stream: telemetry\nevents:\n".to_owned();
        for event in 0..10 {
            let number = module * 10 + event;
            let _ = write!(
                text,
                "  event_{number}:\n    description: Something that happened in the part {module} of what we do.\n    fields:\n"
            );
            for (name, about) in [
                (
                    "count",
                    "type: u32, description: How many there were at that time.",
                ),
                (
                    "duration",
                    "type: u32, unit: ms, description: From the beginning to the end of it.",
                ),
                (
                    "label",
                    "type: string, description: What it was called by those who did it.",
                ),
                ("ratio", "type: f64"),
                (
                    "reason",
                    "type: string, pii: free_text, description: What was written down.",
                ),
            ] {
                let _ = writeln!(text, "      {name}: {{ {about} }}");
            }
        }
        (format!("module_{module}.yaml"), text.into_bytes())
    };
    let files = (0..100).map(module);
    let root = ("catalog.yaml".to_owned(), root.as_bytes().to_vec());
    Sources::new("schema", files.chain([root]))
}

/// The files of a small schema that is edited.
pub(crate) const SIGNUP: [(&str, &str); 2] = [
    ("catalog.yaml", "catalog: acme\neventc: 1\n"),
    (
        "signup.yaml",
        "events:\n  completed:\n    description: A visitor became a user.\n    partition: none\n    fields:\n      plan: [free, team]\n",
    ),
];

/// Writes the site of a catalog.
pub(crate) fn write_site(sources: &Sources, folder: &Path) {
    let compilation = compile(sources);
    let catalog = compilation.catalog.expect("a schema without errors");
    let _ = fs::remove_dir_all(folder);
    for output in emit_docs(&catalog, sources) {
        let path = folder.join(&output.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, output.text).unwrap();
    }
}
