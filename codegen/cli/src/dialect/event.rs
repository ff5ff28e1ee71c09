//! Streams, contexts and events.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::form::{Prose, keys};
use super::json_schema;
use super::map::Map;
use super::text::{Bare, Text, TextVisitor, Texts, read_list};
use super::{FieldDef, Value};

keys! {
    /// Where events go, and what each of them must carry: its fields are their header.
    pub struct Stream {
        /// What goes to it; Markdown.
        description: Text,
        /// Who answers for it; inherited from the file and the root if left out.
        owner: Text,
        /// Since when it is there, in the schema's own words.
        since: Bare,
        /// That it should no longer be used: why, or what to use in its place.
        deprecated: Deprecated,
        /// The lints that say nothing about it and what is in it.
        allow: Texts,
        /// What every event of the stream carries. A field is required unless its name ends in `?`.
        #[schemars(extend("propertyNames" = json_schema::fields()))]
        fields: Map<FieldDef>,
        /// How its events are cut into parts: a transform, a list of them, or `none`.
        partition: Partition,
        /// The field by which events stay in order: those with the same value do.
        key: Text,
        /// The field that says which event it is: one that arrives twice is one event.
        id: Text,
        /// How long events are kept: a whole number and one of `s`, `m`, `h`, `d`, `w`.
        #[schemars(extend("type" = "string", "pattern" = json_schema::DURATION))]
        retain: Text,
        /// How its events are kept in tables: each in one of its own, or all in one.
        store: Store,
    }

    /// A group of fields that some events carry: a request, a viewer, an experiment.
    #[schemars(extend("required" = ["fields"]))]
    pub struct Context {
        /// What it is about; Markdown.
        description: Text,
        /// Who answers for it; inherited from the file and the root if left out.
        owner: Text,
        /// Since when it is there, in the schema's own words.
        since: Bare,
        /// That it should no longer be used: why, or what to use in its place.
        deprecated: Deprecated,
        /// The lints that say nothing about it and what is in it.
        allow: Texts,
        /// What events that carry it have beside their own fields. A field is required unless its name ends in `?`.
        #[schemars(extend("propertyNames" = json_schema::fields()))]
        fields: Map<FieldDef>,
    }

    /// Something that happened.
    pub struct Event {
        /// What happened; Markdown.
        description: Text,
        /// Who answers for it; inherited from the file and the root if left out.
        owner: Text,
        /// The version of its meaning, from 1; 1 if left out.
        #[schemars(range(min = 1))]
        version: u32,
        /// Since when it is there, in the schema's own words.
        since: Bare,
        /// That it should no longer be used: why, or the event to use in its place.
        deprecated: Deprecated,
        /// The lints that say nothing about it and what is in it.
        allow: Texts,
        /// The stream that it goes to; the file's if left out.
        stream: Text,
        /// The contexts that it carries; one whose name ends in `?` may be absent.
        with: Texts,
        /// How it is cut into parts, if it is a stream of its own: a transform, a list of them, or `none`.
        partition: Partition,
        /// The field by which it stays in order, if it is a stream of its own.
        key: Text,
        /// The field that says which event it is, if it is a stream of its own.
        id: Text,
        /// How long it is kept, if it is a stream of its own.
        #[schemars(extend("type" = "string", "pattern" = json_schema::DURATION))]
        retain: Text,
        /// How many of it there are at the least: fewer are an alarm.
        expect: Expect,
        /// Its own fields. A field is required unless its name ends in `?`.
        #[schemars(extend("propertyNames" = json_schema::fields()))]
        fields: Map<FieldDef>,
        /// Names of fields that may never come back.
        reserved: Texts,
        /// Whole events by name, as they are on the wire but for `event` and `version`.
        #[schemars(with = "Map<Map<serde_json::Value>>")]
        examples: Map<Map<Value>>,
    }

    /// How many events there are at the least, in which time.
    #[schemars(extend("required" = ["at_least", "per"]))]
    pub struct Expect {
        /// A whole number from 1.
        at_least: u32,
        /// In each of which.
        per: Period,
    }

    /// What to use in place of a thing that should no longer be used, and why.
    pub struct Instead {
        /// The event to use in its place.
        r#use: Text,
        /// Why; Markdown.
        reason: Text,
    }
}

macro_rules! add_field {
    ($($owner:ident)*) => {$(
        impl $owner {
            /// Adds a field at the end. It is optional if `name` ends in `?`.
            pub fn add_field(&mut self, name: impl Into<Text>, field: FieldDef) {
                self.fields.get_or_insert_default().insert(name.into(), field);
            }
        }
    )*};
}
add_field! { Stream Context Event }

/// That a thing should no longer be used.
#[derive(Debug, Clone, PartialEq)]
pub enum Deprecated {
    /// Why; Markdown.
    Reason(Text),
    /// What to use in its place, and why.
    Instead(Instead),
}

impl<'de> Deserialize<'de> for Deprecated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(
            match Prose::read(deserializer, "text, or `use` and `reason`")? {
                // It stands there, so there is a reason, be it a poor one.
                Prose::Nothing => Self::Reason(Text::from("null")),
                Prose::Text(reason) => Self::Reason(reason),
                Prose::Long(instead) => Self::Instead(instead),
            },
        )
    }
}

impl Serialize for Deprecated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Reason(reason)
            | Self::Instead(Instead {
                r#use: None,
                reason: Some(reason),
            }) => reason.serialize(serializer),
            Self::Instead(instead) => instead.serialize(serializer),
        }
    }
}

/// How the events of a stream are kept in tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Store {
    /// Each in a table of its own, with a column for each field.
    Typed,
    /// All in one table: the columns that they share, and the rest of each as JSON.
    Shared,
}

/// A stretch of time in which events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

/// How events are cut into parts: `hour(f)`, `day(f)`, `month(f)`, `year(f)`, `bucket(n, f)`, or `f` for the value itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Partition {
    /// One transform, or `none`.
    One(Text),
    /// Several transforms.
    Many(Texts),
}

impl Partition {
    /// `partition: none`, the only way to have none.
    pub fn none() -> Self {
        Self::One(Text::from("none"))
    }
}

impl Serialize for Partition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(transform) => transform.serialize(serializer),
            Self::Many(transforms) => match &**transforms {
                [transform] => transform.serialize(serializer),
                // In block style, as all lists are written: in flow style, a comma ends an item.
                transforms => transforms.serialize(serializer),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Partition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Transforms;
        impl<'de> Visitor<'de> for Transforms {
            type Value = Partition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a transform such as `day(occurred_at)`, a list of them, or `none`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Partition, E> {
                TextVisitor.visit_str(text).map(Partition::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Partition, A::Error> {
                read_list(list).map(|texts| Partition::Many(Texts(joined(texts.0))))
            }
        }
        deserializer.deserialize_any(Transforms)
    }
}

/// `[bucket(16, tenant_id)]` is two items to YAML, and one to everyone else.
fn joined(texts: Vec<Text>) -> Vec<Text> {
    let mut transforms: Vec<Text> = Vec::with_capacity(texts.len());
    for text in texts {
        match transforms.last_mut() {
            Some(last) if last.contains('(') && !last.contains(')') => {
                *last = format!("{last}, {text}").into()
            }
            _ => transforms.push(text),
        }
    }
    transforms
}
