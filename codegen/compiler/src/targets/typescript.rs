//! TypeScript: a module for each file of the schema, an index over all of them, and the few functions that read and write events.
//!
//! ```text
//! catalog → module → types    what editors and `tsc` see; gone once it is compiled
//!                  → values   the same for `encode`, `decode` and `validate`; dropped by a bundler where nobody calls those
//! ```
//!
//! A name is made of its module's path and its own, so it is the same in every file, in the index and in the messages of `tsc`.
//! `eventc/*.ts` is written by hand, and is the same in every catalog.

mod check;
mod module;
mod names;
mod pattern;
pub(in crate::targets) mod snippet;
mod tsdoc;
mod types;
mod values;

pub(crate) use check::check;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{MARK, Output};
use crate::catalog::{Catalog, Contents, Home, Module, ModuleId, Stream};
use crate::source::Sources;
use module::ModuleWriter;

/// Its name in `targets:`, and its folder.
pub(crate) const NAME: &str = "typescript";

/// The union of all events, which the index declares.
const EVENTS: &str = "Events";

/// What is written by hand, by its path: no file of a schema's root is called `eventc`.
const RUNTIME: &[(&str, &str)] = &[
    ("eventc.ts", include_str!("typescript/eventc.ts")),
    (
        "eventc/collections.ts",
        include_str!("typescript/eventc/collections.ts"),
    ),
    ("eventc/fill.ts", include_str!("typescript/eventc/fill.ts")),
    ("eventc/json.ts", include_str!("typescript/eventc/json.ts")),
    (
        "eventc/named.ts",
        include_str!("typescript/eventc/named.ts"),
    ),
    (
        "eventc/numbers.ts",
        include_str!("typescript/eventc/numbers.ts"),
    ),
    (
        "eventc/objects.ts",
        include_str!("typescript/eventc/objects.ts"),
    ),
    (
        "eventc/problems.ts",
        include_str!("typescript/eventc/problems.ts"),
    ),
    (
        "eventc/texts.ts",
        include_str!("typescript/eventc/texts.ts"),
    ),
    (
        "eventc/types.ts",
        include_str!("typescript/eventc/types.ts"),
    ),
];

/// What the index hands on of `eventc.ts`, but for what has a name that the catalog uses.
const VALUES: &[&str] = &[
    "Refusal",
    "date",
    "decimal",
    "decode",
    "encode",
    "now",
    "stringify",
    "timestamp",
    "uuid",
    "uuidV7",
    "validate",
];
const TYPES: &[&str] = &[
    "CalendarDate",
    "Decimal",
    "Json",
    "Problem",
    "Timestamp",
    "Type",
    "Uuid",
];

/// The modules, the index, what is written by hand, and the package that all of it is.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let contents = &Contents::of(catalog);
    let output = |path: &str, text: String| Output {
        path: format!("{NAME}/{path}"),
        text,
    };
    let root = &sources.root;
    let mut outputs = vec![
        output("index.ts", index(catalog, contents, root)),
        output("package.json", package(catalog, root)),
    ];
    for &(path, text) in RUNTIME {
        outputs.push(output(path, mark("the compiler", "") + text));
    }
    for id in Module::ids(catalog).filter(|&id| !contents.module(id).is_empty()) {
        let module = &catalog[id];
        let source = module
            .span
            .map_or(root, |span| &sources.file(span.file).path);
        let text = ModuleWriter::new(catalog, contents, sources, id).text();
        let path = format!("{}.ts", names::file(&module.path));
        let docs = tsdoc::module(module);
        outputs.push(output(&path, format!("{}{docs}\n{text}", from(source))));
    }
    outputs
}

/// The first line of a file that was made from the schema.
fn from(source: &str) -> String {
    mark(&format!("`{source}`"), " Edit that, not this.")
}

fn mark(source: &str, advice: &str) -> String {
    format!("// {MARK} from {source}.{advice}\n\n")
}

/// All names in one place, and the union of all events.
fn index(catalog: &Catalog, contents: &Contents, root: &str) -> String {
    let mut text = from(root) + &tsdoc::index(catalog);
    if !catalog.events.is_empty() {
        text.push_str("import * as eventc from \"./eventc.js\";\n");
    }
    let members = members(catalog, contents);
    let mut imports: BTreeMap<ModuleId, Vec<&str>> = BTreeMap::new();
    for (module, name) in &members {
        imports.entry(*module).or_default().push(name);
    }
    for (module, names) in imports {
        let file = names::file(&catalog[module].path);
        let _ = writeln!(
            text,
            "import {{ {} }} from \"./{file}.js\";",
            names.join(", ")
        );
    }
    text.push('\n');
    for id in Module::ids(catalog).filter(|&id| !contents.module(id).is_empty()) {
        let file = names::file(&catalog[id].path);
        let _ = writeln!(text, "export * from \"./{file}.js\";");
    }
    let taken = names::all(catalog, contents);
    let is_free = |name: &&str| taken.iter().all(|named| named.name != **name);
    let hand_on = |all: &[&'static str]| {
        all.iter()
            .copied()
            .filter(is_free)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let _ = writeln!(
        text,
        "export {{ {} }} from \"./eventc.js\";",
        hand_on(VALUES)
    );
    let types = hand_on(TYPES);
    if !types.is_empty() {
        let _ = writeln!(text, "export type {{ {types} }} from \"./eventc.js\";");
    }
    if !catalog.events.is_empty() {
        let members: Vec<_> = members.into_iter().map(|(_, name)| name).collect();
        text.push_str("\n/** Every event of the catalog; `event` tells them apart. */\n");
        text.push_str(&types::union(EVENTS, &members));
        text.push_str(&values::events(EVENTS, &members));
    }
    text
}

/// What the union over the catalog is made of: those of the streams, and the events that are streams of their own.
fn members(catalog: &Catalog, contents: &Contents) -> Vec<(ModuleId, String)> {
    let streams = Stream::ids(catalog).filter(|&id| !contents.events_of(id).is_empty());
    let streams = streams.map(|id| &catalog[id]);
    let streams = streams.map(|stream| (stream.module, names::stream_union(catalog, stream)));
    let own = catalog
        .events
        .iter()
        .filter(|event| matches!(event.home, Home::Own(_)));
    let own = own.map(|event| (event.module, names::event(catalog, event)));
    streams.chain(own).collect()
}

/// What the package is called. A name on npm has no capitals, and a scope does not begin with `_`; those of catalogs do neither.
fn package_name(catalog: &Catalog) -> String {
    format!("@{}/events", catalog.name.replace('_', "-"))
}

/// What makes the folder a package that other packages of a workspace can name.
fn package(catalog: &Catalog, root: &str) -> String {
    let mark = format!("{MARK} from `{root}`. Edit that, not this.");
    format!(
        "{{ \"//\": {},\n  \"name\": {},\n  \"version\": \"0.0.0\",\n  \"private\": true,\n  \"type\": \"module\",\n  \
         \"sideEffects\": false,\n  \"exports\": {{ \".\": \"./index.ts\", \"./*\": \"./*.ts\" }}\n}}\n",
        names::literal(&mark),
        names::literal(&package_name(catalog))
    )
}
