//! A site that shows a catalog to everybody: a page for each event, type, stream and context, and a search over all of them.
//!
//! ```text
//! catalog → reading → site → pages (event, ty, stream, context, index), search → page → files
//!                              fields, facts, things, prose, picture, snippets: what pages are made of
//! ```
//!
//! Plain files that a browser opens from the disk. They say nothing of lines of the schema, nor of neighbours, so that a
//! change of one event changes the pages of that event and of those that name it.

mod context;
mod event;
mod facts;
mod fields;
mod html;
mod index;
pub(super) mod names;
mod page;
mod picture;
mod prose;
mod search;
mod site;
mod snippets;
mod stream;
mod things;
mod ty;

use super::reading::Reading;
use super::{MARK, Output};
use crate::catalog::{Catalog, Thing};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use site::Site;

/// Its name in `targets:`, and its folder.
pub(crate) const NAME: &str = "docs";

/// There is nothing that a page could not show: files get names that every disk takes (`names`).
pub(crate) fn check(_: &Catalog, _: &mut Diagnostics) {}

/// The site.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let reading = Reading::new(catalog, sources);
    let site = Site::new(&reading);
    let mark = format!("{MARK} from `{}`. Edit that, not this.", sources.root());
    let output = |path: &str, text: String| Output {
        path: format!("{NAME}/{path}"),
        text,
    };
    let mut outputs = vec![
        output("index.html", index::page(&site, &mark)),
        output("search.js", search::script(&site, &mark)),
        output(
            "icon.svg",
            format!("<!-- {} -->\n{ICON}", html::Text(&mark)),
        ),
        output("site.css", format!("/* {mark} */\n{STYLE}")),
        output("site.js", format!("// {mark}\n{SCRIPT}")),
    ];
    for thing in Thing::all(catalog) {
        let page = match thing {
            Thing::Event(id) => event::page(&site, id, &mark),
            Thing::Type(id) => ty::page(&site, id, &mark),
            Thing::Stream(id) => stream::page(&site, id, &mark),
            Thing::Context(id) => context::page(&site, id, &mark),
        };
        outputs.push(output(&site.path(thing), page));
    }
    outputs
}

/// How it looks, and what it does: written by hand.
const ICON: &str = include_str!("docs/icon.svg");
const STYLE: &str = include_str!("docs/site.css");
const SCRIPT: &str = include_str!("docs/site.js");
