//! Short and long forms: text names a type, a list is an enum, a map is the long form.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::{Text, TextVisitor, Texts, read_list};

/// A value of the language by its one rule: text names a type, a list is an enum, a map is the long form.
///
/// Written, a long form that has nothing more to say than a short one is written as that.
#[derive(Debug, Clone, PartialEq)]
pub enum Form<L> {
    /// The name of a type: `u16`, `Money`, `billing.Money`, `list<T>`, `map<string, T>`.
    Name(Text),
    /// The values of an enum.
    Values(Texts),
    /// The long form.
    Long(Box<L>),
}

/// A long form that may have nothing more to say than a short one.
pub trait Long {
    /// The short form that says the same, if there is one.
    fn short(&self) -> Option<Short<'_>>;
}

/// What a short form says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Short<'l> {
    /// The name of a type.
    Name(&'l Text),
    /// The values of an enum.
    Values(Vec<&'l Text>),
}

impl<L> Form<L> {
    /// The short form that names a type.
    pub fn name(name: impl Into<Text>) -> Self {
        Self::Name(name.into())
    }

    /// The short form that lists the values of an enum.
    pub fn values<T: Into<Text>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::Values(values.into_iter().collect())
    }

    /// The long form.
    pub fn long(long: L) -> Self {
        Self::Long(Box::new(long))
    }
}

impl<L: Long> Form<L> {
    /// The short form that says the same, if there is one.
    pub fn short(&self) -> Option<Short<'_>> {
        match self {
            Self::Name(name) => Some(Short::Name(name)),
            Self::Values(values) => Some(Short::Values(values.iter().collect())),
            Self::Long(long) => long.short(),
        }
    }
}

impl<L: Long + Serialize> Serialize for Form<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.short(), self) {
            (Some(short), _) => short.serialize(serializer),
            (None, Self::Long(long)) => long.serialize(serializer),
            (None, Self::Name(_) | Self::Values(_)) => Err(serde::ser::Error::custom(
                "a short form without a short form",
            )),
        }
    }
}

// Not `#[serde(untagged)]`: that reads everything below before it knows what it is for, and the
// spelling of `1.10` is lost, with the place of whatever is wrong.
impl<'de, L: Deserialize<'de>> Deserialize<'de> for Form<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any<L>(PhantomData<L>);
        impl<'de, L: Deserialize<'de>> Visitor<'de> for Any<L> {
            type Value = Form<L>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a type, a list of values, or a map")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Form<L>, E> {
                TextVisitor.visit_str(text).map(Form::Name)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Form<L>, A::Error> {
                read_list(list).map(Form::Values)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Form<L>, A::Error> {
                L::deserialize(MapAccessDeserializer::new(map)).map(Form::long)
            }
        }
        deserializer.deserialize_any(Any(PhantomData))
    }
}

/// A value that has a short form in prose: text, or the keys of `L`.
pub(super) enum Prose<L> {
    Nothing,
    Text(Text),
    Long(L),
}

impl<'de, L: Deserialize<'de>> Prose<L> {
    /// `expected` is what a message says was expected.
    pub(super) fn read<D: Deserializer<'de>>(
        deserializer: D,
        expected: &'static str,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ProseVisitor {
            expected,
            long: PhantomData,
        })
    }
}

struct ProseVisitor<L> {
    expected: &'static str,
    long: PhantomData<L>,
}

impl<'de, L: Deserialize<'de>> Visitor<'de> for ProseVisitor<L> {
    type Value = Prose<L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Prose::Nothing)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        TextVisitor.visit_str(text).map(Prose::Text)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        TextVisitor.visit_bool(value).map(Prose::Text)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        TextVisitor.visit_i64(value).map(Prose::Text)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        TextVisitor.visit_u64(value).map(Prose::Text)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        TextVisitor.visit_f64(value).map(Prose::Text)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        L::deserialize(MapAccessDeserializer::new(map)).map(Prose::Long)
    }
}

/// A key that stands in the file has a value: `description:` alone, or with `null`, is not left out.
pub(super) fn written<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A map of which each key may be left out, and no others are known.
macro_rules! keys {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$doc:meta])* $key:ident: $ty:ty,)*
        }
    )*) => {$(
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(transform = crate::dialect::json_schema::without_null)]
        $(#[$meta])*
        pub struct $name {$(
            $(#[$doc])*
            #[serde(
                default,
                deserialize_with = "crate::dialect::form::written",
                skip_serializing_if = "Option::is_none"
            )]
            pub $key: Option<$ty>,
        )*}
    )*};
}
pub(super) use keys;
