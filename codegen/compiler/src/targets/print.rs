//! JSON as people read it in review: what fits a line stands on one.

use crate::json::Json;

/// A line has at most so many characters, but for texts and numbers that are longer.
const WIDTH: usize = 120;

/// The members of a file, the first of them in its first line, where the mark is looked for.
pub(super) fn file(members: &[(String, Json)]) -> String {
    let mut text = String::from("{");
    for (index, (name, value)) in members.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { ",\n  " });
        member(&mut text, name, value, 2);
    }
    text.push_str("\n}\n");
    text
}

fn member(text: &mut String, name: &str, value: &Json, indent: usize) {
    text.push_str(&Json::from(name).to_string());
    text.push_str(": ");
    let taken = text.len() - text.rfind('\n').map_or(0, |end| end + 1);
    write(text, value, indent, taken);
}

/// Writes a value, of which the line has so many bytes before it.
fn write(text: &mut String, value: &Json, indent: usize, taken: usize) {
    let start = text.len();
    // The comma behind it.
    let room = WIDTH.saturating_sub(taken + 1);
    if on_one_line(text, value, start + room) {
        return;
    }
    text.truncate(start);
    let below = indent + 2;
    let broken = |text: &mut String, index: usize| {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.extend(std::iter::repeat_n(' ', below));
    };
    match value {
        Json::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                broken(text, index);
                write(text, item, below, below);
            }
            end(text, indent, ']');
        }
        Json::Object(members) => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                broken(text, index);
                member(text, name, value, below);
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

/// Writes a value on the line as long as that has room, and says whether it had.
fn on_one_line(text: &mut String, value: &Json, most: usize) -> bool {
    match value {
        Json::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                if !on_one_line(text, item, most) {
                    return false;
                }
            }
            text.push(']');
        }
        Json::Object(members) => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                text.push_str(&Json::from(name.as_str()).to_string());
                text.push_str(": ");
                if !on_one_line(text, value, most) {
                    return false;
                }
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
    text.len() <= most
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
}
