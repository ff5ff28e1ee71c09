//! Words that are text here, and something else to most other programs that read YAML.

use crate::catalog::{Body, Catalog};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The rule: a name that other readers of YAML take for a boolean, a number or nothing stands in quotes.
pub(super) fn ambiguous_yaml(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for ty in &catalog.types {
        let Body::Enum(values) = &ty.body else {
            continue;
        };
        for value in &values.values {
            if let (true, Some(other)) = (
                is_plain(&value.wire, value.span),
                other_meaning(&value.wire),
            ) {
                found.push(ambiguous("value", &value.wire, value.span, other));
            }
        }
    }
    let groups = super::super::field_groups(catalog).flatten();
    // With its `?` an optional field is a word of nobody.
    let fields = groups.filter(|field| field.required);
    let fields = fields.map(|field| ("field", &field.name, field.span));
    let events = catalog.events.iter();
    let events = events.map(|event| ("event", &event.ident, event.span));
    for (what, name, span) in fields.chain(events) {
        // Coordinates are called `y`, and no reader that is in use takes that key for a boolean.
        if name.len() > 1
            && is_plain(name, span)
            && let Some(other) = other_meaning(name)
        {
            found.push(ambiguous(what, name, span, other));
        }
    }
    found
}

fn ambiguous(what: &str, name: &str, span: Span, other: &str) -> Diagnostic {
    let message = format!("other readers of YAML take the {what} `{name}` for {other}");
    Diagnostic::new(Code::AmbiguousYaml, span, message)
        .label("text here, and not everywhere")
        .help("put it in quotes, which changes nothing else")
        .edit(span, format!("'{name}'"))
}

/// Whether a text stands in its file without quotes.
fn is_plain(text: &str, span: Span) -> bool {
    (span.end - span.start) as usize == text.len()
}

/// What a plain text is in YAML 1.1, or in the core schema of YAML 1.2.
fn other_meaning(text: &str) -> Option<&'static str> {
    const BOOLEANS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false"];
    let is_one_of = |words: &[&str]| {
        text.len() <= 5 && words.iter().any(|word| text.eq_ignore_ascii_case(word))
    };
    if is_one_of(BOOLEANS) {
        Some("a boolean")
    } else if is_one_of(&["null", "~"]) {
        Some("nothing")
    } else if is_number(text) {
        Some("a number")
    } else if is_date(text) {
        Some("a date")
    } else {
        None
    }
}

/// `1`, `-1.10`, `1_000`, `1e3`, `0x1f`, and the `12:30` of YAML 1.1, which counts in sixties.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let digits = unsigned.replace('_', "");
    let based = |prefix: &str, base: u32| {
        let rest = digits.strip_prefix(prefix);
        rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(base)))
    };
    let is_clock = || {
        let mut parts = digits.split(':');
        digits.contains(':')
            && parts.all(|part| (1..=2).contains(&part.len()) && part.parse::<u8>().is_ok())
    };
    digits.parse::<f64>().is_ok()
        || based("0x", 16)
        || based("0o", 8)
        || based("0b", 2)
        || is_clock()
}

/// `2026-11-23`
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::other_meaning;

    #[test]
    fn words_of_other_readers_are_known() {
        for text in ["no", "NO", "On", "y", "true"] {
            assert_eq!(other_meaning(text), Some("a boolean"), "{text}");
        }
        for text in ["1", "007", "-1.10", "1_000", "1e3", "0x1F", "0b11", "12:30"] {
            assert_eq!(other_meaning(text), Some("a number"), "{text}");
        }
        assert_eq!(other_meaning("2026-11-23"), Some("a date"));
        assert_eq!(other_meaning("~"), Some("nothing"));
        for text in [
            "nothing", "4k", "1.2.3", "e3", "-", "", "0x", "12:", "a:b", "none",
        ] {
            assert_eq!(other_meaning(text), None, "{text}");
        }
    }
}
