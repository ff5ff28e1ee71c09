//! JSON values that were checked against a type: examples and backfills.

use std::fmt;

use crate::diagnostic::is_hidden;

/// A JSON value. Numbers keep their text, objects their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as JSON writes it.
    Number(String),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// Members in the order they were written.
    Object(Vec<(String, Json)>),
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

/// Compact JSON, on one line. Characters that are not seen are escaped.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::String(text) => write_string(f, text),
            Self::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    write_string(f, name)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

/// What has at most so many characters stands on one line where lines are for people.
const SHORT: usize = 60;

impl Json {
    /// JSON for people: a member on each line, and what is short on one.
    pub fn pretty(&self) -> String {
        let mut text = String::new();
        self.write_pretty(&mut text, 0);
        text
    }

    fn write_pretty(&self, text: &mut String, depth: usize) {
        let line = self.on_one_line();
        let is_short = depth > 0 && line.chars().count() <= SHORT;
        let ([open, close], parts) = self.parts();
        if is_short || parts.is_empty() {
            text.push_str(&line);
            return;
        }
        text.push_str(open);
        for (index, (name, value)) in parts.into_iter().enumerate() {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            text.push_str(&"  ".repeat(depth + 1));
            text.push_str(&name);
            value.write_pretty(text, depth + 1);
        }
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
        text.push_str(close);
    }

    /// With a space where people expect one.
    fn on_one_line(&self) -> String {
        let ([open, close], parts) = self.parts();
        if parts.is_empty() {
            return self.to_string();
        }
        let part = |(name, value): (String, &Self)| name + &value.on_one_line();
        let space = if open == "{" { " " } else { "" };
        let parts: Vec<_> = parts.into_iter().map(part).collect();
        format!("{open}{space}{}{space}{close}", parts.join(", "))
    }

    /// What a list or an object holds, between which brackets, and how a name stands before it.
    fn parts(&self) -> ([&'static str; 2], Vec<(String, &Self)>) {
        match self {
            Self::Array(items) => {
                let items = items.iter().map(|item| (String::new(), item));
                (["[", "]"], items.collect())
            }
            Self::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| (format!("{}: ", Quoted(name)), value));
                (["{", "}"], members.collect())
            }
            _ => (["", ""], Vec::new()),
        }
    }
}

/// Text in its quotes.
pub(crate) struct Quoted<'t>(pub(crate) &'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_string(f, self.0)
    }
}

fn write_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            c if is_hidden(c) => write!(f, "\\u{:04x}", c as u32)?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_for_people_has_a_line_for_what_is_short() {
        let text = |text: &str| Json::String(text.to_owned());
        let member = |name: &str, value: Json| (name.to_owned(), value);
        let json = Json::Object(vec![
            member("event", text("a \"b\"")),
            member("none", Json::Object(Vec::new())),
            member("some", Json::Array(vec![Json::Bool(true), Json::Null])),
            member(
                "long",
                Json::Array(vec![Json::Object(vec![member(
                    "a",
                    text(&"b".repeat(SHORT)),
                )])]),
            ),
        ]);
        let long = "b".repeat(SHORT);
        let expected = format!(
            "{{\n  \"event\": \"a \\\"b\\\"\",\n  \"none\": {{}},\n  \"some\": [true, null],\n  \"long\": [\n    {{\n      \"a\": \"{long}\"\n    }}\n  ]\n}}"
        );
        assert_eq!(json.pretty(), expected);
    }
}
