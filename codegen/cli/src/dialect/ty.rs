//! Types and fields in their long forms.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::event::Deprecated;
use super::form::{Long, Prose, Short, keys};
use super::json_schema;
use super::map::{Map, read_map};
use super::text::{Bare, Text, Texts, read_list};
use super::{FieldDef, Type, Value};

keys! {
    /// A type under `types:`, in the long form: one of `newtype`, `enum`, `fields` and `one_of` says what it is.
    #[schemars(extend("oneOf" = json_schema::one_of(&["newtype", "enum", "fields", "one_of"])))]
    pub struct LongType {
        /// What it is; Markdown.
        description: Text,
        /// Who answers for it; inherited from the file and the root if left out.
        owner: Text,
        /// Since when it is there, in the schema's own words.
        since: Bare,
        /// That it should no longer be used: why, or what to use in its place.
        deprecated: Deprecated,
        /// The lints that say nothing about it and what is in it.
        allow: Texts,
        /// A newtype: the type of its value.
        newtype: Text,
        /// Of a newtype: the least and greatest number of characters, bytes or entries. `1..64`, `1..`, `..64`, or `8`.
        #[schemars(extend("pattern" = json_schema::LENGTH))]
        length: Bare,
        /// Of a newtype: what its text must match, a regular expression that all targets read alike.
        pattern: Text,
        /// Of a newtype: the least value.
        min: Bare,
        /// Of a newtype: the greatest value.
        max: Bare,
        /// An enum: its values, as a list, or as a map to what is said about each.
        r#enum: EnumValues,
        /// Of an enum: whether a value that it does not know is kept, and written back unchanged.
        open: bool,
        /// A record: its fields. A field is required unless its name ends in `?`.
        #[schemars(extend("propertyNames" = json_schema::fields()))]
        fields: Map<FieldDef>,
        /// A union: its variants, by name, and the type that each holds.
        #[schemars(extend("propertyNames" = json_schema::snake_case()))]
        one_of: Map<Type>,
        /// Of a union: the member that names the variant. Without it the variant's name is the only member.
        #[schemars(length(min = 1))]
        tag: Text,
        /// The unit of its values.
        unit: Text,
        /// The class of personal data that it holds; its value is redacted in logs and marked in every target.
        pii: Text,
    }

    /// A field in the long form. It names its `type`, or has one of `enum`, `fields` and `one_of` in its place.
    #[schemars(extend("oneOf" = json_schema::one_of(&["type", "enum", "fields", "one_of"])))]
    pub struct Field {
        /// What it says; Markdown.
        description: Text,
        /// Its type.
        r#type: Type,
        /// An enum in place of a type: its values, as a list, or as a map to what is said about each.
        r#enum: EnumValues,
        /// Of an enum: whether a value that it does not know is kept, and written back unchanged.
        open: bool,
        /// A record in place of a type: its fields. A field is required unless its name ends in `?`.
        #[schemars(extend("propertyNames" = json_schema::fields()))]
        fields: Map<FieldDef>,
        /// A union in place of a type: its variants, by name, and the type that each holds.
        #[schemars(extend("propertyNames" = json_schema::snake_case()))]
        one_of: Map<Type>,
        /// Of a union: the member that names the variant. Without it the variant's name is the only member.
        #[schemars(length(min = 1))]
        tag: Text,
        /// The unit of its values: part of the docs, and of the column's comment.
        unit: Text,
        /// The class of personal data that it holds; its value is redacted in logs and marked in every target.
        pii: Text,
        /// Its name in JSON and in tables, if that is not its own.
        #[schemars(length(min = 1))]
        wire: Text,
        /// Since when it is there, in the schema's own words.
        since: Bare,
        /// That it should no longer be used: why, or what to use in its place.
        deprecated: Deprecated,
        /// The lints that say nothing about it and what is in it.
        allow: Texts,
        /// What a reader takes for messages that are older than the field. It is no default: writers must set the field.
        #[schemars(with = "serde_json::Value")]
        backfill: Value,
        /// What fills it when a header is made.
        fill: Fill,
        /// The window around the current time that its value must be in: `-7d..+1h`.
        #[schemars(extend("type" = "string", "pattern" = json_schema::WINDOW))]
        accept: Text,
    }

    /// An enum, record or union that stands in place of a type's name.
    #[schemars(extend("oneOf" = json_schema::one_of(&["enum", "fields", "one_of"])))]
    pub struct Inline {
        /// An enum: its values, as a list, or as a map to what is said about each.
        r#enum: EnumValues,
        /// Of an enum: whether a value that it does not know is kept, and written back unchanged.
        open: bool,
        /// A record: its fields. A field is required unless its name ends in `?`.
        #[schemars(extend("propertyNames" = json_schema::fields()))]
        fields: Map<FieldDef>,
        /// A union: its variants, by name, and the type that each holds.
        #[schemars(extend("propertyNames" = json_schema::snake_case()))]
        one_of: Map<Type>,
        /// Of a union: the member that names the variant. Without it the variant's name is the only member.
        #[schemars(length(min = 1))]
        tag: Text,
    }

    /// What is said about a value of an enum.
    pub struct LongEnumValue {
        /// What it means; Markdown.
        description: Text,
        /// That it should no longer be used: why, or what to use in its place.
        deprecated: Deprecated,
        /// The name of its variant in Rust, where casing finds none.
        rust: Text,
    }
}

/// What a header's field is filled with when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// A new uuid of version 7, which sorts by time.
    UuidV7,
    /// The current time.
    Now,
}

impl Long for LongType {
    fn short(&self) -> Option<Short<'_>> {
        if let Some(of) = &self.newtype {
            let bare = Self {
                newtype: self.newtype.clone(),
                ..Self::default()
            };
            return (bare == *self).then_some(Short::Name(of));
        }
        let bare = Self {
            r#enum: self.r#enum.clone(),
            open: self.open,
            ..Self::default()
        };
        if bare == *self {
            short_enum(self.r#enum.as_ref(), self.open)
        } else {
            None
        }
    }
}

impl Long for Field {
    fn short(&self) -> Option<Short<'_>> {
        if let Some(ty) = &self.r#type {
            let bare = Self {
                r#type: self.r#type.clone(),
                ..Self::default()
            };
            return if bare == *self { ty.short() } else { None };
        }
        let bare = Self {
            r#enum: self.r#enum.clone(),
            open: self.open,
            ..Self::default()
        };
        if bare == *self {
            short_enum(self.r#enum.as_ref(), self.open)
        } else {
            None
        }
    }
}

impl Long for Inline {
    fn short(&self) -> Option<Short<'_>> {
        let bare = Self {
            r#enum: self.r#enum.clone(),
            open: self.open,
            ..Self::default()
        };
        if bare == *self {
            short_enum(self.r#enum.as_ref(), self.open)
        } else {
            None
        }
    }
}

/// A closed enum without anything said about its values is a list.
fn short_enum(values: Option<&EnumValues>, open: Option<bool>) -> Option<Short<'_>> {
    if open == Some(true) {
        None
    } else {
        values?.short().map(Short::Values)
    }
}

/// The values of an enum: any printable text.
#[derive(Debug, Clone, PartialEq)]
pub enum EnumValues {
    /// The values alone.
    List(Texts),
    /// The values, and what is said about each.
    Described(Map<EnumValue>),
}

impl EnumValues {
    /// The values with what is said about them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, Option<&EnumValue>)> {
        let (list, map) = match self {
            Self::List(list) => (Some(list), None),
            Self::Described(map) => (None, Some(map)),
        };
        let list = list
            .into_iter()
            .flat_map(|list| list.iter())
            .map(|value| (value, None));
        list.chain(
            map.into_iter()
                .flatten()
                .map(|(value, said)| (value, Some(said))),
        )
    }

    /// The values, if nothing is said about any.
    fn short(&self) -> Option<Vec<&Text>> {
        self.iter()
            .map(|(value, said)| said.is_none_or(EnumValue::is_silent).then_some(value))
            .collect()
    }
}

impl Serialize for EnumValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.short(), self) {
            (Some(values), _) => values.serialize(serializer),
            (None, Self::List(list)) => list.serialize(serializer),
            (None, Self::Described(map)) => map.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for EnumValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Values;
        impl<'de> Visitor<'de> for Values {
            type Value = EnumValues;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of values, or a map of values and descriptions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<EnumValues, A::Error> {
                read_list(list).map(EnumValues::List)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<EnumValues, A::Error> {
                read_map(map).map(EnumValues::Described)
            }
        }
        deserializer.deserialize_any(Values)
    }
}

/// What is said about a value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub enum EnumValue {
    /// Nothing: `web:` alone.
    Nothing,
    /// What it means; Markdown.
    Description(Text),
    /// The long form.
    Long(Box<LongEnumValue>),
}

impl EnumValue {
    fn is_silent(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Description(_) => false,
            Self::Long(long) => **long == LongEnumValue::default(),
        }
    }
}

impl<'de> Deserialize<'de> for EnumValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Prose::read(deserializer, "a description or a map")? {
            Prose::Nothing => Self::Nothing,
            Prose::Text(text) => Self::Description(text),
            Prose::Long(long) => Self::Long(long),
        })
    }
}

impl Serialize for EnumValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // `null` would be a description, and nothing at all cannot be written.
            Self::Nothing => serializer.serialize_map(Some(0))?.end(),
            Self::Description(text) => text.serialize(serializer),
            Self::Long(long) => match &**long {
                LongEnumValue {
                    description: Some(text),
                    deprecated: None,
                    rust: None,
                } => text.serialize(serializer),
                long => long.serialize(serializer),
            },
        }
    }
}
