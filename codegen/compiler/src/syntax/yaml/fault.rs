//! What the parser did not understand, in the words of someone who edits the file.

use granit_parser::{ErrorKind, ScanError};

use super::words::{by_kind, is_about_a_tab, leaves_bracket_open, tab, too_deep, unclosed_quote};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// What is known where the parser stopped.
pub(super) struct Surroundings<'s> {
    pub(super) file: FileId,
    pub(super) text: &'s str,
    /// Where the part of it begins that the parser reads.
    pub(super) part: usize,
    /// Where the last event ended: the parser reads ahead of what it tells.
    pub(super) read: usize,
    /// The innermost bracket that is open by what the parser told.
    pub(super) bracket: Option<Span>,
}

/// What stands between the last event and the place where the parser stopped.
#[derive(Default)]
struct Ahead {
    /// Brackets that were opened and not closed.
    brackets: Vec<usize>,
    /// Where the last quoted text began.
    quote: Option<usize>,
}

impl Surroundings<'_> {
    /// Where the parser stopped, and what to say about it.
    pub(super) fn explain(&self, error: &ScanError) -> (Span, Diagnostic) {
        let at = self.part + error.marker().byte_offset().unwrap_or(0);
        let at = at.min(self.text.len());
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        let width = next
            .filter(|c| !matches!(c, '\n' | '\r'))
            .map_or(0, char::len_utf8);
        let span = self.span(at, width);
        let ahead = self.ahead(at);
        let bracket = ahead
            .brackets
            .last()
            .map(|&start| self.span(start, 1))
            .or(self.bracket);
        let diagnostic = match (error.kind(), bracket) {
            (ErrorKind::RecursionLimitExceeded, _) => too_deep(span),
            (ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar, _) => {
                unclosed_quote(span)
            }
            (kind, Some(bracket)) if leaves_bracket_open(kind) => self
                .brackets_after_a_type(span)
                .unwrap_or_else(|| self.unclosed_bracket(bracket, span, next.is_some())),
            (kind, _) if is_about_a_tab(kind) => tab(self.tab_near(span)),
            (
                ErrorKind::InvalidTrailingSingleQuotedScalar
                | ErrorKind::InvalidTrailingDoubleQuotedScalar,
                _,
            ) => self.text_after_quote(span, ahead.quote),
            (ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement, _) => {
                self.misplaced_colon(span)
            }
            (ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey, _)
                if self.is_in_block_text(span) =>
            {
                Diagnostic::new(
                    Code::YamlSyntax,
                    span,
                    "this line is not part of the text above",
                )
                .label("indented less than the text's first line")
                .help("indent it as far as the first line of the text")
            }
            (ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey, _)
                if self.is_a_key_and_its_value(span) =>
            {
                by_kind(&ErrorKind::InvalidIndentation, span)
            }
            (ErrorKind::SimpleKeyExpected, _) => self.no_entry(span),
            (ErrorKind::UnexpectedCharacter { character }, _) if character.is_control() => {
                self.control_character(*character, span)
            }
            (kind, _) => self
                .question_mark_after_a_bracket(span)
                .unwrap_or_else(|| by_kind(kind, span)),
        };
        (span, diagnostic)
    }

    /// The line in which a place stands, and where it begins.
    fn line(&self, span: Span) -> (&str, usize) {
        let at = span.start as usize;
        let before = self.text.get(..at).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = self.text.get(start..).unwrap_or("");
        (rest.lines().next().unwrap_or(""), start)
    }

    /// The line above the one in which a place stands, and where it begins.
    fn line_above(&self, span: Span) -> Option<(&str, usize)> {
        let (_, start) = self.line(span);
        // Not `trim_end`: a no-break space is part of what the line says.
        let above = self
            .text
            .get(..start)?
            .trim_end_matches([' ', '\t', '\r', '\n']);
        let line = above.rsplit('\n').next()?;
        Some((line, above.len() - line.len()))
    }

    fn is_a_key_and_its_value(&self, span: Span) -> bool {
        let (line, _) = self.line(span);
        let key = line.trim().split_once(": ").map(|(key, _)| key);
        key.or(line.trim().strip_suffix(':')).is_some_and(is_name)
    }

    /// Whether the nearest line above with less before it begins a block of text.
    fn is_in_block_text(&self, span: Span) -> bool {
        let (line, start) = self.line(span);
        let above = self.text.get(..start).unwrap_or("").lines().rev();
        let mut outer = above.filter(|above| !above.trim().is_empty());
        outer
            .find(|above| indentation(above) < indentation(line))
            .and_then(|above| above.split_whitespace().next_back())
            .is_some_and(|last| matches!(last, "|" | ">" | "|-" | ">-"))
    }

    /// The rule: what is not printable has no place in a schema.
    fn control_character(&self, character: char, near: Span) -> Diagnostic {
        let rest = self.text.get(near.start as usize..).unwrap_or("");
        let at = near.start as usize + rest.find(character).unwrap_or(0);
        let message = format!("a control character (U+{:04X})", u32::from(character));
        Diagnostic::new(
            Code::YamlSyntax,
            self.span(at, character.len_utf8()),
            message,
        )
        .label("not printable")
        .help("remove it")
    }

    /// `channel: [web, ios]?`
    fn question_mark_after_a_bracket(&self, span: Span) -> Option<Diagnostic> {
        let (before, rest) = self.text.split_at_checked(span.start as usize)?;
        let (key, value) = self.line(span).0.trim().split_once(": ")?;
        // What a `with` lists has its own `?`.
        let is_field = is_name(key) && key != "with";
        let is_meant = rest.starts_with('?') && before.ends_with([']', '}']) && is_field;
        let value = value.strip_suffix('?')?;
        is_meant.then(|| {
            let message = "the `?` belongs to the name of the field";
            Diagnostic::new(Code::YamlSyntax, span, message)
                .label("not part of a value")
                .help(format!("write `{key}?: {value}`"))
        })
    }

    /// The rule: a list is `list<T>`. In `{ … }` the brackets of `i64[]` end the reading.
    fn brackets_after_a_type(&self, span: Span) -> Option<Diagnostic> {
        let (before, rest) = self.text.split_at_checked(span.start as usize)?;
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
        (rest.starts_with("[]") && !word.is_empty()).then(|| {
            let place = self.span(span.start as usize - word.len(), word.len() + 2);
            Diagnostic::new(Code::TypeSyntax, place, format!("`{word}[]` is not a type"))
                .label("not a type")
                .help(format!("a list is written `list<{word}>`"))
        })
    }

    fn span(&self, start: usize, len: usize) -> Span {
        Span {
            file: self.file,
            start: start as u32,
            end: (start + len) as u32,
        }
    }

    /// Reads brackets, quotes and comments up to an offset, which no event has told of yet.
    fn ahead(&self, at: usize) -> Ahead {
        let mut ahead = Ahead::default();
        let (mut before, mut open, mut comment) = (' ', None, false);
        for (offset, c) in self.text.get(self.read..at).unwrap_or("").char_indices() {
            match (c, open) {
                ('\n', _) => comment = false,
                _ if comment => {}
                (c, Some(quote)) if c == quote => open = None,
                (_, Some(_)) => {}
                ('#', None) if before.is_whitespace() => comment = true,
                ('"' | '\'', None) if !before.is_alphanumeric() => {
                    open = Some(c);
                    ahead.quote = Some(self.read + offset);
                }
                ('[' | '{', None) => ahead.brackets.push(self.read + offset),
                (']' | '}', None) => {
                    ahead.brackets.pop();
                }
                _ => {}
            }
            before = c;
        }
        ahead
    }

    /// The rule: every bracket is closed.
    fn unclosed_bracket(&self, bracket: Span, stopped: Span, has_more: bool) -> Diagnostic {
        let bracket = Span {
            end: bracket.start + 1,
            ..bracket
        };
        let found = self
            .text
            .get(bracket.start as usize..bracket.end as usize)
            .unwrap_or("[");
        let closing = if found == "{" { "}" } else { "]" };
        let message = format!("this `{found}` is not closed");
        let mut diagnostic = Diagnostic::new(Code::Unclosed, bracket, message).label("opens here");
        if stopped.start > bracket.start && has_more {
            diagnostic = diagnostic.also(stopped, format!("expected `,` or `{closing}` by here"));
        }
        diagnostic = diagnostic.help(format!(
            "close it with `{closing}`, or add the missing comma"
        ));
        // At the end of the file the parser stops at the bracket itself.
        let (line, start) = self.line(bracket);
        let end = (start + line.len()).max(stopped.start as usize);
        let between = self.text.get(bracket.start as usize..end);
        if between.is_some_and(|between| between.contains('<')) {
            diagnostic = diagnostic.help("quote a type with a comma, such as `'map<string, i64>'`, or put it on a line of its own");
        }
        diagnostic
    }

    /// A quote in the middle of quoted text closes it; one that was forgotten is closed by the next one, lines below.
    fn text_after_quote(&self, span: Span, quote: Option<usize>) -> Diagnostic {
        let is_apostrophe = self
            .text
            .get(..span.start as usize)
            .is_some_and(|before| before.ends_with('\''));
        let help = if is_apostrophe {
            "write a quote inside single quotes twice: `'it''s'`"
        } else {
            "put the whole text in quotes: single ones, if there are double ones in it"
        };
        let opened_above = quote.filter(|&quote| {
            self.text
                .get(quote..span.start as usize)
                .is_some_and(|between| between.contains('\n'))
        });
        match opened_above {
            Some(quote) => unclosed_quote(self.span(quote, 1)).also(span, "the next quote is here"),
            None => Diagnostic::new(Code::YamlSyntax, span, "text follows the closing quote")
                .label("here")
                .help(help),
        }
    }

    /// A `:` where no key can be: mostly the line above is to blame, whose own `:` has no space behind it.
    fn misplaced_colon(&self, span: Span) -> Diagnostic {
        if let Some(colon) = self.colon_without_space(span) {
            return Diagnostic::new(Code::YamlSyntax, colon, "no space follows this `:`")
                .label("read as text, not as the end of a key")
                .also(span, "so this line goes on with that text")
                .help("write a space after the `:`");
        }
        if let Some((name, at)) = self.key_without_colon(span) {
            return Diagnostic::new(Code::YamlSyntax, at, format!("`{name}` has no `:`"))
                .label("read as text, not as a key")
                .also(span, "so this line goes on with that text")
                .help(format!("write `{name}:`"));
        }
        if let Some(line) = self.no_entry_above(span) {
            return self.no_entry(line);
        }
        let (line, start) = self.line(span);
        let is_first = line.find(':').map(|colon| start + colon) == Some(span.start as usize);
        if is_first && self.is_a_key_and_its_value(span) {
            return by_kind(&ErrorKind::InvalidIndentation, span)
                .help("or put the text above in quotes, if this line goes on with it");
        }
        Diagnostic::new(Code::YamlSyntax, span, "a `:` stands where no key can be")
            .label("here")
            .help("text with `: ` in it needs quotes, or a block: `description: |`; or the indentation of this line is off")
    }

    /// The `:` of a line above that begins with `key:value`.
    fn colon_without_space(&self, span: Span) -> Option<Span> {
        let (line, start) = self.line_above(span)?;
        let (name, rest) = line.trim_start().split_once(':')?;
        let is_key = is_name(name) && !rest.starts_with([' ', '/']) && !rest.is_empty();
        is_key.then(|| self.span(start + indentation(line) + name.len(), 1))
    }

    /// The line above, if it is a lone name and this one stands below it.
    fn key_without_colon(&self, span: Span) -> Option<(&str, Span)> {
        let (line, start) = self.line_above(span)?;
        let name = line.trim();
        let is_key = is_name(name) && indentation(line) < indentation(self.line(span).0);
        is_key.then(|| (name, self.span(start + indentation(line), name.len())))
    }

    /// A line that is no entry: mostly a name without its `:`.
    fn no_entry(&self, span: Span) -> Diagnostic {
        let (line, start) = self.line(span);
        let name = line.trim();
        if !is_name(name) {
            return by_kind(&ErrorKind::SimpleKeyExpected, span);
        }
        let place = self.span(start + indentation(line), name.len());
        Diagnostic::new(Code::YamlSyntax, place, format!("`{name}` has no `:`"))
            .label("read as text, not as a key")
            .help(format!("write `{name}:`"))
    }

    /// The line above, if it stands beside this one and has no key.
    fn no_entry_above(&self, span: Span) -> Option<Span> {
        let (line, start) = self.line_above(span)?;
        let is_beside = indentation(line) == indentation(self.line(span).0);
        let is_text = !line.contains(": ") && !line.ends_with(':') && !line.trim().starts_with('#');
        (is_beside && is_text).then(|| self.span(start + indentation(line), line.trim().len()))
    }

    /// The tab that was meant by an error at `span`: the parser may stop a little before or after it.
    fn tab_near(&self, span: Span) -> Span {
        let at = span.start as usize;
        let line = self
            .text
            .get(..at)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |newline| newline + 1);
        match self.text.get(line..).and_then(|rest| rest.find('\t')) {
            Some(tab) => self.span(line + tab, 1),
            None => span,
        }
    }
}

/// Whether a text can be the name of an event, a field or a type, `?` and all.
fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '?');
    !text.is_empty() && text.chars().all(is_part)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
