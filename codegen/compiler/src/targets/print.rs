//! JSON as people read it: what fits a line stands on one.

use crate::json::{Json, Quoted};

/// How it is laid out.
struct Style {
    /// How many characters a value may have that stands on one line, behind so many that the line has already.
    room: fn(usize) -> usize,
    /// What stands inside the brackets of an object on one line.
    space: &'static str,
}

/// A file for review: lines have at most 120 characters, but for texts and numbers that are longer. One is for the comma.
const REVIEW: Style = Style {
    room: |taken| 120_usize.saturating_sub(taken + 1),
    space: "",
};

/// An example on a page, where lines are short.
const EXAMPLE: Style = Style {
    room: |_| 60,
    space: " ",
};

/// The members of a file, the first of them in its first line, where the mark is looked for.
pub(super) fn file(members: &[(String, Json)]) -> String {
    let mut text = String::from("{");
    for (index, (name, value)) in members.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { ",\n  " });
        member(&mut text, name, value, 2, &REVIEW);
    }
    text.push_str("\n}\n");
    text
}

/// An example, a line for each of its members.
pub(super) fn example(json: &Json) -> String {
    let mut text = String::new();
    on_lines(&mut text, json, 0, &EXAMPLE);
    text
}

fn member(text: &mut String, name: &str, value: &Json, indent: usize, style: &Style) {
    text.push_str(&format!("{}: ", Quoted(name)));
    write(text, value, indent, style);
}

/// Writes a value, on the line where that has room for it.
fn write(text: &mut String, value: &Json, indent: usize, style: &Style) {
    let start = text.len();
    let line = text.rfind('\n').map_or(0, |end| end + 1);
    let room = (style.room)(characters(text, line));
    if on_one_line(text, value, (start, room), style) {
        return;
    }
    text.truncate(start);
    on_lines(text, value, indent, style);
}

/// Writes a line for each item and each member.
fn on_lines(text: &mut String, value: &Json, indent: usize, style: &Style) {
    let below = indent + 2;
    let broken = |text: &mut String, index: usize| {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.extend(std::iter::repeat_n(' ', below));
    };
    match value {
        Json::Array(items) if !items.is_empty() => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                broken(text, index);
                write(text, item, below, style);
            }
            end(text, indent, ']');
        }
        Json::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                broken(text, index);
                member(text, name, value, below, style);
            }
            end(text, indent, '}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

fn end(text: &mut String, indent: usize, bracket: char) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
    text.push(bracket);
}

/// Writes a value on the line as long as there is room for so many characters from a place on, and says whether there was.
fn on_one_line(
    text: &mut String,
    value: &Json,
    (start, room): (usize, usize),
    style: &Style,
) -> bool {
    match value {
        Json::Array(items) if !items.is_empty() => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                if !on_one_line(text, item, (start, room), style) {
                    return false;
                }
            }
            text.push(']');
        }
        Json::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                text.push_str(if index == 0 { style.space } else { ", " });
                text.push_str(&format!("{}: ", Quoted(name)));
                if !on_one_line(text, value, (start, room), style) {
                    return false;
                }
            }
            text.push_str(style.space);
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
    characters(text, start) <= room
}

fn characters(text: &str, from: usize) -> usize {
    text.get(from..).map_or(0, |text| text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_a_line_stands_on_one() {
        let long = || Json::from_iter(["a"; 40]);
        let members = [
            ("$comment", "mark".into()),
            ("short", Json::from_iter(["x", "y"])),
            ("long", long()),
            ("nested", Json::Object(vec![("inner".into(), long())])),
        ];
        let members = members.map(|(name, value)| (name.to_owned(), value));
        let text = file(&members);
        assert!(text.starts_with(
            "{\"$comment\": \"mark\",\n  \"short\": [\"x\", \"y\"],\n  \"long\": [\n    \"a\",\n"
        ));
        assert!(text.contains("  \"nested\": {\n    \"inner\": [\n      \"a\",\n"));
        assert!(text.ends_with("\n      \"a\"\n    ]\n  }\n}\n"), "{text}");
    }

    #[test]
    fn an_example_has_a_line_for_what_is_short() {
        let text = |text: &str| Json::String(text.to_owned());
        let member = |name: &str, value: Json| (name.to_owned(), value);
        let json = Json::Object(vec![
            member("event", text("a \"b\"")),
            member("none", Json::Object(Vec::new())),
            member("some", Json::Array(vec![Json::Bool(true), Json::Null])),
            member(
                "long",
                Json::Array(vec![Json::Object(vec![member("a", text(&"b".repeat(60)))])]),
            ),
        ]);
        let long = "b".repeat(60);
        let expected = format!(
            "{{\n  \"event\": \"a \\\"b\\\"\",\n  \"none\": {{}},\n  \"some\": [true, null],\n  \"long\": [\n    {{\n      \"a\": \"{long}\"\n    }}\n  ]\n}}"
        );
        assert_eq!(example(&json), expected);
    }
}
