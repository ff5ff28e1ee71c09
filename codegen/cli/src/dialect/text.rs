//! Text, whatever YAML thinks of it.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text where the language wants text: `no`, `2026-02-01` and `1.10` are read as they were written.
///
/// That holds where serde_yaml is asked for text before it has looked at the scalar, which is
/// everywhere below but in a value with a short form (see the [module](super)): there it has made a
/// number of a plain `1.10` already, and this is `1.1`.
///
/// Written, it gets quotes where a reader of YAML 1.2 would take it for something else. `no`, `on` and
/// `y` get none: they are booleans to readers of YAML 1.1 only. Text with a line break of Unicode
/// (U+0085, U+2028, U+2029) cannot be written: serde_yaml would put spaces into it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

/// Text that is written without quotes though it is a number: `min: 0.5`, `length: 8`, `since: 2`.
///
/// The compiler reads both alike; this one reads better.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct Bare(Text);

/// A list of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Texts(pub Vec<Text>);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Bare {
    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Bare {
    fn from(text: &str) -> Self {
        Self(Text::from(text))
    }
}

impl From<String> for Bare {
    fn from(text: String) -> Self {
        Self(Text(text))
    }
}

impl<T: Into<Text>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self(texts.into_iter().map(Into::into).collect())
    }
}

impl Deref for Texts {
    type Target = [Text];
    fn deref(&self) -> &[Text] {
        &self.0
    }
}

/// Any scalar as text; the methods for numbers are for readers that were not asked for text.
pub(super) struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(text.into())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Text, E> {
        Ok(Text(format!("{value:?}")))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
            return Err(serde::ser::Error::custom(format_args!(
                "{:?} has a line break that would not be kept",
                self.0
            )));
        }
        serializer.serialize_str(self)
    }
}

impl Serialize for Bare {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.as_str();
        if let Some(whole) = text
            .parse::<i64>()
            .ok()
            .filter(|whole| whole.to_string() == text)
        {
            return serializer.serialize_i64(whole);
        }
        // With an exponent, the writer's spelling may be another one.
        let same = |number: &f64| {
            number.is_finite() && !text.contains('e') && format!("{number:?}") == text
        };
        match text.parse::<f64>().ok().filter(same) {
            Some(number) => serializer.serialize_f64(number),
            None => self.0.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Texts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Texts, A::Error> {
                read_list(list)
            }
        }
        // Not `deserialize_seq`: that takes a value that is not there for an empty list.
        deserializer.deserialize_any(List)
    }
}

/// The rest of a list.
pub(super) fn read_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Texts, A::Error> {
    let mut texts = Vec::new();
    while let Some(text) = list.next_element()? {
        texts.push(text);
    }
    Ok(Texts(texts))
}
