//! An event as a schema: one flat object, as it is on the wire.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::Schema;
use super::types::{Types, names, present};
use crate::catalog::{Catalog, Event, Field};
use crate::json::Json;
use crate::targets::about;

/// The schema of an event, and the names of the definitions that it refers to.
pub(super) fn event(catalog: &Catalog, event: &Event) -> (Schema, BTreeSet<String>) {
    let mut members = Members {
        types: Types::new(catalog),
        version: event.version,
        properties: vec![
            (
                "event".to_owned(),
                Schema::new().with("const", event.name.as_str()).into(),
            ),
            ("version".to_owned(), version(event).into()),
        ],
        required: Vec::new(),
        conditions: Vec::new(),
    };
    if let Some(stream) = catalog.stream_of(event) {
        members.always(&stream.fields);
    }
    for carried in &event.contexts {
        let fields = &catalog[carried.context].fields;
        if carried.optional {
            members.together(fields);
        } else {
            members.always(fields);
        }
    }
    members.always(&event.fields);
    let examples = event.examples.iter().map(|example| example.json.clone());
    let text = about::event(catalog, event);
    let schema = Schema::about(text, event.docs.deprecated.as_deref())
        .and(Schema::of_type("object"))
        .with("properties", Json::Object(members.properties))
        .with_list("required", members.required)
        .with_list("allOf", members.conditions)
        .with_list("examples", examples.collect());
    (schema, members.types.refers)
}

/// A message without it is of the present version, and readers take messages of others.
fn version(event: &Event) -> Schema {
    Schema::of_type("integer")
        .with("minimum", 1)
        .with("maximum", u64::from(u32::MAX))
        .or_null()
        .with("default", u64::from(event.version))
}

/// What becomes of the fields of an event, its header and its contexts.
struct Members<'c> {
    types: Types<'c>,
    /// The present version of the event.
    version: u32,
    properties: Vec<(String, Json)>,
    required: Vec<Json>,
    conditions: Vec<Json>,
}

impl Members<'_> {
    /// Fields of what is always there.
    fn always(&mut self, fields: &[Field]) {
        for field in fields {
            self.properties
                .push(self.types.property(field, is_demanded(field)));
        }
        self.required
            .extend(names(fields.iter().filter(|field| is_demanded(field))));
        self.conditions
            .extend(self.in_newer_messages(fields).map(Json::from));
    }

    /// Fields of an optional context: none of them is there, or all that are required.
    fn together(&mut self, fields: &[Field]) {
        for field in fields {
            self.properties.push(self.types.property(field, false));
        }
        let required = fields.iter().filter(|field| is_demanded(field));
        let required: Vec<_> = required.map(|field| field.wire().to_owned()).collect();
        let conditions = self.in_newer_messages(fields).map(Json::from).collect();
        if fields.iter().any(|field| field.required) {
            let there = present(&required).with_list("allOf", conditions);
            let either = Json::from_iter([absent(fields), there]);
            self.conditions
                .push(Schema::new().with("anyOf", either).into());
        }
    }

    /// What has a backfill need not be there in a message that is older than it: a condition for each version that brought some.
    fn in_newer_messages(&self, fields: &[Field]) -> impl Iterator<Item = Schema> + use<> {
        let mut since: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for field in fields.iter().filter(|field| field.backfill.is_some()) {
            let version = field
                .since_version()
                .map_or(self.version, |since| since.min(self.version));
            since
                .entry(version)
                .or_default()
                .push(field.wire().to_owned());
        }
        since.into_iter().map(|(version, names)| {
            let older =
                Schema::of_type("integer").with("maximum", u64::from(version).saturating_sub(1));
            let older = vec![("version".to_owned(), older.into())];
            let older = Schema::new()
                .with("required", Json::from_iter(["version"]))
                .with("properties", Json::Object(older));
            Schema::new()
                .with("if", older)
                .with("else", present(&names))
        })
    }
}

/// Whether a field is there in messages of every version.
fn is_demanded(field: &Field) -> bool {
    field.required && field.backfill.is_none()
}

/// That none of the members is there; null is not there.
fn absent(fields: &[Field]) -> Schema {
    let null = |field: &Field| (field.wire().to_owned(), Schema::of_type("null").into());
    let members = fields.iter().map(null).collect();
    Schema::new().with_members("properties", members)
}
