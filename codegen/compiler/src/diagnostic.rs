//! What is wrong, where, why it matters and what to do.

mod code;
mod render;
mod suggest;

pub use code::Code;
pub use render::{Style, render};
pub use suggest::nearest;
pub(crate) use suggest::{Folded, differs_in_case};

use crate::source::{Sources, Span};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated until it is mended.
    Error,
    /// Worth a look; code is generated all the same.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem of a schema.
#[derive(Debug, Clone)]
#[must_use]
pub struct Diagnostic {
    /// The rule that was broken.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The places: the first is the one to mend. None if the problem is a missing file.
    pub labels: Vec<Label>,
    /// Why it matters.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
    /// An edit that mends it for certain.
    pub edit: Option<Edit>,
}

/// A place, and what is to be seen there.
#[derive(Debug, Clone)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// Text to put in the place of other text.
#[derive(Debug, Clone)]
pub struct Edit {
    /// What to replace.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

impl Diagnostic {
    /// An error at `span`.
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        let mut diagnostic = Self::without_place(code, message);
        diagnostic.labels.push(Label {
            span,
            text: String::new(),
        });
        diagnostic
    }

    /// An error that no line of any file shows.
    pub(crate) fn without_place(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: readable(message.into()),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            edit: None,
        }
    }

    /// Says what is to be seen at the first place.
    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = readable(text.into());
        }
        self
    }

    /// Shows another place.
    pub(crate) fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: readable(text.into()),
        });
        self
    }

    /// Says why it matters.
    pub(crate) fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(readable(text.into()));
        self
    }

    /// Says what to do.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(readable(text.into()));
        self
    }

    /// Says `did you mean` if `candidates` has a name close to `found`, and offers the edit.
    pub(crate) fn suggest<'a>(
        self,
        found: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        match nearest(found, candidates) {
            Some(name) => self.suggest_exactly(name),
            None => self,
        }
    }

    /// Says `did you mean` if `candidates` has a name close to `found`, and else `help`.
    pub(crate) fn suggest_or<'a>(
        self,
        found: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        help: impl Into<String>,
    ) -> Self {
        match nearest(found, candidates) {
            Some(name) => self.suggest_exactly(name),
            None => self.help(help),
        }
    }

    /// Says `did you mean` and offers the edit of the first place.
    pub(crate) fn suggest_exactly(mut self, name: &str) -> Self {
        self = self.help(format!("did you mean `{name}`?"));
        self.edit = self.labels.first().map(|label| Edit {
            span: label.span,
            replacement: name.to_owned(),
        });
        self
    }

    /// Offers an edit, under what the last help says.
    pub(crate) fn edit(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.edit = Some(Edit {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// Makes it a warning.
    pub(crate) fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The first place, which is where the problem is to be mended.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// A word with its article: "an event".
pub(crate) fn with_article(name: &str) -> String {
    let is_vowel = name
        .trim_start_matches('`')
        .starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    // Read aloud, `f64` begins with a vowel.
    let is_float = matches!(name, "`f32`" | "`f64`");
    format!("{} {name}", if is_vowel || is_float { "an" } else { "a" })
}

/// Names between backticks, with commas.
pub(crate) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// A name in quotes with its article: "an `i64`".
pub(crate) fn a_quoted(name: &str) -> String {
    with_article(&format!("`{name}`"))
}

/// A line as a terminal may show it: what is not seen is spelt out, and what is endless is cut.
fn readable(text: String) -> String {
    const LONGEST: usize = 400;
    let is_short = text.len() <= LONGEST;
    if is_short && !text.contains(is_hidden) {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    let readable = inert(&start).replace('\n', "\\n");
    readable + if is_short { "" } else { " …" }
}

/// Text of a schema, a server or a stranger on a terminal: it can neither steer it nor hide in it. Its lines stay lines.
pub fn inert(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push('\n'),
            c if is_hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// Whether a character is not seen where it stands, or changes what is seen beside it.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The diagnostics of one run.
///
/// There may be a million of them, which nobody reads: from some number on they are counted alone.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    errors: usize,
    /// The errors among them that are not in the list.
    omitted: usize,
}

/// So many errors of one run are kept, and as many warnings.
const MOST_KEPT: usize = 1_000;

impl Diagnostics {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let is_error = diagnostic.severity == Severity::Error;
        let errors = self.errors - self.omitted;
        let alike = if is_error {
            errors
        } else {
            self.list.len() - errors
        };
        self.errors += usize::from(is_error);
        if alike < MOST_KEPT {
            self.list.push(diagnostic);
        } else {
            self.omitted += usize::from(is_error);
        }
    }

    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics
            .into_iter()
            .for_each(|diagnostic| self.push(diagnostic));
    }

    /// Says more about the last problem.
    pub(crate) fn amend_last(&mut self, amend: impl FnOnce(Diagnostic) -> Diagnostic) {
        let last = self.list.pop();
        self.list.extend(last.map(amend));
    }

    /// Adds what was found elsewhere.
    pub(crate) fn append(&mut self, other: Self) {
        self.extend(other.list);
        self.errors += other.omitted;
        self.omitted += other.omitted;
    }

    /// Whether it was said that a rule is broken at a place.
    pub(crate) fn has(&self, code: Code, span: Span) -> bool {
        let said =
            |diagnostic: &Diagnostic| diagnostic.code == code && diagnostic.span() == Some(span);
        self.list.iter().any(said)
    }

    /// What must be mended, as far as it was found.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        self.list.iter().filter(is_error)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors are not in the list.
    pub(crate) fn omitted(&self) -> usize {
        self.omitted
    }

    /// All of them in file and line order, each place and rule once.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list
            .sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
        self.list
            .dedup_by(|a, b| a.code == b.code && a.span() == b.span() && a.message == b.message);
        self.list
    }
}

/// One line for each diagnostic: `schema/a.yaml:3:5: error[E0201]: …`.
pub fn render_short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = match diagnostic.span() {
        Some(span) => {
            let file = sources.file(span.file);
            format!(
                "{}:{}: ",
                readable(sources.shown(&file.path)),
                file.position(span.start)
            )
        }
        None => String::new(),
    };
    format!(
        "{place}{}[{}]: {}",
        diagnostic.severity.word(),
        diagnostic.code,
        diagnostic.message
    )
}

#[cfg(test)]
mod tests {
    use super::with_article;

    #[test]
    fn an_article_is_as_it_is_read() {
        for name in ["event", "`i64`", "`ip`", "`f64`", "`Amount`"] {
            assert_eq!(with_article(name), format!("an {name}"));
        }
        for name in ["type", "`u8`", "`uuid`", "`bool`", "`UserId`"] {
            assert_eq!(with_article(name), format!("a {name}"));
        }
    }
}
