//! The generated crate: data for the derives of `eventc`, written to be read in review.

mod check;
mod declared;
pub(super) mod docs;
mod examples;
mod items;
mod names;
mod paths;
pub(in crate::targets) mod snippet;

use std::fmt::Write as _;

pub(crate) use check::check;
pub(crate) use names::is_reserved;

use super::{MARK, Output, postgres};
use crate::catalog::{Catalog, Contents, Module, ModuleContents, ModuleId};
use crate::source::Sources;
use items::ItemWriter;
use paths::Paths;

/// What the generated code is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A crate of its own, a file for each module, with `use` lines.
    Crate,
    /// Items in the middle of somebody's module: one text, every path spelt out.
    Inline,
}

/// The files of the crate.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let contents = &Contents::of(catalog);
    let mut outputs = vec![Output {
        path: ROOT.to_owned(),
        text: root(catalog, contents, sources),
    }];
    for id in Module::ids(catalog) {
        let path = file_path(&catalog[id]);
        outputs.push(Output {
            path,
            text: module_file(catalog, contents, sources, id),
        });
    }
    if let Some(text) = examples::file(catalog, sources) {
        outputs.push(Output {
            path: format!("rust/{}.rs", examples::MODULE),
            text,
        });
    }
    outputs
}

/// All of the catalog as items, for `include!` and for macros.
pub(crate) fn emit_inline(catalog: &Catalog, sources: &Sources) -> String {
    let mut text = String::new();
    if postgres::is_asked(catalog) {
        let description = postgres::description(catalog, sources);
        text.push_str(&tables(&names::raw_literal(&description)));
    }
    if let Some(root) = Module::ids(catalog).next() {
        inline_module(catalog, &Contents::of(catalog), sources, root, &mut text);
    }
    text
}

fn inline_module(
    catalog: &Catalog,
    contents: &Contents,
    sources: &Sources,
    id: ModuleId,
    text: &mut String,
) {
    let paths = Paths::new(catalog, contents, id, Layout::Inline);
    let (_, items) = ItemWriter::new(catalog, contents, sources, paths).items();
    text.push_str(&items);
    for &child in &contents.module(id).children {
        let module = &catalog[child];
        let docs = docs::outer(&docs::module(module));
        let _ = write!(text, "\n{docs}pub mod {} {{\n", name(module));
        inline_module(catalog, contents, sources, child, text);
        text.push_str("}\n");
    }
}

/// `lib.rs`: what the crate is, and its modules.
fn root(catalog: &Catalog, contents: &Contents, sources: &Sources) -> String {
    let mut text = format!(
        "{}//! The events of the catalog `{}`.\n",
        mark(&sources.root),
        catalog.name
    );
    text.push_str("\n#![forbid(unsafe_code)]\n");
    text.push_str("// Names and descriptions come from the schema; what is deprecated there is still written here.\n");
    text.push_str("#![allow(clippy::all, deprecated, rustdoc::all)]\n");
    text.push_str("\npub use ::eventc::{self, event, key};\n");
    if !root_is_empty(catalog, contents) {
        text.push_str("\npub use self::catalog::*;\n");
    }
    let _ = write!(
        text,
        "\n::eventc::schema!({});\n",
        names::literal(&sources.root)
    );
    if postgres::is_asked(catalog) {
        let included = format!("include_str!(\"../{}\")", postgres::DESCRIPTION);
        text.push_str(&tables(&included));
    }
    text.push_str("\n#[rustfmt::skip]\nmod catalog;\n");
    if examples::exist(catalog) {
        let _ = write!(
            text,
            "#[cfg(test)]\n#[rustfmt::skip]\nmod {};\n",
            examples::MODULE
        );
    }
    if let Some(root) = Module::ids(catalog).next() {
        text.push_str(&declarations(catalog, contents, root));
    }
    text
}

/// The constant that tells a sink of the tables: one literal, which costs rustc nothing.
fn tables(description: &str) -> String {
    format!(
        "\n/// The tables of these events in PostgreSQL: what `eventc_delivery::Postgres` is given.\n\
         pub const {}: &str = {description};\n",
        declared::TABLES
    )
}

/// A `lib.rs` that does nothing but raise what is wrong.
pub(crate) fn placeholder(root: &str) -> Output {
    let text = format!(
        "{}::eventc::schema!({});\n",
        mark(root),
        names::literal(root)
    );
    Output {
        path: ROOT.to_owned(),
        text,
    }
}

/// Its folder.
pub(crate) const NAME: &str = "rust";

/// The file of the crate's root.
const ROOT: &str = "rust/lib.rs";

/// The first line of a file: what tools and people know it by.
fn mark(source: &str) -> String {
    format!("// {MARK} from `{source}`. Edit that, not this.\n\n")
}

/// Whether the root declares nothing, so that a glob of it would be an unused import.
fn root_is_empty(catalog: &Catalog, contents: &Contents) -> bool {
    let Some(root) = Module::ids(catalog).next() else {
        return true;
    };
    let ModuleContents {
        types,
        contexts,
        streams,
        ..
    } = contents.module(root);
    catalog.events.is_empty() && types.is_empty() && contexts.is_empty() && streams.is_empty()
}

/// A module's file: its docs, its `use` lines, its items, its modules.
fn module_file(catalog: &Catalog, contents: &Contents, sources: &Sources, id: ModuleId) -> String {
    let module = &catalog[id];
    let source = module.span.map_or_else(
        || sources.root.clone(),
        |span| sources.file(span.file).path.clone(),
    );
    let mut text = mark(&source) + &docs::inner(&docs::module(module));
    let paths = Paths::new(catalog, contents, id, Layout::Crate);
    let (paths, items) = ItemWriter::new(catalog, contents, sources, paths).items();
    text.push_str(&paths.use_lines());
    if !module.path.is_empty() {
        let modules = declarations(catalog, contents, id);
        if !modules.is_empty() {
            text.push('\n');
            text.push_str(&modules);
        }
    }
    text.push_str(&items);
    text
}

/// A line for each module right below one.
fn declarations(catalog: &Catalog, contents: &Contents, id: ModuleId) -> String {
    let mut lines = String::new();
    for &child in &contents.module(id).children {
        let _ = write!(
            lines,
            "#[rustfmt::skip]\npub mod {};\n",
            name(&catalog[child])
        );
    }
    lines
}

/// The name by which the module around it declares a module.
fn name(module: &Module) -> String {
    names::modules(&module.path).pop().unwrap_or_default()
}

fn file_path(module: &Module) -> String {
    if module.path.is_empty() {
        return "rust/catalog.rs".to_owned();
    }
    let parts = names::modules(&module.path);
    let parts: Vec<_> = parts
        .iter()
        .map(|part| part.trim_start_matches("r#"))
        .collect();
    format!("rust/{}.rs", parts.join("/"))
}
