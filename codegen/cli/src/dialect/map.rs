//! Maps in the order of the file.

use std::fmt;
use std::ops::{Deref, DerefMut};

use indexmap::IndexMap;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::Text;

/// A map from text that keeps the order of its file and has each key once.
///
/// The key `<<` cannot be written: serde_yaml writes it without the quotes that tell it from a merge key.
#[derive(Debug, Clone)]
pub struct Map<V>(IndexMap<Text, V>);

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

/// The order counts: it is that of columns, and of docs.
impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().eq(&other.0)
    }
}

impl<V> Deref for Map<V> {
    type Target = IndexMap<Text, V>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<V> DerefMut for Map<V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<K: Into<Text>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }
}

impl<'m, V> IntoIterator for &'m Map<V> {
    type Item = (&'m Text, &'m V);
    type IntoIter = indexmap::map::Iter<'m, Text, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (Text, V);
    type IntoIter = indexmap::map::IntoIter<Text, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.contains_key("<<") {
            return Err(serde::ser::Error::custom(
                "the key `<<` would be written as a merge key",
            ));
        }
        self.0.serialize(serializer)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
            type Value = Map<V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Map<V>, A::Error> {
                read_map(map)
            }
        }
        // Not `deserialize_map`: that takes a value that is not there for an empty map.
        deserializer.deserialize_any(Entries(std::marker::PhantomData))
    }
}

/// The rest of a map.
pub(super) fn read_map<'de, V: Deserialize<'de>, A: MapAccess<'de>>(
    mut map: A,
) -> Result<Map<V>, A::Error> {
    let mut entries = IndexMap::new();
    while let Some(key) = map.next_key::<Text>()? {
        if entries.contains_key(&key) {
            return Err(A::Error::custom(format_args!(
                "`{key}` stands twice in this map"
            )));
        }
        entries.insert(key, map.next_value()?);
    }
    Ok(Map(entries))
}
