//! Schema text as Markdown. Nothing else puts it onto a page.
//!
//! Descriptions are Markdown already; what they could do to the page around them is taken out as it is for the docs of Rust.

use std::fmt::Write as _;

use super::super::rust::docs;
use crate::diagnostic::is_hidden;

/// A description with its paragraphs.
pub(super) fn blocks(text: &str) -> String {
    docs::markdown(text)
}

/// A description in a cell of a table.
pub(super) fn cell(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    docs::markdown(&words.join(" ")).replace('|', "\\|")
}

/// Text as it stands in the schema; good for a cell, too.
pub(super) fn code(text: &str) -> String {
    docs::code(text).replace('|', "\\|")
}

/// A block of JSON, of which no line begins with a fence.
pub(super) fn json(text: &str) -> String {
    let mut block = String::from("```json\n");
    for c in text.chars() {
        let _ = match c {
            '\n' => writeln!(block),
            c if is_hidden(c) => write!(block, "\\u{:04x}", c as u32),
            c => write!(block, "{c}"),
        };
    }
    block.push_str("\n```\n");
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_in_its_cell() {
        assert_eq!(cell("a | <b>\nc `d|e`"), "a \\| \\<b> c `d\\|e`");
        assert_eq!(code("a`|b\n"), "`a'\\|b `");
        assert_eq!(json("\"\u{202e}\""), "```json\n\"\\u202e\"\n```\n");
    }
}
