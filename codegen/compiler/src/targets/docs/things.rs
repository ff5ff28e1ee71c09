//! Things as the rows of a list: each by its name, and beside it what it is.

use super::super::reading::first_paragraph;
use super::prose;
use super::site::Site;
use crate::catalog::Thing;

/// A row. `word` stands behind the name; `small` is HTML, and stands below the description.
pub(super) fn row(site: &Site<'_>, thing: Thing, root: &str, word: &str, small: &str) -> String {
    let deprecated = match thing.docs(site.reading.catalog).deprecated {
        Some(_) => " <span class=\"badge deprecated\">deprecated</span>",
        None => "",
    };
    let word = match word {
        "" => String::new(),
        word => format!(" <span class=\"optional\">{word}</span>"),
    };
    let small = match small {
        "" => String::new(),
        small => format!("<p class=\"small\">{small}</p>"),
    };
    format!(
        "<li><div>{}{word}{deprecated}</div><div>{}{small}</div></li>\n",
        site.link(thing, root),
        about(site, thing)
    )
}

/// The beginning of what is said of a thing, if something is.
pub(super) fn about(site: &Site<'_>, thing: Thing) -> String {
    let about = thing.docs(site.reading.catalog).description.as_deref();
    about
        .map(|about| format!("<p>{}</p>", prose::line(&first_paragraph(about))))
        .unwrap_or_default()
}
