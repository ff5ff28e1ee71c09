//! The site as a whole: what it shows, and how its pages find each other.

use std::fmt::Write as _;

use super::super::reading::Reading;
use super::html::Text;
use super::names::Names;
use crate::catalog::{ModuleId, Thing, TypeRef};

/// The site of a catalog.
pub(super) struct Site<'r> {
    pub(super) reading: &'r Reading<'r>,
    names: Names,
    /// Whether there are tables to be shown, and types in TypeScript.
    pub(super) has_tables: bool,
    pub(super) has_typescript: bool,
}

/// The way from a page of a thing to the folder of the site.
pub(super) const UP: &str = "../";

impl<'r> Site<'r> {
    pub(super) fn new(reading: &'r Reading<'r>) -> Self {
        let is_asked = |name: &str| reading.catalog.targets.iter().any(|asked| asked == name);
        Self {
            reading,
            names: Names::of(reading.catalog),
            has_tables: is_asked("postgres"),
            has_typescript: is_asked("typescript"),
        }
    }

    /// The path of the page of a thing, from the folder of the site.
    pub(super) fn path(&self, thing: Thing) -> String {
        self.names.path(thing)
    }

    /// A link to a thing, by its whole name, from a page that has `root` before the paths of the site.
    pub(super) fn link(&self, thing: Thing, root: &str) -> String {
        let name = thing.name(self.reading.catalog);
        self.link_as(thing, &name, root)
    }

    /// A link to a thing, by whatever words.
    pub(super) fn link_as(&self, thing: Thing, words: &str, root: &str) -> String {
        let path = self.path(thing);
        format!("<a href=\"{root}{path}\"><code>{}</code></a>", Text(words))
    }

    /// A type as it is written, with links.
    pub(super) fn type_link(&self, ty: &TypeRef) -> String {
        let mut html = String::from("<code>");
        self.write_type(ty, &mut html);
        html.push_str("</code>");
        html
    }

    fn write_type(&self, ty: &TypeRef, html: &mut String) {
        match ty {
            TypeRef::Scalar(scalar) => html.push_str(scalar.name()),
            TypeRef::List(item) => {
                html.push_str("list&lt;");
                self.write_type(item, html);
                html.push_str("&gt;");
            }
            TypeRef::Map(key, value) => {
                html.push_str("map&lt;");
                self.write_type(key, html);
                html.push_str(", ");
                self.write_type(value, html);
                html.push_str("&gt;");
            }
            TypeRef::Named(id) => {
                let path = self.path(Thing::Type(*id));
                let name = Text(&self.reading.catalog[*id].name);
                let _ = write!(html, "<a href=\"{UP}{path}\">{name}</a>");
            }
        }
    }

    /// The place on the first page where the events of a module are, or else what else it has.
    pub(super) fn module_anchor(&self, module: ModuleId) -> String {
        let path = self.reading.catalog[module].path.join(".");
        let declared = self.reading.contents.module(module);
        if !declared.events.is_empty() {
            format!("in-{path}")
        } else if !declared.types.is_empty() {
            types_anchor(&path)
        } else if !declared.contexts.is_empty() {
            CONTEXTS.to_owned()
        } else {
            STREAMS.to_owned()
        }
    }
}

/// The places on the first page where the contexts and the streams are.
pub(super) const CONTEXTS: &str = "the-contexts";
pub(super) const STREAMS: &str = "the-streams";

/// The place on the first page where the types of a module are.
pub(super) fn types_anchor(path: &str) -> String {
    format!("types-in-{path}")
}
