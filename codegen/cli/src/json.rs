//! JSON for other programs.

use std::fmt::Write as _;

use eventc_compiler::{Json, is_hidden};

/// An object with its members in this order.
pub(crate) fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// Text.
pub(crate) fn text(value: impl AsRef<str>) -> Json {
    Json::String(value.as_ref().to_owned())
}

/// Text, or null where there is none.
pub(crate) fn optional(value: Option<impl AsRef<str>>) -> Json {
    value.map_or(Json::Null, text)
}

/// A whole number.
pub(crate) fn number(value: impl ToString) -> Json {
    Json::Number(value.to_string())
}

/// A list.
pub(crate) fn array(items: impl IntoIterator<Item = Json>) -> Json {
    Json::Array(items.into_iter().collect())
}

/// One line, in which what is not seen on a terminal is written as an escape of JSON.
pub(crate) fn line(value: &Json) -> String {
    let text = value.to_string();
    let mut line = String::with_capacity(text.len());
    // Outside of strings compact JSON has no such characters.
    for c in text.chars() {
        if is_hidden(c) {
            // All of them are of the first plane, so one escape is enough.
            let _ = write!(line, "\\u{:04x}", u32::from(c));
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_hides_nothing_and_says_the_same() {
        let value = object([("a\u{202e}", text("b\u{1b}[2J\u{85}\n\"c\u{feff}"))]);
        let line = line(&value);
        assert_eq!(line, r#"{"a\u202e":"b\u001b[2J\u0085\n\"c\ufeff"}"#);
    }
}
