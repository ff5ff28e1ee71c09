//! The first page: what there is.

use std::fmt::Write as _;

use super::super::reading::{first_paragraph, placement};
use super::html::Text;
use super::page::Page;
use super::site::{CONTEXTS, STREAMS, Site, types_anchor};
use super::{facts, prose, things, ty};
use crate::catalog::{Home, Module, ModuleId, Stream, Thing};

/// What stands before the paths of the site.
const HERE: &str = "";

pub(super) fn page(site: &Site<'_>, mark: &str) -> String {
    let catalog = site.reading.catalog;
    let root = catalog
        .modules
        .first()
        .and_then(|root| root.description.as_deref());
    let about = root.unwrap_or("Events, their fields and their types.");
    let mut content = format!(
        "<p class=\"kind\">Event catalog</p>\n<h1>{}</h1>\n<div class=\"lead\">{}</div>\n",
        Text(&catalog.name),
        prose::blocks(about)
    );
    content.push_str(&counts(site));
    content.push_str(&streams(site));
    content.push_str(&events(site));
    content.push_str(&contexts(site));
    content.push_str(&types(site));
    Page {
        title: &format!("{} · event catalog", catalog.name),
        about,
        root: HERE,
        way: "",
        content: &content,
    }
    .html(site, mark)
}

fn counts(site: &Site<'_>) -> String {
    let catalog = site.reading.catalog;
    let counts = [
        ("the-events", "event", catalog.events.len()),
        (STREAMS, "stream", catalog.streams.len()),
        (CONTEXTS, "context", catalog.contexts.len()),
        ("the-types", "type", catalog.types.len()),
    ];
    let mut html = String::from("<ul class=\"counts\">\n");
    for (place, name, count) in counts {
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            let _ = writeln!(
                html,
                "<li><a href=\"#{place}\"><b>{count}</b> {name}{plural}</a></li>"
            );
        }
    }
    html.push_str("</ul>\n");
    html
}

fn section(id: &str, title: &str, content: &str) -> String {
    match content {
        "" => String::new(),
        content => format!(
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{content}</section>\n"
        ),
    }
}

fn streams(site: &Site<'_>) -> String {
    let catalog = site.reading.catalog;
    let mut cards = String::new();
    for id in Stream::ids(catalog) {
        let stream = &catalog[id];
        let count = site.reading.contents.events_of(id).len();
        let noun = if count == 1 { "event" } else { "events" };
        let facts = placement(&stream.storage, &stream.fields);
        let partition = facts.first().map_or("", |(_, code)| code.as_str());
        let _ = writeln!(
            cards,
            "<li>{}{}<p class=\"small\">{count} {noun}, partitioned by <code>{}</code></p></li>",
            site.link(Thing::Stream(id), HERE),
            things::about(site, Thing::Stream(id)),
            Text(partition)
        );
    }
    if !cards.is_empty() {
        cards = format!("<ul class=\"cards\">\n{cards}</ul>\n");
    }
    section(STREAMS, "Streams", &cards)
}

/// Events by the files of the schema, as those who look for one know where it belongs.
fn events(site: &Site<'_>) -> String {
    let catalog = site.reading.catalog;
    let mut html = String::new();
    for id in Module::ids(catalog) {
        let events = &site.reading.contents.module(id).events;
        if events.is_empty() {
            continue;
        }
        html.push_str(&module(site, id));
        html.push_str("<ul class=\"things\">\n");
        for &event in events {
            let thing = Thing::Event(event);
            let stream = match catalog[event].home {
                Home::Stream(stream) => site.link(Thing::Stream(stream), HERE),
                Home::Own(_) | Home::Unresolved => "its own stream".to_owned(),
            };
            let owner = thing.docs(catalog).owner.as_deref();
            let owner = owner.map(|owner| format!(" · owned by {}", Text(owner)));
            let small = stream + &owner.unwrap_or_default();
            html.push_str(&things::row(site, thing, HERE, "", &small));
        }
        html.push_str("</ul>\n</div>\n");
    }
    section("the-events", "Events", &html)
}

/// The beginning of what one file of the schema declares.
fn module(site: &Site<'_>, id: ModuleId) -> String {
    let module = &site.reading.catalog[id];
    let name = module_name(module);
    // What the root says stands above all of it.
    let said = module
        .description
        .as_deref()
        .filter(|_| !module.path.is_empty());
    let said = said.map(|said| format!("<p>{}</p>\n", prose::line(&first_paragraph(said))));
    format!(
        "<div class=\"module\">\n<h3 id=\"{}\">{name}</h3>\n{}",
        Text(&site.module_anchor(id)),
        said.unwrap_or_default()
    )
}

fn module_name(module: &Module) -> String {
    match module.path.as_slice() {
        [] => "The whole catalog".to_owned(),
        path => format!("<code>{}</code>", facts::breakable(&path.join("."))),
    }
}

fn contexts(site: &Site<'_>) -> String {
    let mut html = String::new();
    for thing in Thing::all(site.reading.catalog) {
        let Thing::Context(id) = thing else { continue };
        let count = site.reading.carriers_of(id).len();
        let noun = if count == 1 { "event" } else { "events" };
        let small = format!("{count} {noun}");
        html.push_str(&things::row(site, thing, HERE, "", &small));
    }
    if !html.is_empty() {
        html = format!("<ul class=\"things\">\n{html}</ul>\n");
    }
    section(CONTEXTS, "Contexts", &html)
}

fn types(site: &Site<'_>) -> String {
    let catalog = site.reading.catalog;
    let mut html = String::new();
    for id in Module::ids(catalog) {
        let types = &site.reading.contents.module(id).types;
        if types.is_empty() {
            continue;
        }
        let anchor = types_anchor(&catalog[id].path.join("."));
        let _ = writeln!(
            html,
            "<div class=\"module\">\n<h3 id=\"{}\">{}</h3>\n<ul class=\"types\">",
            Text(&anchor),
            module_name(&catalog[id])
        );
        for &ty in types {
            let link = site.link_as(Thing::Type(ty), &catalog[ty].name, HERE);
            let kind = ty::kind(&catalog[ty].body).to_ascii_lowercase();
            let _ = writeln!(
                html,
                "<li>{link} <span class=\"optional\">{kind}</span></li>"
            );
        }
        html.push_str("</ul>\n</div>\n");
    }
    section("the-types", "Types", &html)
}
