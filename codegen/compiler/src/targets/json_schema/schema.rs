//! A JSON Schema that is being written.

use crate::catalog::Deprecated;
use crate::json::Json;

/// A schema: keywords and their values, in the order in which they were said.
#[derive(Debug, Clone, Default)]
pub(super) struct Schema(Vec<(String, Json)>);

impl Schema {
    /// That anything is allowed.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// What is of a type: `"string"`.
    pub(super) fn of_type(name: &str) -> Self {
        Self::new().with("type", name)
    }

    /// What a definition says.
    pub(super) fn reference(name: &str) -> Self {
        Self::new().with("$ref", format!("#/$defs/{name}"))
    }

    pub(super) fn with(mut self, keyword: &str, value: impl Into<Json>) -> Self {
        self.0.push((keyword.to_owned(), value.into()));
        self
    }

    /// A keyword, where there is a value for it.
    pub(super) fn with_some(self, keyword: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(keyword, value),
            None => self,
        }
    }

    /// A keyword with a list, where that has items.
    pub(super) fn with_list(self, keyword: &str, items: Vec<Json>) -> Self {
        match items.as_slice() {
            [] => self,
            _ => self.with(keyword, Json::Array(items)),
        }
    }

    /// A keyword with schemas or values by name, where there are some.
    pub(super) fn with_members(self, keyword: &str, members: Vec<(String, Json)>) -> Self {
        match members.as_slice() {
            [] => self,
            _ => self.with(keyword, Json::Object(members)),
        }
    }

    /// Its keywords as the members of a file.
    pub(super) fn into_members(self) -> Vec<(String, Json)> {
        self.0
    }

    /// What people read about it.
    pub(super) fn about(text: Option<String>, deprecated: Option<&Deprecated>) -> Self {
        Self::new()
            .with_some("description", text)
            .with_some("deprecated", deprecated.map(|_| true))
    }

    /// What both say.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// All of these patterns at once.
    pub(super) fn with_patterns(self, patterns: Vec<String>) -> Self {
        let mut patterns = patterns.into_iter();
        let first = patterns.next();
        let others = patterns.map(|pattern| Self::new().with("pattern", pattern).into());
        self.with_some("pattern", first)
            .with_list("allOf", others.collect())
    }

    /// The same, or null.
    pub(super) fn or_null(mut self) -> Self {
        match self.0.first_mut() {
            // Null is allowed already.
            None => self,
            // What else is said is said of values of this type, and null is of none of them.
            Some((keyword, of_type @ Json::String(_))) if keyword == "type" => {
                let name = std::mem::replace(of_type, Json::Null);
                *of_type = Json::from_iter([name, "null".into()]);
                self
            }
            Some(_) => {
                let either = [self, Self::of_type("null")];
                Self::new().with("anyOf", Json::from_iter(either))
            }
        }
    }
}

impl From<Schema> for Json {
    fn from(schema: Schema) -> Self {
        Self::Object(schema.0)
    }
}
