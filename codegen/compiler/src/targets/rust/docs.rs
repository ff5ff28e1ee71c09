//! Doc comments. Descriptions are Markdown by strangers: nothing in them may become code, HTML or a page's end.

use std::borrow::Cow;

use crate::catalog::{Catalog, Deprecated, Docs, Event, Expect, Field, MemberDocs, Module};

/// Paragraphs and lines as the lines of an outer doc comment.
pub(super) fn outer(text: &str) -> String {
    lines(text, "///", "")
}

/// The same, inside an item.
pub(super) fn outer_indented(text: &str) -> String {
    lines(text, "///", "    ")
}

/// Lines of a module's own doc comment.
pub(super) fn inner(text: &str) -> String {
    lines(text, "//!", "")
}

fn lines(text: &str, mark: &str, indent: &str) -> String {
    let mut lines = String::with_capacity(text.len() + 64);
    for line in text.split('\n') {
        lines.push_str(indent);
        lines.push_str(mark);
        if !line.is_empty() {
            lines.push(' ');
            lines.push_str(line);
        }
        lines.push('\n');
    }
    lines
}

/// What a module says about itself.
pub(super) fn module(module: &Module) -> String {
    match &module.description {
        Some(description) => markdown(description),
        None if module.path.is_empty() => "What the whole catalog shares.".to_owned(),
        None => format!("The events of `{}`.", module.path.join(".")),
    }
}

/// An item: what its description says, then `facts`, then its place in the schema.
pub(super) fn item(docs: &Docs, facts: &str, place: &str) -> String {
    let mut text = String::new();
    if let Some(description) = &docs.description {
        text.push_str(&markdown(description));
        text.push_str("\n\n");
    }
    text.push_str(facts);
    push_place(&mut text, place);
    text
}

/// How many are expected, as a sentence after others.
pub(super) fn expected(event: &Event) -> String {
    let sentence = |expect: Expect| {
        let (least, per) = (expect.at_least, expect.per.name());
        format!(" At least {least} per {per} are expected: fewer are an alarm.")
    };
    event.expect.map_or_else(String::new, sentence)
}

/// A field or a value: its description and what else there is to know, then its place.
pub(super) fn member(
    catalog: &Catalog,
    docs: &MemberDocs,
    facts: &[String],
    place: &str,
) -> String {
    let mut text = docs
        .description
        .as_deref()
        .map(markdown)
        .unwrap_or_default();
    for fact in facts {
        text.push_str(match text.as_str() {
            "" => "",
            // A fence stands on a line of its own.
            text if text.ends_with("```") => "\n",
            _ => " ",
        });
        text.push_str(fact);
    }
    if let Some(deprecated) = &docs.deprecated {
        text.push_str(if text.is_empty() { "" } else { " " });
        text.push_str(&format!(
            "Deprecated: {}.",
            deprecation(catalog, deprecated).trim_end_matches('.')
        ));
    }
    push_place(&mut text, place);
    text
}

/// The last line of what is known about a thing.
fn push_place(text: &mut String, place: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push('`');
    text.push_str(place);
    text.push('`');
}

/// Unit, class of personal data, first version.
pub(super) fn facts(field: &Field) -> Vec<String> {
    let unit = field
        .unit
        .as_ref()
        .map(|unit| format!("In {}.", code(unit)));
    let pii = field
        .pii
        .as_ref()
        .map(|class| format!("Personal data: {}.", code(class)));
    let since = field
        .docs
        .since
        .as_ref()
        .map(|since| format!("Since {}.", code(since)));
    [unit, pii, since].into_iter().flatten().collect()
}

/// Why a thing should no longer be used.
pub(super) fn deprecation(catalog: &Catalog, deprecated: &Deprecated) -> String {
    let instead = deprecated
        .instead
        .map(|id| format!("use `{}`", catalog[id].name));
    let reason = deprecated.reason.as_deref().map(markdown);
    let parts: Vec<_> = [instead, reason].into_iter().flatten().collect();
    if parts.is_empty() {
        "no longer sent".to_owned()
    } else {
        parts.join(": ")
    }
}

/// Text between backticks.
pub(in crate::targets) fn code(text: &str) -> String {
    format!("`{}`", printable(text).replace('`', "'").replace('\n', " "))
}

/// A description with what rustdoc would run or render taken out of it: code blocks are marked as
/// text, so that none becomes a test; tags and links are escaped outside code.
pub(in crate::targets) fn markdown(text: &str) -> String {
    let text = printable(text);
    let mut markdown = String::with_capacity(text.len());
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            markdown.push('\n');
        }
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            markdown.push_str(if fenced { "```" } else { "```text" });
            fenced = !fenced;
        } else if fenced {
            markdown.push_str(line.trim_end());
        } else {
            // Four spaces would begin a block of code.
            push_escaped(&mut markdown, trimmed);
        }
    }
    if fenced {
        markdown.push_str("\n```");
    }
    markdown
}

/// One line of prose: pairs of single backticks stay code, and nothing else may begin code, a quote, a tag or a link.
fn push_escaped(markdown: &mut String, line: &str) {
    if is_plain(line) {
        markdown.push_str(line);
        return;
    }
    // Several spaces behind the mark of a list would begin a block of code.
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let runs = line
        .split(|c| c != '`')
        .filter(|run| run.len() == 1)
        .count();
    // A backtick without its partner is only a backtick.
    let (mut partners, mut in_code) = (runs / 2 * 2, false);
    let start = markdown.len();
    let mut rest = line.as_str();
    while let Some(special) = rest.find(['`', '<', '[', '~', '>']) {
        let (before, after) = rest.split_at(special);
        markdown.push_str(before);
        let run = match after.len() - after.trim_start_matches('`').len() {
            0 => 1,
            backticks => backticks,
        };
        let (token, after) = after.split_at(run);
        rest = after;
        if token == "`" && partners > 0 {
            (in_code, partners) = (!in_code, partners - 1);
            markdown.push_str(token);
        } else if in_code || (token == ">" && markdown.len() > start) {
            markdown.push_str(token);
        } else {
            token.chars().for_each(|c| markdown.extend(['\\', c]));
        }
    }
    markdown.push_str(rest);
}

/// Whether nothing in a line has a meaning in Markdown or is a space too many: so are most, and looking is cheap.
fn is_plain(line: &str) -> bool {
    let mut before = 0;
    for byte in line.bytes() {
        let is_plain = match byte {
            b'`' | b'<' | b'>' | b'[' | b'~' => false,
            b' ' => before != b' ',
            _ => byte.is_ascii_graphic(),
        };
        if !is_plain {
            return false;
        }
        before = byte;
    }
    true
}

/// Without control characters, and without those that turn the direction of text, which rustc refuses in comments.
fn printable(text: &str) -> Cow<'_, str> {
    let is_printable = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().all(is_printable) {
        return Cow::Borrowed(text);
    }
    let replace = |c: char| match c {
        '\n' => '\n',
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => ' ',
        c => c,
    };
    Cow::Owned(text.replace("\r\n", "\n").chars().map(replace).collect())
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn a_description_is_neither_code_nor_html() {
        assert_eq!(markdown("a <b> [c](d) `<e>`"), "a \\<b> \\[c](d) `<e>`");
        assert_eq!(markdown("    panic!()"), "panic!()");
        assert_eq!(markdown("```\npanic!()"), "```text\npanic!()\n```");
        assert_eq!(markdown("a\u{202e}b\rc"), "a\u{fffd}b c");
        assert_eq!(markdown("it`s <b>"), "it\\`s \\<b>");
        assert_eq!(markdown("> ~~~rust"), "\\> \\~\\~\\~rust");
        assert_eq!(markdown("-     panic!()"), "- panic!()");
        assert_eq!(markdown("> ````rust"), "\\> \\`\\`\\`\\`rust");
        assert_eq!(markdown("x ``` <script> ` `"), "x \\`\\`\\` \\<script> ` `");
    }
}
