//! The YAML tree becomes the syntax tree: one function for each thing that can be written.

mod body;
mod event;
mod field;
mod lint;

use std::borrow::Cow;

use super::ast::{
    Allow, Context, Deprecated, Docs, DocsRest, File, Name, Settings, Stream, TypeDecl,
};
use super::names::{check_pascal_case, check_snake_case};
use super::reader::{Expect, Reader};
use super::tree::{Data, Entry, Node, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::source::{FileId, Span};
use crate::words::{Store, TARGETS};

/// The version of the language that this compiler knows.
const LANGUAGE_VERSION: &str = "1";

const ROOT_KEYS: &[&str] = &[
    "catalog",
    "eventc",
    "description",
    "owner",
    "targets",
    "lints",
    "allow",
    "stream",
    "types",
    "streams",
    "contexts",
    "events",
];
const FILE_KEYS: &[&str] = &[
    "description",
    "owner",
    "allow",
    "stream",
    "types",
    "streams",
    "contexts",
    "events",
];

/// Reads the root node of a file.
pub(super) fn file<'s>(
    id: FileId,
    module: &[String],
    root: Option<Node<'s>>,
    broken: bool,
    diagnostics: &mut Diagnostics,
) -> File<'s> {
    let is_root = module.is_empty();
    let start = Span {
        file: id,
        start: 0,
        end: 0,
    };
    let mut file = File {
        broken,
        ..File::unread(id, module)
    };
    let entries = match root {
        Some(Node {
            data: Data::Map(entries),
            ..
        }) => entries,
        None
        | Some(Node {
            data: Data::Empty, ..
        }) => Vec::new(),
        Some(node) => {
            file.broken = true;
            if !broken {
                let message = format!("expected the keys of a schema file, found {}", node.kind());
                let help = "a file has `events:`, `types:`, `contexts:` or `streams:`";
                diagnostics.push(
                    Diagnostic::new(Code::WrongShape, node.span, message)
                        .label("expected a map")
                        .help(help),
                );
            }
            return file;
        }
    };
    let entries = if is_root {
        entries
    } else {
        without_settings(entries, diagnostics)
    };
    let (what, known) = if is_root {
        ("the root of the catalog", ROOT_KEYS)
    } else {
        ("a schema file", FILE_KEYS)
    };
    let reader = Reader::new(what, entries, known, diagnostics);
    let mut lowering = Lowering {
        expect: Expect { diagnostics },
        allows: Vec::new(),
    };
    lowering.file(&mut file, reader, start, is_root);
    file
}

/// The rule: the settings of the whole catalog stand in `catalog.yaml` alone.
fn without_settings<'s>(entries: Vec<Entry<'s>>, diagnostics: &mut Diagnostics) -> Vec<Entry<'s>> {
    let (settings, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| {
        ROOT_KEYS.contains(&&*entry.key.value) && !FILE_KEYS.contains(&&*entry.key.value)
    });
    for entry in settings {
        let message = format!("`{}` is a setting of the whole catalog", entry.key.value);
        diagnostics.push(
            Diagnostic::new(Code::RootOnly, entry.key.span, message)
                .label("not in this file")
                .help("move it to `catalog.yaml`"),
        );
    }
    rest
}

/// Reads a file's nodes, with the place where problems go.
pub(super) struct Lowering<'d> {
    pub(super) expect: Expect<'d>,
    /// What the file has said so far that lints should not say.
    allows: Vec<Allow>,
}

impl Lowering<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.expect.diagnostics.push(diagnostic);
    }

    /// A value, or the report of why there is none.
    fn ok<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|diagnostic| self.report(diagnostic)).ok()
    }

    fn file<'s>(
        &mut self,
        file: &mut File<'s>,
        mut reader: Reader<'s>,
        start: Span,
        is_root: bool,
    ) {
        if is_root {
            file.settings = self.settings(&mut reader, start, file.broken);
            // A root without its first two lines is one that somebody has only begun.
            file.broken |= file.settings.catalog.is_none() && reader.is_empty();
        }
        self.allow(&mut reader, start);
        file.description = self.prose(&mut reader, "description");
        file.owner = self.string(&mut reader, "owner");
        file.stream = self.string(&mut reader, "stream");
        let types = self.section(&mut reader, "types").unwrap_or_default();
        file.types.reserve_exact(types.len());
        for entry in types {
            let declared = self.type_decl(entry);
            file.types.push(declared);
        }
        for entry in self.section(&mut reader, "streams").unwrap_or_default() {
            let name = entry.key.clone();
            match self.stream(entry) {
                Some(stream) => file.streams.push(stream),
                None => file.unread.push(name),
            }
        }
        for entry in self.section(&mut reader, "contexts").unwrap_or_default() {
            let name = entry.key.clone();
            match self.context(entry) {
                Some(context) => file.contexts.push(context),
                None => file.unread.push(name),
            }
        }
        let events = self.section(&mut reader, "events").unwrap_or_default();
        file.events.reserve_exact(events.len());
        for entry in events {
            let name = entry.key.clone();
            match self.event(entry) {
                Some(event) => file.events.push(event),
                None => file.unread.push(name),
            }
        }
        file.allows = std::mem::take(&mut self.allows);
    }

    fn settings<'s>(&mut self, reader: &mut Reader<'s>, start: Span, broken: bool) -> Settings<'s> {
        let mut settings = Settings::default();
        let mut missing = Vec::new();
        match reader.take("catalog") {
            Some(entry) => {
                settings.catalog = self.expect.string(&entry);
                if let Some(name) = &settings.catalog {
                    check_snake_case("a catalog", name, self.expect.diagnostics);
                }
            }
            None => missing.push(("catalog", "`catalog: my_company`, its name")),
        }
        match reader.take("eventc") {
            Some(entry) => self.language_version(&entry),
            None => missing.push(("eventc", "`eventc: 1`, the version of its language")),
        }
        // The part of the file that was not read may have them.
        if let (false, [_, ..]) = (broken, missing.as_slice()) {
            let (keys, lines): (Vec<_>, Vec<_>) = missing.into_iter().unzip();
            let message = format!(
                "the catalog has no {}",
                quoted(keys).replace(", ", " and no ")
            );
            let diagnostic = Diagnostic::new(Code::MissingKey, start, message);
            self.report(
                diagnostic
                    .label("the root begins here")
                    .help(format!("add the line {}", lines.join(", and the line "))),
            );
        }
        let targets = reader
            .take("targets")
            .and_then(|entry| self.expect.texts(entry, "the names of targets", "postgres"))
            .unwrap_or_default();
        for target in targets {
            if TARGETS.contains(&&*target.value) {
                settings.targets.push(target.to_spanned());
            } else if target.value == "rust" {
                self.report(
                    Diagnostic::new(Code::WrongValue, target.span, "Rust is always written")
                        .label("not needed")
                        .help("remove it"),
                );
            } else {
                let message = format!("there is no target `{}`", target.value);
                let help = format!(
                    "the targets are {}; Rust is always written",
                    quoted(TARGETS.iter().copied())
                );
                self.report(
                    Diagnostic::new(Code::WrongValue, target.span, message)
                        .label("not a target")
                        .suggest_or(&target.value, TARGETS.iter().copied(), help),
                );
            }
        }
        settings.lints = self.levels(reader);
        settings
    }

    /// The rule: `eventc` names a version of the language that this compiler knows.
    fn language_version(&mut self, entry: &Entry<'_>) {
        let Some(version) = self.expect.text(entry) else {
            return;
        };
        if version.value != LANGUAGE_VERSION {
            let message = format!(
                "`{}` is not a version of the language that this compiler knows",
                version.value
            );
            let help = format!(
                "write `eventc: {LANGUAGE_VERSION}`, or use the compiler that the schema was written for"
            );
            self.report(
                Diagnostic::new(Code::LanguageVersion, version.span, message)
                    .label("not known")
                    .help(help),
            );
        }
    }

    /// The entries of a map of names; none if it is not there, or not a map.
    fn section<'s>(
        &mut self,
        reader: &mut Reader<'s>,
        key: &'static str,
    ) -> Option<Vec<Entry<'s>>> {
        let (expected, example) = match key {
            "types" => ("types and their definitions", "OrderId: uuid"),
            "streams" => ("streams by their names", "telemetry: { partition: … }"),
            "contexts" => ("contexts by their names", "request: { fields: … }"),
            "events" => ("events by their names", "order_placed: { fields: … }"),
            "examples" => ("examples by their names", "typical: { order_id: … }"),
            _ => ("fields and their types", "order_id: uuid"),
        };
        reader
            .take(key)
            .and_then(|entry| self.expect.map(entry, expected, example))
    }

    fn type_decl<'s>(&mut self, entry: Entry<'s>) -> TypeDecl<'s> {
        let name = entry.key.clone();
        check_pascal_case(&name, self.expect.diagnostics);
        self.named_type(name, entry)
    }

    fn stream<'s>(&mut self, entry: Entry<'s>) -> Option<Stream<'s>> {
        const KEYS: &[&str] = &[
            "description",
            "owner",
            "since",
            "deprecated",
            "allow",
            "fields",
            "partition",
            "key",
            "id",
            "retain",
            "store",
        ];
        let name = entry.key.clone();
        check_snake_case("a stream", &name, self.expect.diagnostics);
        let entries =
            self.expect
                .map(entry, "the keys of a stream", "partition: day(occurred_at)")?;
        let mut reader = Reader::new("a stream", entries, KEYS, self.expect.diagnostics);
        self.allow(&mut reader, name.span);
        let docs = self.docs(&mut reader);
        let fields = self.fields(&mut reader);
        let storage = self.storage(&mut reader);
        let store = self.text(&mut reader, "store");
        let store = store.and_then(|text| self.store(&text)).unwrap_or_default();
        Some(Stream {
            name,
            docs,
            fields: fields?,
            storage,
            store,
        })
    }

    /// The rule: `store` is `typed` or `shared`.
    fn store(&mut self, text: &Text<'_>) -> Option<Store> {
        match &*text.value {
            "typed" => Some(Store::Typed),
            "shared" => Some(Store::Shared),
            other => {
                let message = format!("`{other}` is no way to keep the events of a stream");
                self.report(
                    Diagnostic::new(Code::WrongValue, text.span, message)
                        .label("expected `typed` or `shared`")
                        .suggest(other, ["typed", "shared"])
                        .help(
                            "`typed` gives each event a table of its own, `shared` all of them one",
                        ),
                );
                None
            }
        }
    }

    fn context<'s>(&mut self, entry: Entry<'s>) -> Option<Context<'s>> {
        const KEYS: &[&str] = &[
            "description",
            "owner",
            "since",
            "deprecated",
            "allow",
            "fields",
        ];
        let name = entry.key.clone();
        check_snake_case("a context", &name, self.expect.diagnostics);
        let entries = self.expect.map(
            entry,
            "the keys of a context",
            "fields: { request_id: uuid }",
        )?;
        let mut reader = Reader::new("a context", entries, KEYS, self.expect.diagnostics);
        self.allow(&mut reader, name.span);
        let docs = self.docs(&mut reader);
        if reader.place("fields").is_none() {
            let message = format!("the context `{}` has no fields", name.value);
            self.report(
                Diagnostic::new(Code::MissingKey, name.span, message)
                    .help("add `fields:`, or remove the context"),
            );
        }
        let fields = self.fields(&mut reader);
        Some(Context {
            name,
            docs,
            fields: fields?,
        })
    }

    fn docs<'s>(&mut self, reader: &mut Reader<'s>) -> Docs<'s> {
        let description = self.prose(reader, "description");
        let rest = DocsRest {
            owner: self.string(reader, "owner"),
            since: self.string(reader, "since"),
            deprecated: reader
                .take("deprecated")
                .and_then(|entry| self.deprecated(entry)),
        };
        let is_needed = rest.owner.is_some() || rest.since.is_some() || rest.deprecated.is_some();
        Docs {
            description,
            rest: is_needed.then(|| Box::new(rest)),
        }
    }

    /// `deprecated: use the other one`, or `{ use: other_event, reason: … }`.
    fn deprecated<'s>(&mut self, entry: Entry<'s>) -> Option<Deprecated<'s>> {
        match entry.value.data {
            Data::Scalar(scalar) => Some(Deprecated {
                reason: Some(prose(scalar.text)),
                instead: None,
            }),
            Data::Map(entries) => {
                let mut reader = Reader::new(
                    "`deprecated`",
                    entries,
                    &["use", "reason"],
                    self.expect.diagnostics,
                );
                let instead = self.string(&mut reader, "use");
                Some(Deprecated {
                    reason: self.prose(&mut reader, "reason"),
                    instead,
                })
            }
            _ => self.expect.wrong(&entry, "text, or `use` and `reason`"),
        }
    }

    fn string<'s>(&mut self, reader: &mut Reader<'s>, key: &'static str) -> Option<Name<'s>> {
        self.expect.string(&reader.take(key)?)
    }

    fn text<'s>(&mut self, reader: &mut Reader<'s>, key: &'static str) -> Option<Text<'s>> {
        self.expect.text(&reader.take(key)?)
    }

    /// Text for people: without the space around it.
    fn prose<'s>(&mut self, reader: &mut Reader<'s>, key: &'static str) -> Option<Cow<'s, str>> {
        let text = self.string(reader, key)?.value;
        Some(prose(text)).filter(|text| !text.is_empty())
    }
}

fn prose(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
