//! Which keys and words may stand where, and what they are for: the JSON Schema of the language, followed along a path.

use serde_json::Value as Json;

use crate::dialect::json_schema;

/// A step from the top of a file to a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Below this key.
    Key(String),
    /// In a list.
    Item,
}

pub(super) struct Grammar {
    schema: Json,
}

/// A key of the language.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key<'g> {
    pub(super) name: &'g str,
    /// What it is for, in Markdown.
    pub(super) about: &'g str,
    /// Whether more keys follow on the next lines.
    pub(super) is_section: bool,
}

impl Grammar {
    pub(super) fn new() -> Self {
        Self {
            schema: json_schema(),
        }
    }

    /// The keys that may stand at a place.
    pub(super) fn keys(&self, is_root: bool, path: &[Step]) -> Vec<Key<'_>> {
        let mut keys: Vec<Key<'_>> = Vec::new();
        for schema in self.at(is_root, path) {
            let properties = schema.get("properties").and_then(Json::as_object);
            for (name, property) in properties.into_iter().flatten() {
                if !keys.iter().any(|key| key.name == name) {
                    keys.push(self.key(name, property));
                }
            }
            let names = schema.pointer("/propertyNames/enum");
            keys.extend(texts(names).map(|name| Key {
                name,
                about: "",
                is_section: false,
            }));
        }
        keys
    }

    /// The words that may stand at a place.
    pub(super) fn words(&self, is_root: bool, path: &[Step]) -> Vec<&str> {
        let mut words = Vec::new();
        for schema in self.at(is_root, path) {
            words.extend(texts(schema.get("enum")));
            words.extend(schema.get("const").and_then(Json::as_str));
            if schema.get("type").is_some_and(is_boolean) {
                words.extend(["true", "false"]);
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    fn key<'g>(&'g self, name: &'g str, property: &'g Json) -> Key<'g> {
        let mut forms = Vec::new();
        self.expand(property, &mut forms);
        let about = forms
            .iter()
            .find_map(|form| form.get("description")?.as_str());
        let ty = property.get("type").and_then(Json::as_array);
        let is_map = ty.is_some_and(|types| types.iter().all(|ty| ty == "object"));
        Key {
            name,
            about: about.unwrap_or(""),
            is_section: is_map
                && property
                    .get("additionalProperties")
                    .is_some_and(Json::is_object),
        }
    }

    /// All schemas that a value at a place may follow.
    fn at(&self, is_root: bool, path: &[Step]) -> Vec<&Json> {
        let top = if is_root { "/else/then" } else { "/else/else" };
        let mut found = Vec::new();
        if let Some(top) = self.schema.pointer(top) {
            self.expand(top, &mut found);
        }
        for step in path {
            let mut below = Vec::new();
            for schema in found {
                let next = match step {
                    Step::Item => schema.get("items"),
                    Step::Key(key) => {
                        let property = schema.get("properties").and_then(|all| all.get(key));
                        property.or_else(|| schema.get("additionalProperties"))
                    }
                };
                if let Some(next) = next {
                    self.expand(next, &mut below);
                }
            }
            found = below;
        }
        found
    }

    /// A schema and those that it is made of. Conditions do not matter: what is being written has no form yet.
    fn expand<'g>(&'g self, schema: &'g Json, found: &mut Vec<&'g Json>) {
        if !schema.is_object() || found.iter().any(|known| std::ptr::eq(*known, schema)) {
            return;
        }
        found.push(schema);
        let reference = schema.get("$ref").and_then(Json::as_str);
        let named = reference.and_then(|path| self.schema.pointer(path.trim_start_matches('#')));
        let parts = ["allOf", "anyOf", "oneOf"].into_iter();
        let parts = parts
            .filter_map(|key| schema.get(key)?.as_array())
            .flatten();
        let forms = ["then", "else"]
            .into_iter()
            .filter_map(|key| schema.get(key));
        for part in named.into_iter().chain(parts).chain(forms) {
            self.expand(part, found);
        }
    }
}

fn texts(list: Option<&Json>) -> impl Iterator<Item = &str> {
    let items = list.and_then(Json::as_array).into_iter().flatten();
    items.filter_map(Json::as_str)
}

fn is_boolean(ty: &Json) -> bool {
    match ty {
        Json::Array(types) => types.iter().all(|ty| ty == "boolean"),
        ty => ty == "boolean",
    }
}
