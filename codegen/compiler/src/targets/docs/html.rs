//! Schema text as HTML and as JavaScript write it. The only place where it becomes either.

use std::fmt;

use crate::diagnostic::is_hidden;

/// Text between tags, and between the double quotes of an attribute.
///
/// What is not seen, or turns the direction of what stands beside it, is shown as what it is: `U+202E`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t>(pub(super) &'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |f: &mut fmt::Formatter<'_>, c| write!(f, "U+{:04X}", c as u32);
        write_escaped(
            f,
            self.0,
            |c| matches!(c, '&' | '<' | '>' | '"' | '\''),
            shown,
        )
    }
}

/// Text in a block of code, where quotes stand as they are, and what is not seen is an escape of that code: `\u202e`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code<'t>(pub(super) &'t str);

impl fmt::Display for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |f: &mut fmt::Formatter<'_>, c| write!(f, "\\u{:04x}", c as u32);
        write_escaped(f, self.0, |c| matches!(c, '&' | '<' | '>'), shown)
    }
}

/// Escapes what is special where the text stands; what would not be seen is `shown`.
fn write_escaped(
    f: &mut fmt::Formatter<'_>,
    text: &str,
    is_special: impl Fn(char) -> bool,
    shown: impl Fn(&mut fmt::Formatter<'_>, char) -> fmt::Result,
) -> fmt::Result {
    let mut rest = text;
    while let Some(place) = rest.find(|c| is_special(c) || is_shown(c)) {
        let (plain, special) = rest.split_at(place);
        f.write_str(plain)?;
        let mut chars = special.chars();
        match chars.next() {
            Some('&') => f.write_str("&amp;")?,
            Some('<') => f.write_str("&lt;")?,
            Some('>') => f.write_str("&gt;")?,
            Some('"') => f.write_str("&quot;")?,
            Some('\'') => f.write_str("&#39;")?,
            Some(c) => shown(f, c)?,
            None => {}
        }
        rest = chars.as_str();
    }
    f.write_str(rest)
}

/// Whether a character is written as its number. Ends of lines, tabs and hard spaces are what they look like.
fn is_shown(c: char) -> bool {
    is_hidden(c) && !matches!(c, '\n' | '\t' | '\u{a0}')
}

/// Text as a literal of JavaScript that ends neither its quotes nor its script.
#[derive(Debug, Clone, Copy)]
pub(super) struct Literal<'t>(pub(super) &'t str);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                c if c == '<' || is_hidden(c) => write!(f, "\\u{{{:x}}}", c as u32)?,
                c => write!(f, "{c}")?,
            }
        }
        f.write_str("\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let hostile = "</script><b a=\"'\">&\u{202e}\u{7}\n";
        assert_eq!(
            Text(hostile).to_string(),
            "&lt;/script&gt;&lt;b a=&quot;&#39;&quot;&gt;&amp;U+202EU+0007\n"
        );
        assert_eq!(
            Code("</a \"'>\u{202e}").to_string(),
            "&lt;/a \"'&gt;\\u202e"
        );
        assert_eq!(
            Literal(hostile).to_string(),
            r#""\u{3c}/script>\u{3c}b a=\"'\">&\u{202e}\u{7}\n""#
        );
    }
}
