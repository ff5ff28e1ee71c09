//! What is said of a thing in a few words, each under its label; and that it should no longer be used.

use std::fmt::Write as _;

use super::html::Text;
use super::prose;
use super::site::{Site, UP};
use crate::catalog::{Catalog, Deprecated, Docs, ModuleId, Thing};

/// Labels and what stands under them.
#[derive(Default)]
pub(super) struct Facts(String);

impl Facts {
    /// Something that is HTML already.
    pub(super) fn html(&mut self, label: &str, html: &str) {
        let _ = writeln!(self.0, "<div><dt>{label}</dt><dd>{html}</dd></div>");
    }

    /// Words.
    pub(super) fn words(&mut self, label: &str, words: &str) {
        self.html(label, &Text(words).to_string());
    }

    /// Something that is written like this in the schema or elsewhere.
    pub(super) fn code(&mut self, label: &str, code: &str) {
        self.html(label, &format!("<code>{}</code>", breakable(code)));
    }

    /// What all things have: who answers for one, since when it is there, and the file that declares it.
    pub(super) fn of_thing(&mut self, site: &Site<'_>, thing: Thing) {
        let docs = thing.docs(site.reading.catalog);
        if let Some(owner) = docs.owner.as_deref() {
            self.words("Owner", owner);
        }
        if let Some(since) = docs.since.as_deref() {
            self.words("Since", since);
        }
        self.code("Declared in", site.reading.file_of(thing));
    }

    /// The list.
    pub(super) fn finish(self) -> String {
        format!("<dl class=\"facts\">\n{}</dl>\n", self.0)
    }
}

/// The head of the page of a thing: what it is, its name, whether it should still be used, and its description.
pub(super) fn head(site: &Site<'_>, thing: Thing, kind: &str) -> String {
    let catalog = site.reading.catalog;
    let name = thing.name(catalog);
    let docs = thing.docs(catalog);
    let mut html = format!(
        "<p class=\"kind\">{kind}</p>\n<h1><code>{}</code><button class=\"copy\" type=\"button\" aria-label=\"Copy the name\">Copy</button></h1>\n",
        breakable(&name)
    );
    if let Some(deprecated) = &docs.deprecated {
        html.push_str(&notice(site, deprecated));
    }
    html.push_str(&lead(docs));
    html
}

/// What a description says, in the words that stand out on a page.
fn lead(docs: &Docs) -> String {
    let described = docs.description.as_deref().map(prose::blocks);
    described.map_or_else(String::new, |html| {
        format!("<div class=\"lead\">{html}</div>\n")
    })
}

fn notice(site: &Site<'_>, deprecated: &Deprecated) -> String {
    let instead = deprecated.instead.map(|id| {
        let link = site.link(Thing::Event(id), UP);
        format!(" Use {link} in its place.")
    });
    let reason = deprecated
        .reason
        .as_deref()
        .map(|reason| format!(" {}", prose::line(reason)));
    format!(
        "<p class=\"notice\"><strong>Deprecated.</strong>{}{}</p>\n",
        reason.unwrap_or_default(),
        instead.unwrap_or_default()
    )
}

/// The way from the first page to that of a thing, through its module.
pub(super) fn way(site: &Site<'_>, module: ModuleId) -> String {
    let catalog: &Catalog = site.reading.catalog;
    let path = catalog[module].path.join(".");
    let step = match path.as_str() {
        "" => String::new(),
        path => format!(
            "<li><a href=\"{UP}index.html#{}\">{}</a></li>",
            Text(&site.module_anchor(module)),
            Text(path)
        ),
    };
    format!(
        "<nav class=\"way\" aria-label=\"Where this is\"><ol><li><a href=\"{UP}index.html\">Catalog</a></li>{step}</ol></nav>\n"
    )
}

/// A long name that may be broken behind its dots, underscores and slashes.
pub(super) fn breakable(name: &str) -> String {
    let mut html = String::with_capacity(name.len());
    for part in name.split_inclusive(['.', '_', '/']) {
        if !html.is_empty() {
            html.push_str("<wbr>");
        }
        let _ = write!(html, "{}", Text(part));
    }
    html
}
