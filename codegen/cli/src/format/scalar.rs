//! Texts: what they say, and how they are written.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use super::SPACE;

/// A text as it stands in a file.
#[derive(Debug)]
pub(super) struct Scalar<'s> {
    value: Cow<'s, str>,
    form: Form<'s>,
}

#[derive(Debug)]
enum Form<'s> {
    /// Without quotes.
    Plain(Cow<'s, str>),
    /// With its quotes.
    Quoted(Cow<'s, str>),
    Block(Block<'s>),
}

/// A text under `|` or `>`.
#[derive(Debug)]
pub(super) struct Block<'s> {
    /// `|` or `>`.
    style: char,
    /// `-` drops all line ends behind the text, `+` keeps them all.
    chomping: Option<char>,
    /// Without the indentation, and without empty lines at the end unless they are kept.
    pub(super) lines: Vec<&'s str>,
}

impl<'s> Scalar<'s> {
    /// `column` is that of the block around it.
    pub(super) fn new(
        value: Cow<'s, str>,
        style: ScalarStyle,
        source: &'s str,
        header: &'s str,
        column: usize,
    ) -> Self {
        let form = match style {
            ScalarStyle::Plain => Form::Plain(source.into()),
            ScalarStyle::SingleQuoted => Form::Quoted(source.into()),
            ScalarStyle::DoubleQuoted => Form::Quoted(in_single_quotes(source, &value)),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                Form::Block(Block::new(header, source, column))
            }
        };
        Self { value, form }
    }

    /// Text that is no one line of a file, in quotes.
    pub(super) fn quoted(value: String) -> Self {
        let source = format!("'{value}'");
        Self {
            value: value.into(),
            form: Form::Quoted(source.into()),
        }
    }

    /// Text that is no one line of a file, without quotes.
    pub(super) fn plain(value: String) -> Self {
        Self {
            value: value.clone().into(),
            form: Form::Plain(value.into()),
        }
    }

    /// What it says, if it stands without quotes.
    pub(super) fn as_plain(&self) -> Option<&str> {
        matches!(self.form, Form::Plain(_)).then_some(&*self.value)
    }

    pub(super) fn value(&self) -> &str {
        &self.value
    }

    pub(super) fn as_block(&self) -> Option<&Block<'s>> {
        match &self.form {
            Form::Block(block) => Some(block),
            Form::Plain(_) | Form::Quoted(_) => None,
        }
    }

    /// Quotes count: `'1'` is text everywhere and `1` is not.
    pub(super) fn says_the_same(&self, other: &Scalar<'_>) -> bool {
        self.value == other.value && self.as_plain().is_some() == other.as_plain().is_some()
    }

    pub(super) fn is_one_line(&self) -> bool {
        match &self.form {
            Form::Plain(source) | Form::Quoted(source) => !source.contains('\n'),
            Form::Block(_) => false,
        }
    }

    /// As it stands inside brackets on one line; none if it cannot.
    pub(super) fn in_brackets(&self) -> Option<&str> {
        match &self.form {
            // Of several lines without an empty one between them, YAML makes one with spaces.
            Form::Plain(_) if self.value.contains([',', '[', ']', '{', '}', '\n']) => None,
            Form::Plain(_) => Some(&self.value),
            Form::Quoted(source) => (!source.contains('\n')).then_some(source),
            Form::Block(_) => None,
        }
    }

    /// Its lines without their indentation, as they stand outside of brackets; a block has none here.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let source = match &self.form {
            Form::Plain(source) | Form::Quoted(source) => source.as_ref(),
            Form::Block(_) => "",
        };
        source.split('\n').map(|line| {
            let line = line.trim_start_matches(SPACE);
            let trimmed = line.trim_end_matches(SPACE);
            // A backslash before a space makes text of it.
            let escaped = usize::from(trimmed.ends_with('\\') && trimmed.len() < line.len());
            line.get(..trimmed.len() + escaped).unwrap_or(line)
        })
    }
}

impl<'s> Block<'s> {
    fn new(header: &'s str, source: &'s str, column: usize) -> Self {
        let marks = header.split(['#', ' ', '\t']).next().unwrap_or("");
        let explicit = marks.chars().find_map(|mark| mark.to_digit(10));
        let first = source
            .lines()
            .find(|line| !line.trim_matches(' ').is_empty());
        let indentation = match explicit {
            Some(digit) => column + digit as usize,
            None => first.map_or(usize::MAX, |line| {
                line.len() - line.trim_start_matches(' ').len()
            }),
        };
        let chomping = marks.chars().find(|mark| matches!(mark, '-' | '+'));
        // The spaces behind the last line end are the next thing's indentation.
        let whole = match source.rfind('\n') {
            Some(end)
                if source
                    .get(end..)
                    .unwrap_or("")
                    .trim_matches(SPACE)
                    .is_empty() =>
            {
                source.get(..end).unwrap_or("")
            }
            _ => source,
        };
        let mut lines: Vec<_> = whole
            .split('\n')
            .map(|line| {
                let spaces = line.len() - line.trim_start_matches(' ').len();
                line.get(spaces.min(indentation)..).unwrap_or("")
            })
            .collect();
        if source.is_empty() {
            lines.clear();
        }
        if chomping != Some('+') {
            while lines.last().is_some_and(|line| line.is_empty()) {
                lines.pop();
            }
        }
        Self {
            style: if marks.starts_with('>') { '>' } else { '|' },
            chomping,
            lines,
        }
    }

    /// What stands behind the key, where the text is indented by two more than the key.
    pub(super) fn header(&self) -> String {
        let mut header = String::from(self.style);
        let first = self.lines.iter().find(|line| !line.is_empty());
        // YAML would take these spaces for indentation.
        if first.is_some_and(|line| line.starts_with(' ')) {
            header.push('2');
        }
        header.extend(self.chomping);
        header
    }

    /// Whether empty lines behind the text are part of it.
    pub(super) fn keeps_line_ends(&self) -> bool {
        self.chomping == Some('+')
    }
}

/// Text in double quotes, in single ones if it needs nothing of what only double ones can do.
fn in_single_quotes<'s>(source: &'s str, value: &str) -> Cow<'s, str> {
    let mut characters = source.chars();
    let mut is_simple = true;
    while let Some(c) = characters.next() {
        is_simple &= c != '\\' || matches!(characters.next(), Some('\\' | '"'));
    }
    if is_simple && !source.contains(['\'', '\n']) {
        format!("'{value}'").into()
    } else {
        source.into()
    }
}
