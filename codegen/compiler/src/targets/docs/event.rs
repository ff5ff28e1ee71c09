//! The page of an event.

use std::fmt::Write as _;

use super::super::print;
use super::super::reading::{self, From};
use super::facts::{self, Facts};
use super::html::Text;
use super::page::Page;
use super::site::{Site, UP};
use super::{fields, picture, snippets};
use crate::catalog::{Event, EventId, Home, Thing};
use crate::json::Quoted;

pub(super) fn page(site: &Site<'_>, id: EventId, mark: &str) -> String {
    let thing = Thing::Event(id);
    let event = &site.reading.catalog[id];
    let mut content = facts::head(site, thing, "Event");
    content.push_str(&about(site, id));
    content
        .push_str("<section aria-labelledby=\"the-fields\">\n<h2 id=\"the-fields\">Fields</h2>\n");
    content.push_str(&groups(site, event));
    content.push_str("</section>\n");
    content.push_str(&on_the_wire(site, event));
    content.push_str(&snippets::section(&snippets::of_event(site, id)));
    if let Home::Own(storage) = &event.home {
        content.push_str(&picture::section(
            site,
            &picture::Stream {
                name: &event.name,
                is_event: true,
                fields: &event.fields,
                storage,
                events: &[id],
            },
        ));
    }
    Page {
        title: &format!("{} · event", event.name),
        about: event.docs.description.as_deref().unwrap_or(&event.name),
        root: UP,
        way: &facts::way(site, event.module),
        content: &content,
    }
    .html(site, mark)
}

fn about(site: &Site<'_>, id: EventId) -> String {
    let reading = site.reading;
    let event = &reading.catalog[id];
    let mut facts = Facts::default();
    facts.words("Version", &event.version.to_string());
    match &event.home {
        Home::Stream(stream) => facts.html("Stream", &site.link(Thing::Stream(*stream), UP)),
        Home::Own(_) | Home::Unresolved => facts.words("Stream", "of its own"),
    }
    if let Some((storage, fields)) = reading.catalog.storage_of(event) {
        for (label, code) in reading::placement(storage, fields) {
            facts.code(label, &code);
        }
    }
    if let Some(expect) = event.expect {
        let words = format!("at least {} per {}", expect.at_least, expect.per.name());
        facts.words("Expected", &words);
    }
    if let Some((_, table)) = reading.tables_of(id) {
        if site.has_tables {
            facts.code(
                "Table",
                &format!("{}.{}", reading.database.schema, table.name),
            );
        }
        facts.code("Fingerprint", &table.fingerprint);
    }
    facts.of_thing(site, Thing::Event(id));
    if !event.reserved.is_empty() {
        facts.code("Reserved", &event.reserved.join(", "));
    }
    facts.finish()
}

/// The fields by where they come from; a message has all of them side by side.
fn groups(site: &Site<'_>, event: &Event) -> String {
    let groups = site.reading.groups(event);
    if groups.is_empty() {
        return "<p>None: the event says that it happened, and no more.</p>\n".to_owned();
    }
    let mut html = String::new();
    for group in groups {
        let (title, label) = match group.from {
            From::Own => (
                "Of the event itself".to_owned(),
                "Fields of the event itself".to_owned(),
            ),
            From::Thing(thing) => (source(site, thing), name(site, thing)),
            From::Optional(thing) => (
                format!(
                    "{} <span class=\"optional\">optional: all of them or none</span>",
                    source(site, thing)
                ),
                name(site, thing),
            ),
        };
        let _ = writeln!(html, "<h3>{title}</h3>");
        html.push_str(&fields::group_table(site, &group, &label));
    }
    html
}

fn name(site: &Site<'_>, thing: Thing) -> String {
    format!(
        "Fields of the {} {}",
        thing.kind(),
        thing.name(site.reading.catalog)
    )
}

fn source(site: &Site<'_>, thing: Thing) -> String {
    format!("From the {} {}", thing.kind(), site.link(thing, UP))
}

/// The examples of the schema; without one, the members and their types.
fn on_the_wire(site: &Site<'_>, event: &Event) -> String {
    let mut html = String::from(
        "<section aria-labelledby=\"on-the-wire\">\n<h2 id=\"on-the-wire\">On the wire</h2>\n",
    );
    for example in &event.examples {
        let _ = writeln!(
            html,
            "<h3>Example <code>{}</code></h3>",
            Text(&example.name)
        );
        html.push_str(&snippets::block(
            &print::example(&example.json),
            "the example",
        ));
    }
    if event.examples.is_empty() {
        html.push_str("<p>The schema has no example of it. These are the members and their types; what is optional may be left out.</p>\n");
        html.push_str(&snippets::block(&shape(site, event), "the members"));
    }
    html.push_str("</section>\n");
    html
}

/// The members of a message, with types in the place of values.
fn shape(site: &Site<'_>, event: &Event) -> String {
    let mut lines = vec![
        format!("  \"event\": \"{}\"", event.name),
        format!("  \"version\": {}", event.version),
    ];
    for group in site.reading.groups(event).iter().rev() {
        for field in group.fields {
            let is_sure = field.required && !matches!(group.from, From::Optional(_));
            let optional = if is_sure { "" } else { "?" };
            let ty = site.reading.catalog.type_name(&field.ty);
            lines.push(format!("  {}{optional}: {ty}", Quoted(field.wire())));
        }
    }
    format!("{{\n{}\n}}", lines.join(",\n"))
}
