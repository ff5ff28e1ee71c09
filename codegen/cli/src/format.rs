//! The one style that schema files are written in: text in, text out.
//!
//! ```text
//! tree (with comments) → mend → print → the same tree again?
//! ```
//!
//! Comments, the order of things and what every value says stay as they are. That is not only meant: what was printed
//! is read again, and is handed out only if it says the same.

mod mend;
mod print;
mod scalar;
mod tree;

use std::borrow::Cow;
use std::fmt;

use tree::Document;

/// Lines are at most this long, in characters, where breaking a bracket can make them so.
const WIDTH: usize = 120;

/// What is space to YAML. Any other, such as one that does not break, is text.
const SPACE: [char; 3] = [' ', '\t', '\n'];

/// Why a text cannot be formatted; nothing was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unformatted {
    /// The byte of the text where reading it ended.
    pub offset: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for Unformatted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Unformatted {}

/// The same schema file in the one style. A text that has it already is given back as it is.
///
/// # Errors
/// If the text is not YAML, or has what schema files cannot have: several documents, anchors, tags, directives,
/// or keys that are not text on one line.
pub fn format(text: &str) -> Result<String, Unformatted> {
    let text = &with_line_feeds(text);
    let mut document = Document::read(text)?;
    mend::mend(&mut document);
    let formatted = print::print(text, &document);
    match Document::read(&formatted) {
        Ok(again) if again.says_the_same(&document) => Ok(formatted),
        _ => Err(Unformatted {
            offset: 0,
            reason: "no layout was found that keeps all of this file; it may well be right as it is, and the fault is eventc's"
                .to_owned(),
        }),
    }
}

/// Without a byte order mark, and with `\n` at the end of every line, which is what YAML makes of the other ends. The
/// last line gets one, too: a block of text that ends with the file has it anyway.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut text = Cow::from(text);
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n").into();
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.to_mut().push('\n');
    }
    text
}
