//! JSON Schema, draft 2020-12: a file for each event, with all that it needs, and `_bundle.json`, which takes every event of the catalog.
//!
//! ```text
//! catalog → event, types → schema
//!             built_in, decimal: what a value is
//! ```
//!
//! What a schema takes the generated types take, but for a member that stands twice and `1.0` for an integer, which no schema can
//! tell; LANGUAGE.md says where it is the narrower of the two.

mod built_in;
mod decimal;
mod event;
mod schema;
mod types;

use std::collections::BTreeSet;

use super::{MARK, Output, files, print};
use crate::catalog::{Catalog, Event};
use crate::diagnostic::Diagnostics;
use crate::json::Json;
use crate::source::Sources;
use event::event;
use schema::Schema;
use types::Definitions;

/// Its name in `targets:`, and its folder.
pub(crate) const NAME: &str = "json_schema";

/// The file for all events. Names of events do not begin with `_`.
const BUNDLE: &str = "_bundle";

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

pub(crate) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    files::check(catalog, ENDING, diagnostics);
}

const ENDING: &str = ".json";

/// A schema for each event, and the bundle.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let definitions = Definitions::of(catalog, sources);
    let mut bundle = Bundle::default();
    let mut outputs = Vec::new();
    for it in &catalog.events {
        let (schema, refers) = event(catalog, it);
        let id = format!("urn:eventc:{}:{}:{}", catalog.name, it.name, it.version);
        let file = head(&sources.place(it.span), &id, &it.name)
            .and(schema.clone())
            .with_members("$defs", definitions.needed(&refers));
        outputs.push(output(&it.name, file));
        bundle.add(it, schema, refers);
    }
    outputs.push(output(BUNDLE, bundle.file(catalog, sources, &definitions)));
    outputs
}

fn output(name: &str, schema: Schema) -> Output {
    Output {
        path: format!("{NAME}/{name}{ENDING}"),
        text: print::file(&schema.into_members()),
    }
}

/// How each file begins.
fn head(from: &str, id: &str, title: &str) -> Schema {
    Schema::new()
        .with(
            "$comment",
            format!("{MARK} from `{from}`. Edit that, not this."),
        )
        .with("$schema", DRAFT)
        .with("$id", id)
        .with("title", title)
}

/// All events in one schema.
#[derive(Default)]
struct Bundle {
    names: Vec<Json>,
    /// Which schema is asked, by the member `event`: so errors are those of that event alone.
    choices: Vec<Json>,
    schemas: Vec<(String, Json)>,
    refers: BTreeSet<String>,
}

impl Bundle {
    fn add(&mut self, event: &Event, schema: Schema, refers: BTreeSet<String>) {
        let name = event.name.as_str();
        let is_it = member_event(Schema::new().with("const", name))
            .with("required", Json::from_iter(["event"]));
        let choice = Schema::new()
            .with("if", is_it)
            .with("then", Schema::reference(name));
        self.names.push(name.into());
        self.choices.push(choice.into());
        self.schemas.push((name.to_owned(), schema.into()));
        self.refers.extend(refers);
    }

    fn file(self, catalog: &Catalog, sources: &Sources, definitions: &Definitions) -> Schema {
        let mut all = self.schemas;
        all.extend(definitions.needed(&self.refers));
        let description = catalog
            .modules
            .first()
            .and_then(|root| root.description.as_deref());
        head(
            &sources.root,
            &format!("urn:eventc:{}", catalog.name),
            &catalog.name,
        )
        .with_some("description", description)
        .with("type", "object")
        .and(member_event(
            Schema::new().with("enum", Json::Array(self.names)),
        ))
        .with("required", Json::from_iter(["event"]))
        .with_list("allOf", self.choices)
        .with_members("$defs", all)
    }
}

/// What the member `event` is.
fn member_event(schema: Schema) -> Schema {
    Schema::new().with_members("properties", vec![("event".to_owned(), schema.into())])
}
