//! The first page: what there is.

use std::fmt::Write as _;

use super::super::reading::{Reading, first_paragraph, placement};
use super::{FOLDER, file_of, link, module_name, quote};
use crate::catalog::{Module, Stream, Thing};

pub(super) fn text(reading: &Reading<'_>) -> String {
    let catalog = reading.catalog;
    let mut text = format!("# The events of {}\n\n", quote::code(&catalog.name));
    let root = catalog.modules.first();
    if let Some(description) = root.and_then(|root| root.description.as_deref()) {
        let _ = writeln!(text, "{}\n", quote::blocks(description));
    }
    text.push_str(&streams(reading));
    for id in Module::ids(catalog) {
        let events = &reading.contents.module(id).events;
        if events.is_empty() {
            continue;
        }
        let page = format!("{FOLDER}/{}", file_of(catalog, id));
        let name = quote::code(&module_name(catalog, id));
        let _ = writeln!(
            text,
            "## [{name}]({page})\n\n| Event | What it is | Owner |\n|---|---|---|"
        );
        for &event in events {
            let docs = &catalog[event].docs;
            let deprecated = if docs.deprecated.is_some() {
                "**Deprecated.** "
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "| {} | {deprecated}{} | {} |",
                link(reading, Thing::Event(event), &format!("{FOLDER}/")),
                about(docs.description.as_deref()),
                quote::cell(docs.owner.as_deref().unwrap_or(""))
            );
        }
        text.push('\n');
    }
    text
}

fn streams(reading: &Reading<'_>) -> String {
    let catalog = reading.catalog;
    let mut rows = String::new();
    for id in Stream::ids(catalog) {
        let stream = &catalog[id];
        let facts = placement(&stream.storage, &stream.fields);
        let partition = facts.first().map_or("", |(_, code)| code.as_str());
        let _ = writeln!(
            rows,
            "| {} | {} | {} | {} |",
            link(reading, Thing::Stream(id), &format!("{FOLDER}/")),
            about(stream.docs.description.as_deref()),
            quote::code(partition),
            reading.contents.events_of(id).len()
        );
    }
    match rows.as_str() {
        "" => rows,
        rows => format!(
            "## Streams\n\n| Stream | What it is | Partition | Events |\n|---|---|---|---|\n{rows}\n"
        ),
    }
}

fn about(description: Option<&str>) -> String {
    let first = description.map(first_paragraph);
    first.map_or_else(String::new, |first| quote::cell(&first))
}
