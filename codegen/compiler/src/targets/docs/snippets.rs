//! What people copy: code that makes an event, and a query that finds it.

use std::fmt::Write as _;

use super::super::{postgres, rust, typescript};
use super::html::Code;
use super::site::Site;
use crate::catalog::{Catalog, ContextId, EventId, StreamId, TypeId};

/// A snippet in one language.
pub(super) struct Snippet {
    language: Language,
    code: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Rust,
    TypeScript,
    Sql,
}

impl Language {
    /// How the pages know it, and how people do.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Rust => ("rust", "Rust"),
            Self::TypeScript => ("ts", "TypeScript"),
            Self::Sql => ("sql", "SQL"),
        }
    }
}

pub(super) fn of_event(site: &Site<'_>, id: EventId) -> Vec<Snippet> {
    let reading = site.reading;
    let mut snippets = vec![rust(rust::snippet::event(reading.catalog, id))];
    snippets.extend(typescript(site, |it| typescript::snippet::event(it, id)));
    if let (true, Some((_, table))) = (site.has_tables, reading.tables_of(id)) {
        let event = &reading.catalog[id].name;
        snippets.push(sql(postgres::query::of_event(
            &reading.database,
            table,
            event,
        )));
    }
    snippets
}

pub(super) fn of_context(site: &Site<'_>, id: ContextId) -> Vec<Snippet> {
    let mut snippets = vec![rust(rust::snippet::context(site.reading.catalog, id))];
    snippets.extend(typescript(site, |it| typescript::snippet::context(it, id)));
    snippets
}

pub(super) fn of_stream(site: &Site<'_>, id: StreamId) -> Vec<Snippet> {
    let reading = site.reading;
    let mut snippets = vec![rust(rust::snippet::stream(reading.catalog, id))];
    snippets.extend(typescript(site, |it| typescript::snippet::stream(it, id)));
    let first = reading.contents.events_of(id).first();
    let tables = first.and_then(|&event| reading.tables_of(event));
    if let (true, Some((tables, _))) = (site.has_tables, tables) {
        snippets.extend(postgres::query::of_stream(&reading.database, tables).map(sql));
    }
    snippets
}

pub(super) fn of_type(site: &Site<'_>, id: TypeId) -> Vec<Snippet> {
    let mut snippets = vec![rust(rust::snippet::ty(site.reading.catalog, id))];
    snippets.extend(typescript(site, |it| typescript::snippet::ty(it, id)));
    snippets
}

fn rust(code: String) -> Snippet {
    Snippet {
        language: Language::Rust,
        code,
    }
}

/// What `write` writes, where the catalog has a package of TypeScript.
fn typescript(site: &Site<'_>, write: impl FnOnce(&Catalog) -> String) -> Option<Snippet> {
    site.has_typescript.then(|| Snippet {
        language: Language::TypeScript,
        code: write(site.reading.catalog),
    })
}

fn sql(code: String) -> Snippet {
    Snippet {
        language: Language::Sql,
        code,
    }
}

/// The section of a page that has them, one shown at a time: in the language that was looked at last.
pub(super) fn section(snippets: &[Snippet]) -> String {
    if snippets.is_empty() {
        return String::new();
    }
    let names: Vec<_> = snippets.iter().map(|it| it.language.names().0).collect();
    let mut html = format!(
        "<section aria-labelledby=\"in-code\">\n<h2 id=\"in-code\">In code</h2>\n<div class=\"snippets\" data-has=\"{}\">\n",
        names.join(" ")
    );
    if snippets.len() > 1 {
        html.push_str("<div class=\"tabs\" role=\"tablist\" aria-label=\"Language\">");
        for (index, snippet) in snippets.iter().enumerate() {
            let (name, words) = snippet.language.names();
            let is_first = index == 0;
            let _ = write!(
                html,
                "<button type=\"button\" role=\"tab\" id=\"tab-{name}\" aria-controls=\"code-{name}\" aria-selected=\"{is_first}\">{words}</button>"
            );
        }
        html.push_str("</div>\n");
    }
    for snippet in snippets {
        let (name, words) = snippet.language.names();
        let role = match snippets.len() {
            1 => String::new(),
            _ => format!(" role=\"tabpanel\" aria-labelledby=\"tab-{name}\""),
        };
        let _ = writeln!(
            html,
            "<div class=\"panel {name}\" id=\"code-{name}\"{role}>{}</div>",
            block(&snippet.code, words)
        );
    }
    html.push_str("</div>\n</section>\n");
    html
}

/// A block of code that can be copied. `what` it is, for those who do not see it.
pub(super) fn block(code: &str, what: &str) -> String {
    format!(
        "<div class=\"code\"><button class=\"copy\" type=\"button\" aria-label=\"Copy {what}\">Copy</button><pre tabindex=\"0\"><code>{}</code></pre></div>\n",
        Code(code.trim_end())
    )
}
