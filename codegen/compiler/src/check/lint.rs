//! Lints: what is allowed, and yet worth a word, at the level that `catalog.yaml` gives it.

use crate::catalog::{Catalog, Docs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast::{File, Level};
use crate::words::lint::{MISSING_DESCRIPTION, MISSING_ID, MISSING_OWNER};

/// Reports by every lint that is not allowed. All are allowed until `catalog.yaml` says otherwise.
pub(super) fn check(catalog: &Catalog, files: &[File<'_>], diagnostics: &mut Diagnostics) {
    let settings = files
        .iter()
        .filter(|file| file.module.is_empty())
        .flat_map(|file| &file.settings.lints);
    for (name, level) in settings {
        let found = match &*name.value {
            MISSING_DESCRIPTION => missing_description(catalog),
            MISSING_OWNER => missing_owner(catalog),
            MISSING_ID => missing_id(catalog),
            _ => Vec::new(),
        };
        for diagnostic in found {
            let diagnostic = diagnostic.also(name.span, "asked for here");
            match level {
                Level::Allow => {}
                Level::Warn => diagnostics.push(diagnostic.warning()),
                Level::Deny => diagnostics.push(diagnostic),
            }
        }
    }
}

/// The rule: what people read has a description: events, streams and contexts.
fn missing_description(catalog: &Catalog) -> Vec<Diagnostic> {
    let events = catalog
        .events
        .iter()
        .map(|event| ("event", &event.ident, &event.docs, event.span));
    let streams = catalog
        .streams
        .iter()
        .map(|stream| ("stream", &stream.name, &stream.docs, stream.span));
    let contexts = catalog
        .contexts
        .iter()
        .map(|context| ("context", &context.name, &context.docs, context.span));
    let all = events.chain(streams).chain(contexts);
    let bare =
        all.filter(|(_, _, docs, _): &(&str, &String, &Docs, Span)| docs.description.is_none());
    bare.map(|(what, name, _, span)| {
        Diagnostic::new(
            Code::MissingDescription,
            span,
            format!("the {what} `{name}` has no description"),
        )
        .label("nobody can know what it means")
        .help("add `description:` with a sentence that says what happened, and when it is sent")
    })
    .collect()
}

/// The rule: every event has an owner.
fn missing_owner(catalog: &Catalog) -> Vec<Diagnostic> {
    let orphans = catalog
        .events
        .iter()
        .filter(|event| event.docs.owner.is_none());
    orphans
        .map(|event| {
            Diagnostic::new(
                Code::MissingOwner,
                event.span,
                format!("nobody owns the event `{}`", event.name),
            )
            .label("no owner")
            .help("add `owner:` here, at the top of the file, or in `catalog.yaml`")
        })
        .collect()
}

/// The rule: an event has an `id`, so that one that arrives twice is one event.
fn missing_id(catalog: &Catalog) -> Vec<Diagnostic> {
    let streams = catalog
        .streams
        .iter()
        .map(|stream| (&stream.name, &stream.storage, stream.span));
    let own = catalog.events.iter().filter_map(|event| match &event.home {
        crate::catalog::Home::Own(storage) => Some((&event.name, storage, event.span)),
        _ => None,
    });
    let without = streams
        .chain(own)
        .filter(|(_, storage, _)| storage.id.is_none());
    without
        .map(|(name, _, span)| {
            Diagnostic::new(Code::MissingId, span, format!("`{name}` has no `id`"))
                .label("an event that arrives twice is two events")
                .help("name a field that is different in every event: `id: event_id`")
        })
        .collect()
}
