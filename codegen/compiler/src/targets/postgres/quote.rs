//! Schema text as SQL writes it. The only place where it becomes SQL.

use std::fmt;

/// A name in its quotes: `"occurred_at"`.
#[derive(Debug, Clone, Copy)]
pub struct Ident<'t>(pub &'t str);

impl fmt::Display for Ident<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        f.write_str(&self.0.replace('"', "\"\"").replace('\0', REPLACEMENT))?;
        f.write_str("\"")
    }
}

/// Text as a literal: `'it''s'`.
///
/// What could be read in two ways (a backslash, by `standard_conforming_strings`) or not be seen at all (control and bidi
/// characters) is escaped, in an `E''` literal. PostgreSQL has no U+0000 in text; it becomes U+FFFD.
#[derive(Debug, Clone, Copy)]
pub struct Literal<'t>(pub &'t str);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.contains(needs_escape) {
            return write!(f, "'{}'", self.0.replace('\'', "''"));
        }
        f.write_str("E'")?;
        for c in self.0.chars() {
            match c {
                '\'' => f.write_str("''")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                '\0' => f.write_str(REPLACEMENT)?,
                c if needs_escape(c) => write!(f, "\\u{:04x}", c as u32)?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        f.write_str("'")
    }
}

const REPLACEMENT: &str = "\u{fffd}";

fn needs_escape(c: char) -> bool {
    let is_hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    c == '\\' || c.is_control() || is_hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_inside_its_quotes() {
        assert_eq!(Ident("a\"; drop").to_string(), "\"a\"\"; drop\"");
        assert_eq!(Literal("it's $$ -- /*").to_string(), "'it''s $$ -- /*'");
        assert_eq!(
            Literal("\\'; drop\n\u{202e}\0\r").to_string(),
            "E'\\\\''; drop\\n\\u202e\u{fffd}\\u000d'"
        );
    }
}
