//! The page of a context: what it is made of, and who carries it.

use super::facts::{self, Facts};
use super::page::Page;
use super::site::{Site, UP};
use super::{fields, snippets, things};
use crate::catalog::{ContextId, EventId, Thing};

pub(super) fn page(site: &Site<'_>, id: ContextId, mark: &str) -> String {
    let context = &site.reading.catalog[id];
    let mut content = facts::head(site, Thing::Context(id), "Context");
    let mut about = Facts::default();
    about.of_thing(site, Thing::Context(id));
    content.push_str(&about.finish());
    content
        .push_str("<section aria-labelledby=\"the-fields\">\n<h2 id=\"the-fields\">Fields</h2>\n");
    content.push_str(&fields::table(
        site,
        &context.fields,
        None,
        "Fields of the context",
    ));
    content.push_str("</section>\n");
    let carriers = site.reading.carriers_of(id).iter();
    let carriers: Vec<_> = carriers
        .map(|(event, carried)| (*event, if carried.optional { "optional" } else { "" }))
        .collect();
    content.push_str(&events(site, "Events that carry it", &carriers));
    content.push_str(&snippets::section(&snippets::of_context(site, id)));
    Page {
        title: &format!("{} · context", context.name),
        about: context.docs.description.as_deref().unwrap_or(&context.name),
        root: UP,
        way: &facts::way(site, context.module),
        content: &content,
    }
    .html(site, mark)
}

/// A list of events, each with a word behind its name.
pub(super) fn events(site: &Site<'_>, title: &str, events: &[(EventId, &str)]) -> String {
    let mut html = format!(
        "<section aria-labelledby=\"the-events\">\n<h2 id=\"the-events\">{title} <span class=\"number\">{}</span></h2>\n<ul class=\"things\">\n",
        events.len()
    );
    for (id, word) in events {
        html.push_str(&things::row(site, Thing::Event(*id), UP, word, ""));
    }
    html.push_str("</ul>\n</section>\n");
    html
}
