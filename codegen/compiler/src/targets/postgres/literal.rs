//! Values of the schema as SQL writes them.

use super::quote::Literal;
use crate::json::Json;

/// How the values of a column are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// As JSON writes it: a number, `true`.
    Plain,
    /// In quotes: text, and what has the same text in SQL as in JSON.
    Text,
    /// In quotes, from base64.
    Bytes,
    /// In quotes, as JSON.
    Json,
    /// An array of them, of the type named.
    Array(Box<Form>, &'static str),
}

impl Form {
    /// The value, which is of the column's type.
    pub(crate) fn literal(&self, value: &Json) -> String {
        match (self, value) {
            (_, Json::Null) => "null".to_owned(),
            (Self::Array(form, element), Json::Array(items)) => {
                let items: Vec<_> = items.iter().map(|item| form.literal(item)).collect();
                format!("array[{}]::{element}[]", items.join(", "))
            }
            (Self::Json, value) => Literal(&without_nul(value).to_string()).to_string(),
            (Self::Bytes, Json::String(text)) => format!("decode({}, 'base64')", Literal(text)),
            (_, Json::String(text)) => Literal(text).to_string(),
            (_, value) => value.to_string(),
        }
    }
}

/// `jsonb` has no U+0000, not even escaped; it becomes U+FFFD, as it does in text.
fn without_nul(value: &Json) -> Json {
    let text = |text: &str| text.replace('\0', "\u{fffd}");
    match value {
        Json::String(value) => Json::String(text(value)),
        Json::Array(items) => Json::Array(items.iter().map(without_nul).collect()),
        Json::Object(members) => {
            let member = |(name, value): &(String, Json)| (text(name), without_nul(value));
            Json::Object(members.iter().map(member).collect())
        }
        value => value.clone(),
    }
}
