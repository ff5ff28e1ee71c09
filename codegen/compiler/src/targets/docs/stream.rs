//! The page of a stream: its header, its picture, its events.

use super::super::reading;
use super::facts::{self, Facts};
use super::page::Page;
use super::site::{Site, UP};
use super::{context, fields, picture, snippets};
use crate::catalog::{Store, StreamId, Thing};

pub(super) fn page(site: &Site<'_>, id: StreamId, mark: &str) -> String {
    let stream = &site.reading.catalog[id];
    let events = site.reading.contents.events_of(id);
    let mut content = facts::head(site, Thing::Stream(id), "Stream");
    let mut about = Facts::default();
    for (label, code) in reading::placement(&stream.storage, &stream.fields) {
        about.code(label, &code);
    }
    if site.has_tables {
        about.words(
            "Tables",
            match stream.store {
                Store::Typed => "one for each event",
                Store::Shared => "one for all events",
            },
        );
    }
    about.of_thing(site, Thing::Stream(id));
    content.push_str(&about.finish());
    content.push_str(&picture::section(
        site,
        &picture::Stream {
            name: &stream.name,
            is_event: false,
            fields: &stream.fields,
            storage: &stream.storage,
            events,
        },
    ));
    content.push_str("<section aria-labelledby=\"the-fields\">\n<h2 id=\"the-fields\">Header</h2>\n<p>What every event of the stream carries.</p>\n");
    content.push_str(&fields::table(
        site,
        &stream.fields,
        Some(&stream.storage),
        "Fields of the header",
    ));
    content.push_str("</section>\n");
    let events: Vec<_> = events.iter().map(|&id| (id, "")).collect();
    content.push_str(&context::events(site, "Events", &events));
    content.push_str(&snippets::section(&snippets::of_stream(site, id)));
    Page {
        title: &format!("{} · stream", stream.name),
        about: stream.docs.description.as_deref().unwrap_or(&stream.name),
        root: UP,
        way: &facts::way(site, stream.module),
        content: &content,
    }
    .html(site, mark)
}
