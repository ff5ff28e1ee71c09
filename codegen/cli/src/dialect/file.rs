//! Files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TypeDef;
use super::event::{Context, Event, Stream};
use super::form::{keys, written};
use super::json_schema;
use super::map::Map;
use super::text::{Bare, Text, Texts};

/// `catalog.yaml`, the root: the settings of the whole catalog, and the types, streams and contexts that everyone uses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = json_schema::without_null)]
pub struct Root {
    /// The name of the catalog, in snake_case.
    #[schemars(extend("pattern" = json_schema::SNAKE_CASE))]
    pub catalog: Text,
    /// The version of the schema language: 1.
    pub eventc: Bare,
    /// What the catalog is about.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    pub description: Option<Text>,
    /// Who answers for everything that names no owner.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    pub owner: Option<Text>,
    /// The targets that are written beside Rust: `avro`, `docs`, `json_schema`, `markdown`, `postgres`, `typescript`.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("items" = json_schema::targets()))]
    pub targets: Option<Texts>,
    /// How much each lint weighs: `missing_description: deny`.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("propertyNames" = json_schema::lints()))]
    pub lints: Option<Map<Level>>,
    /// The lints that say nothing about this file.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    pub allow: Option<Texts>,
    /// The stream of every event of this file that names none.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    pub stream: Option<Text>,
    /// Named values, in PascalCase. Text is a newtype, a list an enum, a map the long form.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("propertyNames" = json_schema::pascal_case()))]
    pub types: Option<Map<TypeDef>>,
    /// Where events go, and what every event in it must carry. Names are snake_case.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("propertyNames" = json_schema::snake_case()))]
    pub streams: Option<Map<Stream>>,
    /// Groups of fields that some events carry. Names are snake_case.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("propertyNames" = json_schema::snake_case()))]
    pub contexts: Option<Map<Context>>,
    /// What happens. Names are snake_case.
    #[serde(
        default,
        deserialize_with = "written",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("propertyNames" = json_schema::snake_case()))]
    pub events: Option<Map<Event>>,
}

keys! {
    /// A file of the schema: a module, named by its path.
    pub struct File {
        /// What the events of this file have in common.
        description: Text,
        /// Who answers for everything in this file, and in the folder of its name, that names no owner.
        owner: Text,
        /// The lints that say nothing about this file.
        allow: Texts,
        /// The stream of every event of this file that names none.
        stream: Text,
        /// Named values, in PascalCase. Text is a newtype, a list an enum, a map the long form.
        #[schemars(extend("propertyNames" = json_schema::pascal_case()))]
        types: Map<TypeDef>,
        /// Where events go, and what every event in it must carry. Names are snake_case.
        #[schemars(extend("propertyNames" = json_schema::snake_case()))]
        streams: Map<Stream>,
        /// Groups of fields that some events carry. Names are snake_case.
        #[schemars(extend("propertyNames" = json_schema::snake_case()))]
        contexts: Map<Context>,
        /// What happens. Names are snake_case.
        #[schemars(extend("propertyNames" = json_schema::snake_case()))]
        events: Map<Event>,
    }
}

/// How much a lint weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It says nothing.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

impl Root {
    /// A root of this name, in the language of this compiler.
    pub fn new(catalog: impl Into<Text>) -> Self {
        Self {
            catalog: catalog.into(),
            eventc: Bare::from("1"),
            ..Self::default()
        }
    }
}

/// What a root has beside the settings of the catalog.
impl From<Root> for File {
    fn from(root: Root) -> Self {
        let Root {
            description,
            owner,
            allow,
            stream,
            types,
            streams,
            contexts,
            events,
            ..
        } = root;
        Self {
            description,
            owner,
            allow,
            stream,
            types,
            streams,
            contexts,
            events,
        }
    }
}
