//! Events over time: what may not come back, and what came later.

use std::collections::BTreeMap;

use super::keys::is_known;
use crate::catalog::{Catalog, Event, Field, Module, Scalar, Transform, TypeRef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast;

pub(super) fn check(catalog: &Catalog, files: &[ast::File<'_>], diagnostics: &mut Diagnostics) {
    let declared: BTreeMap<Span, &ast::Event<'_>> = files
        .iter()
        .flat_map(|file| &file.events)
        .map(|event| (event.name.span, event))
        .collect();
    own_names_are_free(catalog, diagnostics);
    for event in &catalog.events {
        if let Some(ast) = declared.get(&event.span) {
            reserved_stays_away(catalog, event, ast, diagnostics);
            fields_are_no_newer(event, ast, diagnostics);
            replacement_is_another(catalog, event, ast, diagnostics);
            expected_has_a_time(catalog, event, ast, diagnostics);
        }
    }
}

/// The rule: what is called `eventc` is eventc's own. A folder of this name is said once.
fn own_names_are_free(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let is_own = |module: &&Module| module.path.first().is_some_and(|name| name == "eventc");
    let span = catalog.modules.iter().filter(is_own).find_map(|it| it.span);
    let Some(span) = span else { return };
    let message = "the name `eventc` is taken: generated code calls the runtime so";
    diagnostics.push(
        Diagnostic::new(Code::OwnName, span, message)
            .label("the events of this module would be called `eventc.…`")
            .note("events whose names begin so are those that eventc reports about itself: `eventc.heartbeat`")
            .help("rename the file or the folder"),
    );
}

/// The rule: an event that is expected is partitioned by a timestamp, by which it is counted.
fn expected_has_a_time(
    catalog: &Catalog,
    event: &Event,
    ast: &ast::Event<'_>,
    diagnostics: &mut Diagnostics,
) {
    let (Some(expect), Some((storage, fields))) = (&ast.expect, catalog.storage_of(event)) else {
        return;
    };
    let is_doubtful = |transform: &Transform| {
        let field = fields.get(transform.field.index);
        field.is_none_or(|field| !is_known(catalog, field))
    };
    let header = catalog.stream_of(event);
    let is_unresolved = event.unresolved || header.is_some_and(|stream| stream.unresolved);
    if is_unresolved
        || storage.partition.iter().any(is_doubtful)
        || catalog.time_of(storage, fields).is_some()
    {
        return;
    }
    let what = header.map_or_else(
        || format!("`{}`", event.name),
        |stream| format!("the stream `{}`", stream.name),
    );
    let message = format!(
        "`{}` is expected, but there is no time to count it by",
        event.name
    );
    let mut diagnostic = Diagnostic::new(Code::ExpectTime, expect.span, message)
        .label("counted by the timestamp of the partition");
    diagnostic = match storage.partition.first() {
        Some(transform) => {
            let by = format!("{what} is partitioned by this, and no timestamp");
            diagnostic.also(transform.span, by)
        }
        None => {
            let place = header.map_or(event.span, |stream| stream.span);
            diagnostic.also(place, format!("{what} has no partition"))
        }
    };
    let is_time = |field: &&Field| *catalog.base(&field.ty) == TypeRef::Scalar(Scalar::Timestamp);
    let time = fields.iter().filter(|field| field.required).find(is_time);
    let name = time.map_or("occurred_at", |field| &field.name);
    let by = format!("partition {what} by a timestamp: `day({name})`");
    diagnostics.push(
        diagnostic
            .note("any other way to count would read the whole table, every time somebody asks")
            .help(by)
            .help("or remove `expect`"),
    );
}

/// The rule: a name under `reserved` may never come back.
fn reserved_stays_away(
    catalog: &Catalog,
    event: &Event,
    ast: &ast::Event<'_>,
    diagnostics: &mut Diagnostics,
) {
    let header = catalog
        .stream_of(event)
        .into_iter()
        .flat_map(|stream| &stream.fields);
    let contexts = event
        .contexts
        .iter()
        .flat_map(|carried| &catalog[carried.context].fields);
    for field in header.chain(contexts).chain(&event.fields) {
        let reserved = ast
            .reserved
            .iter()
            .find(|name| name.value == field.name || name.value == field.wire());
        if let Some(reserved) = reserved {
            let message = format!(
                "`{}` is reserved in `{}`: it may never come back",
                reserved.value, event.name
            );
            diagnostics.push(
                Diagnostic::new(Code::ReservedName, field.span, message)
                    .label("comes back here")
                    .also(reserved.span, "reserved here")
                    .note(
                        "messages of old versions have a member of this name with another meaning",
                    )
                    .help("choose another name"),
            );
        }
    }
}

/// The rule: what is deprecated is replaced by something else.
fn replacement_is_another(
    catalog: &Catalog,
    event: &Event,
    ast: &ast::Event<'_>,
    diagnostics: &mut Diagnostics,
) {
    let named = ast
        .docs
        .deprecated()
        .and_then(|deprecated| deprecated.instead.as_ref());
    let found = event
        .docs
        .deprecated
        .as_ref()
        .and_then(|deprecated| deprecated.instead);
    if let (Some(named), Some(found)) = (named, found)
        && catalog[found].span == event.span
    {
        let message = format!("`{}` is deprecated in favour of itself", event.name);
        let diagnostic =
            Diagnostic::new(Code::OwnReplacement, named.span, message).label("the event itself");
        diagnostics.push(diagnostic.help("name the event that takes its place, or remove `use`"));
    }
}

/// The rule: a field is no newer than its event.
fn fields_are_no_newer(event: &Event, ast: &ast::Event<'_>, diagnostics: &mut Diagnostics) {
    for field in &ast.fields {
        let Some(since) = field.docs.since() else {
            continue;
        };
        if let Ok(number) = since.value.parse::<u32>()
            && number > event.version
        {
            let message = format!(
                "`{}` is there since version {number}, but the event is of version {}",
                field.name.value, event.version
            );
            let mut diagnostic =
                Diagnostic::new(Code::BadSince, since.span, message).label("newer than the event");
            if let Some(version) = &ast.version {
                diagnostic = diagnostic.also(version.span, "the version of the event");
            }
            diagnostics.push(diagnostic.help(format!("set the event's `version: {number}`")));
        }
    }
}
