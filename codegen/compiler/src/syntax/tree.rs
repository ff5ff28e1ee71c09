//! The spanned YAML tree. Scalars keep their text: what a scalar means is for the language to say.

use std::borrow::Cow;

use crate::source::{Span, Spanned};

/// A value and where it stands.
///
/// The span of a block collection is that of its first key or item, so that a message never underlines a page.
#[derive(Debug, Clone)]
pub(crate) struct Node<'s> {
    pub(crate) span: Span,
    pub(crate) data: Data<'s>,
}

#[derive(Debug, Clone)]
pub(crate) enum Data<'s> {
    /// Nothing stands where a value belongs.
    Empty,
    Scalar(Scalar<'s>),
    List(Vec<Node<'s>>),
    Map(Vec<Entry<'s>>),
    /// Something the language does not have; it was reported, and nothing more is said about it.
    Refused,
}

#[derive(Debug, Clone)]
pub(crate) struct Scalar<'s> {
    pub(crate) text: Cow<'s, str>,
    /// Whether it stands without quotes.
    pub(crate) plain: bool,
    /// How far into the span the text begins, if it stands there letter by letter.
    pub(crate) inset: Option<u8>,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry<'s> {
    pub(crate) key: Spanned<Cow<'s, str>>,
    pub(crate) value: Node<'s>,
}

impl Node<'_> {
    /// The byte after the last of it, and of all that is in it.
    pub(crate) fn end(&self) -> u32 {
        let last = match &self.data {
            Data::List(items) => items.last(),
            Data::Map(entries) => entries.last().map(|entry| &entry.value),
            _ => None,
        };
        last.map_or(self.span.end, |last| last.end().max(self.span.end))
    }

    /// In the place of something that was reported.
    pub(crate) fn refused(span: Span) -> Self {
        Self {
            span,
            data: Data::Refused,
        }
    }

    /// What it is, in the words of a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self.data {
            Data::Empty => "nothing",
            Data::Scalar(_) => "text",
            Data::List(_) => "a list",
            Data::Map(_) => "a map",
            Data::Refused => "something refused",
        }
    }
}

/// Text and where it stands, with the way from a part of the text to its place.
#[derive(Debug, Clone)]
pub(crate) struct Text<'s> {
    pub(crate) value: Cow<'s, str>,
    pub(crate) span: Span,
    inset: Option<u8>,
}

impl<'s> Text<'s> {
    pub(crate) fn new(scalar: &Scalar<'s>, span: Span) -> Self {
        Self {
            value: scalar.text.clone(),
            span,
            inset: scalar.inset,
        }
    }

    /// The place of `len` bytes of the text from `offset` on; the whole where escapes hide it.
    pub(crate) fn part(&self, offset: usize, len: usize) -> Span {
        match self.inset {
            Some(inset) => self.span.part(offset + usize::from(inset), len),
            None => self.span,
        }
    }

    pub(crate) fn to_spanned(&self) -> Spanned<Cow<'s, str>> {
        Spanned::new(self.value.clone(), self.span)
    }

    /// `len` bytes of the text from `offset` on.
    pub(crate) fn slice(&self, offset: usize, len: usize) -> Cow<'s, str> {
        let range = offset..offset + len;
        match &self.value {
            Cow::Borrowed(text) => text.get(range).unwrap_or("").into(),
            Cow::Owned(text) => text.get(range).unwrap_or("").to_owned().into(),
        }
    }

    /// Takes in the text after a comma that YAML took for its own.
    pub(crate) fn join(&mut self, next: &Text<'_>) {
        let gap = usize::try_from(next.span.start.saturating_sub(self.span.end))
            .unwrap_or(1)
            .max(1);
        // Keeps offsets true: as many characters between the parts as stand in the file.
        self.value = format!("{},{}{}", self.value, " ".repeat(gap - 1), next.value).into();
        self.span.end = next.span.end;
        self.inset = self.inset.and(next.inset);
    }
}
