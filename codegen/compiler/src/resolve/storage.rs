//! Where events go: streams, and the fields that `partition`, `key` and `id` name.

use std::collections::BTreeSet;

use super::lookup::Noun;
use super::{Resolver, Scope};
use crate::catalog::{Carried, FieldRef, Home, Storage, Transform};
use crate::diagnostic::{Code, Diagnostic, differs_in_case, nearest, quoted};
use crate::source::Span;
use crate::syntax::{ast, is_snake_case};

/// The header that `partition`, `key` and `id` speak of, and the contexts in which its fields may be looked for in vain.
struct Header<'h, 's> {
    /// `the stream \`telemetry\`` or `the event \`order_placed\``.
    what: String,
    fields: &'h [ast::Field<'s>],
    contexts: Vec<&'h ast::Context<'s>>,
    /// The events that go to the stream, by its name.
    events: Vec<&'h ast::Event<'s>>,
    /// What was looked for in vain: said once.
    missing: BTreeSet<&'h str>,
}

impl<'s> Resolver<'s, '_> {
    pub(super) fn stream_storage(
        &mut self,
        scope: Scope<'s>,
        ast: &'s ast::Stream<'s>,
    ) -> (Storage, bool) {
        if ast.storage.partition.is_none() {
            let message = format!("the stream `{}` has no partition", ast.name.value);
            let diagnostic = Diagnostic::new(Code::NoPartition, ast.name.span, message)
                .label("none of its events could be placed")
                .help(add_partition(&ast.fields));
            self.diagnostics.push(diagnostic);
        }
        // The contexts that its events carry are where people look for a field that moved.
        let contexts = scope
            .file
            .contexts
            .iter()
            .chain(self.all_contexts())
            .collect();
        let mut header = Header {
            what: format!("the stream `{}`", ast.name.value),
            fields: &ast.fields,
            contexts,
            events: self.events_of(&ast.name.value),
            missing: BTreeSet::new(),
        };
        let (storage, resolved) = self.storage(&ast.storage, &mut header);
        // what the partition would say is not known
        (storage, resolved && ast.storage.partition.is_some())
    }

    /// The rule: every event has a partition, its stream's or its own, and not both.
    ///
    /// Where it goes, and whether every name on the way was found.
    pub(super) fn home(
        &mut self,
        scope: Scope<'s>,
        ast: &'s ast::Event<'s>,
        carried: &[Carried],
    ) -> (Home, bool) {
        let stream = ast.stream.as_ref().or(scope.file.stream.as_ref());
        let Some(stream) = stream else {
            return self.own_stream(scope, ast, carried);
        };
        let own = [
            (
                "partition",
                ast.storage
                    .partition
                    .as_ref()
                    .map(|partition| partition.key),
            ),
            ("key", ast.storage.key.as_ref().map(|key| key.span)),
            ("id", ast.storage.id.as_ref().map(|id| id.span)),
            (
                "retain",
                ast.storage.retain.as_ref().map(|retain| retain.span),
            ),
        ];
        if let Some((key, span)) = own.into_iter().find_map(|(key, span)| Some((key, span?))) {
            let message = format!(
                "`{}` goes to the stream `{}`, which says its `{key}`",
                ast.name.value, stream.value
            );
            let mut diagnostic = Diagnostic::new(Code::TwoPartitions, span, message)
                .label(format!("a second `{key}`"))
                .also(stream.span, "the stream is named here")
                .help(format!("remove this `{key}`"));
            if ast.stream.is_none() {
                diagnostic = diagnostic.help("or, for an event that is a stream of its own, move it to a file without `stream:`");
            }
            self.diagnostics.push(diagnostic);
        }
        match self.lookup(Noun::Stream, scope, stream) {
            Some(id) => (Home::Stream(id), true),
            None => (Home::Unresolved, false),
        }
    }

    fn own_stream(
        &mut self,
        scope: Scope<'s>,
        ast: &'s ast::Event<'s>,
        carried: &[Carried],
    ) -> (Home, bool) {
        if ast.storage.partition.is_none() {
            // The part of the file that was not read may name the stream.
            if !scope.file.broken {
                self.diagnostics.push(self.no_partition(ast));
            }
            return (Home::Unresolved, false);
        }
        let carried: Vec<Span> = carried
            .iter()
            .map(|carried| self.draft.catalog[carried.context].span)
            .collect();
        let contexts = self
            .all_contexts()
            .filter(|context| carried.contains(&context.name.span))
            .collect();
        let mut header = Header {
            what: format!("the event `{}`", ast.name.value),
            fields: &ast.fields,
            contexts,
            events: Vec::new(),
            missing: BTreeSet::new(),
        };
        let (storage, resolved) = self.storage(&ast.storage, &mut header);
        (Home::Own(storage), resolved)
    }

    fn no_partition(&self, ast: &ast::Event<'_>) -> Diagnostic {
        let message = format!("`{}` has no partition", ast.name.value);
        let mut diagnostic = Diagnostic::new(Code::NoPartition, ast.name.span, message)
            .label("no store could place it")
            .note("a row without its partition field is refused by the store, at run time");
        let mut streams: Vec<_> = self
            .draft
            .catalog
            .streams
            .iter()
            .map(|stream| stream.name.as_str())
            .collect();
        streams.dedup();
        if let Some(stream) = streams.first() {
            let others = if streams.len() > 1 {
                format!(" (there are {})", streams.join(", "))
            } else {
                String::new()
            };
            diagnostic = diagnostic.help(format!(
                "send it to a stream: `stream: {stream}`, here or at the top of the file{others}"
            ));
        }
        diagnostic
            .help(add_partition(&ast.fields))
            .help("`partition: none`, if it really has none")
    }

    fn all_contexts(&self) -> impl Iterator<Item = &'s ast::Context<'s>> + use<'s> {
        self.scopes.files().iter().flat_map(|file| &file.contexts)
    }

    /// The events that name a stream, or whose file does.
    fn events_of(&self, stream: &str) -> Vec<&'s ast::Event<'s>> {
        let names_it = |name: &ast::Name<'_>| name.value.rsplit('.').next() == Some(stream);
        let files = self.scopes.files().iter();
        let events = files.flat_map(|file| {
            let named = |event: &&ast::Event<'_>| {
                let stream = event.stream.as_ref().or(file.stream.as_ref());
                stream.is_some_and(names_it)
            };
            file.events.iter().filter(named)
        });
        events.collect()
    }

    /// The storage, and whether every field that it names was found.
    fn storage(&mut self, ast: &'s ast::Storage, header: &mut Header<'s, 's>) -> (Storage, bool) {
        let transforms = ast
            .partition
            .iter()
            .filter_map(|partition| partition.transforms.as_ref())
            .flatten();
        let mut partition = Vec::new();
        for transform in transforms {
            if let Some(field) = self.header_field("partition", &transform.field, header) {
                partition.push(Transform {
                    kind: transform.kind,
                    field,
                    span: transform.span,
                });
            }
        }
        let mut named = |key: &str, name: Option<&'s ast::Name<'s>>| {
            name.and_then(|name| self.header_field(key, name, header))
        };
        let storage = Storage {
            partition,
            key: named("key", ast.key.as_ref()),
            id: named("id", ast.id.as_ref()),
            retain: ast.retain.as_ref().map(|retain| retain.value),
        };
        let transforms = ast
            .partition
            .iter()
            .flat_map(|partition| &partition.transforms)
            .flatten();
        let asked =
            transforms.count() + usize::from(ast.key.is_some()) + usize::from(ast.id.is_some());
        let found = storage.references().count();
        (storage, found == asked)
    }

    /// The rule: `partition`, `key` and `id` name fields of the header, never a context's: a context can be skipped.
    fn header_field(
        &mut self,
        key: &str,
        name: &'s ast::Name<'s>,
        header: &mut Header<'s, 's>,
    ) -> Option<FieldRef> {
        let fields = header.fields;
        let named = fields
            .iter()
            .position(|field| field.name.value == name.value);
        // A field of the wrong case was reported, and this is the name that it will have.
        let misnamed = || {
            let is_meant = |field: &ast::Field<'_>| {
                !is_snake_case(&field.name.value) && differs_in_case(&field.name.value, &name.value)
            };
            fields.iter().position(is_meant)
        };
        if let Some(index) = named.or_else(misnamed) {
            return Some(FieldRef {
                index,
                span: name.span,
            });
        }
        if !header.missing.insert(&name.value) {
            return None;
        }
        let in_context = header.contexts.iter().find_map(|context| {
            let mut fields = context.fields.iter();
            Some((
                context,
                fields.find(|field| field.name.value == name.value)?,
            ))
        });
        self.diagnostics.push(match in_context {
            Some((context, field)) => of_a_context(key, name, header, context, field),
            None if name.value.contains('(') => a_transform(key, name),
            None => no_such_field(key, name, header),
        });
        None
    }
}

const AT_RUN_TIME: &str =
    "an event without it has no place in the store, and is refused there, at run time";

/// The rule: `partition`, `key` and `id` never name a context's field.
fn of_a_context(
    key: &str,
    name: &ast::Name<'_>,
    header: &Header<'_, '_>,
    context: &ast::Context<'_>,
    field: &ast::Field<'_>,
) -> Diagnostic {
    let (what, context) = (&header.what, &context.name.value);
    let message = format!(
        "`{key}` names `{}`, which only the context `{context}` has",
        name.value
    );
    let set = format!("set by `{context}`, which an event can be made without");
    let mut diagnostic = Diagnostic::new(Code::ContextField, name.span, message)
        .label(format!("not a field of {what}"))
        .also(field.name.span, set);
    let carries = |with: &ast::With| with.context.value.rsplit('.').next() == Some(context);
    let mut events = header.events.iter();
    if let Some(event) = events.find(|event| !event.with.iter().any(carries)) {
        let event = &event.name.value;
        let note = format!("`{event}` goes there, and does not carry `{context}`");
        diagnostic = diagnostic.note(note);
    } else if !header.events.is_empty() {
        let count = header.events.len();
        let note = format!("events that go there: {count}; the next may not carry `{context}`");
        diagnostic = diagnostic.note(note);
    }
    let help = format!(
        "move `{}` from the context to the `fields` of {what}",
        name.value
    );
    diagnostic.note(AT_RUN_TIME).help(help)
}

/// The rule: `key` and `id` are fields as they are.
fn a_transform(key: &str, name: &ast::Name<'_>) -> Diagnostic {
    let inside = name.value.trim_end_matches(')');
    let field = inside.rsplit(['(', ',']).next().unwrap_or("").trim();
    let message = format!("`{key}` is the name of one field");
    Diagnostic::new(Code::NoSuchField, name.span, message)
        .label("a transform, which `partition` alone takes")
        .help(format!("write `{key}: {field}`"))
}

/// The rule: `partition`, `key` and `id` name fields of the header.
fn no_such_field(key: &str, name: &ast::Name<'_>, header: &Header<'_, '_>) -> Diagnostic {
    let what = &header.what;
    let message = format!(
        "`{key}` names `{}`, but {what} has no such field",
        name.value
    );
    let diagnostic = Diagnostic::new(Code::NoSuchField, name.span, message)
        .label("no field of this name")
        .note(AT_RUN_TIME);
    let in_event = header.events.iter().find_map(|event| {
        let mut fields = event.fields.iter();
        Some((event, fields.find(|field| field.name.value == name.value)?))
    });
    if let Some((event, field)) = in_event {
        let event = &event.name.value;
        let help = format!(
            "move `{}` from `{event}` to the `fields` of {what}",
            name.value
        );
        return diagnostic
            .also(field.name.span, format!("`{event}` has it"))
            .help(help);
    }
    let names: Vec<&str> = header
        .fields
        .iter()
        .map(|field| &*field.name.value)
        .collect();
    match nearest(&name.value, names.iter().copied()) {
        Some(meant) => diagnostic.suggest_exactly(meant),
        None if names.is_empty() => {
            diagnostic.help(format!("add `{}` to the `fields` of {what}", name.value))
        }
        None => diagnostic.help(format!(
            "it has {}; name one of them, or add `{}`",
            quoted(names),
            name.value
        )),
    }
}

/// How to give something a partition, by a field it has if there is a fitting one.
fn add_partition(fields: &[ast::Field<'_>]) -> String {
    let is_time = |field: &&ast::Field<'_>| {
        let ty = field.ty.as_ref().map(|ty| &ty.kind);
        !field.optional && matches!(ty, Some(ast::TypeKind::Name(name)) if name == "timestamp")
    };
    match fields.iter().find(is_time) {
        Some(field) => format!("partition it by a field of its own: `partition: day({})`", field.name.value),
        None => "partition it by a field of its own: add `occurred_at: timestamp` to its fields, and `partition: day(occurred_at)`".to_owned(),
    }
}
