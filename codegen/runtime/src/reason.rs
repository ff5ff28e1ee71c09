//! Why a value was refused: the words that `Refusal` and `Invalid` share.

use std::borrow::Cow;
use std::fmt;

use crate::node::Node;

/// Longer texts are cut: an error must stay short whatever was sent.
const SHOWN: usize = 40;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// `expected a uuid, found 5`
    Expected {
        expected: Cow<'static, str>,
        found: Found,
    },
    /// ``a `UserId` has 1 to 64 characters, this has 0``
    Rule { says: &'static str, this: Found },
    /// Words of their own.
    Said(Cow<'static, str>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// Says what it was and shows it; the second is what remains where it must not be shown.
    Shown(String, &'static str),
    /// Nothing in it is a secret.
    Kind(Cow<'static, str>),
}

impl Reason {
    pub(crate) fn expected(expected: impl Into<Cow<'static, str>>, node: &Node<'_>) -> Self {
        Reason::Expected {
            expected: expected.into(),
            found: Found::node(node),
        }
    }

    pub(crate) fn text(expected: impl Into<Cow<'static, str>>, text: &str) -> Self {
        Reason::Expected {
            expected: expected.into(),
            found: Found::text(text),
        }
    }

    pub(crate) fn nothing(expected: impl Into<Cow<'static, str>>) -> Self {
        Reason::Expected {
            expected: expected.into(),
            found: Found::Kind(Cow::Borrowed("nothing")),
        }
    }

    /// Forgets the value, keeps what kind of value it was.
    pub(crate) fn hide(&mut self) {
        if let Reason::Expected { found, .. } | Reason::Rule { this: found, .. } = self
            && let Found::Shown(_, kind) = found
        {
            *found = Found::Kind(Cow::Borrowed(kind));
        }
    }
}

impl Found {
    pub(crate) fn text(text: &str) -> Self {
        let kind = if text.is_empty() {
            "an empty text"
        } else {
            "another text"
        };
        Found::Shown(quoted(text), kind)
    }

    pub(crate) fn shown(value: impl fmt::Display, kind: &'static str) -> Self {
        Found::Shown(value.to_string(), kind)
    }

    pub(crate) fn node(node: &Node<'_>) -> Self {
        match node {
            Node::Null => Found::Kind(Cow::Borrowed("null")),
            Node::Bool(value) => Found::shown(value, "a boolean"),
            Node::I64(value) => Found::shown(value, "another number"),
            Node::U64(value) => Found::shown(value, "another number"),
            Node::F64(value) => Found::shown(format_args!("{value:?}"), "another number"),
            Node::Str(value) => Found::text(value),
            Node::Bytes(_) => Found::Kind(Cow::Borrowed("bytes")),
            Node::List(_) => Found::Kind(Cow::Borrowed("a list")),
            Node::Map(_) => Found::Kind(Cow::Borrowed("an object")),
        }
    }
}

/// The text in quotes, cut where it gets long.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

/// The names as a sentence has them: `` `a`, `b` or `c` ``; of many only how many there are.
pub(crate) fn listed(names: &[&str], noun: &str) -> String {
    const LISTED: usize = 8;
    match names {
        [] => format!("none of no {noun}"),
        [only] => format!("`{only}`"),
        [first @ .., last] if names.len() <= LISTED => {
            format!("`{}` or `{last}`", first.join("`, `"))
        }
        _ => format!("one of {} {noun}", names.len()),
    }
}

/// The known name that someone who wrote `text` may have meant.
pub(crate) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Longer texts are no slips of the pen, and the table below grows with them.
    if text.len() > 200 {
        return None;
    }
    let allowed = (text.chars().count() / 3).clamp(1, 4);
    names
        .map(|name| (distance(text, name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein's distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let next = (diagonal + usize::from(x != y))
                .min(left + 1)
                .min(*cell + 1);
            diagonal = *cell;
            *cell = next;
            left = next;
        }
    }
    row.last().copied().unwrap_or_default()
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Shown(text, _) => f.write_str(text),
            Found::Kind(kind) => f.write_str(kind),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Expected { expected, found } => write!(f, "expected {expected}, found {found}"),
            Reason::Rule { says, this } => write!(f, "{says}, this {this}"),
            Reason::Said(words) => f.write_str(words),
        }
    }
}
