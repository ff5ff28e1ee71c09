//! A catalog for those who keep their docs in the repository: an index, and a page for each file of the schema.
//!
//! A page has what the file declares, and links to what others do, so that a change of one file of the schema is a change of one
//! page. It says nothing of lines, as the site of the target `docs` does not.

mod index;
mod page;
mod quote;

use super::docs::names::file_name;
use super::reading::Reading;
use super::{MARK, Output};
use crate::catalog::{Catalog, Module, ModuleId, Thing};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;

/// Its name in `targets:`, and its folder.
pub(crate) const NAME: &str = "markdown";

/// There is nothing that a page could not show.
pub(crate) fn check(_: &Catalog, _: &mut Diagnostics) {}

/// The pages.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let reading = Reading::new(catalog, sources);
    let output = |path: &str, text: String| {
        let mark = format!(
            "<!-- {MARK} from `{}`. Edit that, not this. -->",
            sources.root()
        );
        Output {
            path: format!("{NAME}/{path}"),
            text: format!("{mark}\n\n{}\n", text.trim_end()),
        }
    };
    let mut outputs = vec![output("README.md", index::text(&reading))];
    for id in Module::ids(catalog).filter(|&id| !reading.contents.module(id).is_empty()) {
        let path = format!("{FOLDER}/{}", file_of(catalog, id));
        outputs.push(output(&path, page::text(&reading, id)));
    }
    outputs
}

/// The folder of the pages; a file of the schema may be called like the index.
const FOLDER: &str = "files";

/// The name of the page of a module.
fn file_of(catalog: &Catalog, id: ModuleId) -> String {
    format!("{}.md", file_name(&module_name(catalog, id), true))
}

/// `backend.request`, and `catalog` for the root, as its file is called.
fn module_name(catalog: &Catalog, id: ModuleId) -> String {
    match catalog[id].path.as_slice() {
        [] => "catalog".to_owned(),
        path => path.join("."),
    }
}

/// A link to a thing, by its whole name; `folder` is the way to the folder of the pages.
fn link(reading: &Reading<'_>, thing: Thing, folder: &str) -> String {
    link_as(reading, thing, &thing.name(reading.catalog), folder)
}

/// The same, by other words.
fn link_as(reading: &Reading<'_>, thing: Thing, words: &str, folder: &str) -> String {
    let file = file_of(reading.catalog, reading.module_of(thing));
    let anchor = anchor(reading, thing);
    format!("[{}]({folder}{file}#{anchor})", quote::code(words))
}

/// The place of a thing on its page. Names are ASCII, and no kind of thing is the beginning of another.
fn anchor(reading: &Reading<'_>, thing: Thing) -> String {
    let name = thing.name(reading.catalog);
    let last = name.rsplit('.').next().unwrap_or(&name);
    format!("{}-{last}", thing.kind())
}
