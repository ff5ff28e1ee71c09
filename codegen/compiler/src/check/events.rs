//! Events over time: what may not come back, and what came later.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Event};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast;

pub(super) fn check(catalog: &Catalog, files: &[ast::File<'_>], diagnostics: &mut Diagnostics) {
    let declared: BTreeMap<Span, &ast::Event<'_>> = files
        .iter()
        .flat_map(|file| &file.events)
        .map(|event| (event.name.span, event))
        .collect();
    for event in &catalog.events {
        if let Some(ast) = declared.get(&event.span) {
            reserved_stays_away(catalog, event, ast, diagnostics);
            fields_are_no_newer(event, ast, diagnostics);
            replacement_is_another(catalog, event, ast, diagnostics);
        }
    }
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
