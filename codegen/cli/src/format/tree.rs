//! A file as a tree with comments.
//!
//! The compiler's tree is for judging a schema, and drops what it has refused. This one keeps everything that is
//! written, and how; it judges nothing that can be printed again.

mod reader;

use std::ops::Range;

use super::SPACE;
use super::scalar::Scalar;

/// One file.
#[derive(Debug)]
pub(super) struct Document<'s> {
    /// Where its `---` stands, if it has one.
    pub(super) marker: Option<usize>,
    /// None if there is nothing but comments.
    pub(super) root: Option<Node<'s>>,
    /// All of them, in the order of the text.
    pub(super) comments: Vec<Comment<'s>>,
    pub(super) lines: Lines,
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Self(std::iter::once(0).chain(ends).collect())
    }

    /// The first byte of the line that this one stands in.
    pub(super) fn start(&self, at: usize) -> usize {
        let after = self.0.partition_point(|&start| start <= at);
        self.0.get(after.saturating_sub(1)).copied().unwrap_or(0)
    }

    /// How many bytes stand before this one in its line.
    pub(super) fn column(&self, at: usize) -> usize {
        at - self.start(at)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Comment<'s> {
    pub(super) start: usize,
    /// What follows the `#`.
    pub(super) text: &'s str,
}

/// A value, and the bytes from its first to behind its last.
#[derive(Debug)]
pub(super) struct Node<'s> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) data: Data<'s>,
}

#[derive(Debug)]
pub(super) enum Data<'s> {
    /// Nothing stands where a value may: behind the colon, or behind the key itself where there is no colon.
    Empty,
    Scalar(Scalar<'s>),
    Collection(Collection<'s>),
}

/// A map, or a list: its entries have no keys.
#[derive(Debug)]
pub(super) struct Collection<'s> {
    pub(super) is_map: bool,
    /// Whether it stands in brackets.
    pub(super) flow: bool,
    /// Comments behind its last entry are its own if they begin in this column or further right.
    pub(super) inside: usize,
    pub(super) entries: Vec<Entry<'s>>,
}

#[derive(Debug)]
pub(super) struct Entry<'s> {
    /// Where its key or its dash begins.
    pub(super) start: usize,
    /// Where its key or its dash ends; in a list in brackets, where the value begins.
    pub(super) head_end: usize,
    pub(super) key: Option<Scalar<'s>>,
    pub(super) value: Node<'s>,
}

impl Document<'_> {
    /// Whether both have the same data, with the same comments in the same order.
    pub(super) fn says_the_same(&self, other: &Document<'_>) -> bool {
        let comments = |document: &Document<'_>| -> Vec<String> {
            let texts = document.comments.iter();
            texts
                .map(|comment| comment.text.trim_matches(SPACE).to_owned())
                .collect()
        };
        let same_root = match (&self.root, &other.root) {
            (Some(one), Some(other)) => one.says_the_same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same_root && comments(self) == comments(other)
    }
}

impl Node<'_> {
    fn says_the_same(&self, other: &Node<'_>) -> bool {
        match (&self.data, &other.data) {
            (Data::Empty, Data::Empty) => true,
            (Data::Scalar(one), Data::Scalar(other)) => one.says_the_same(other),
            (Data::Collection(one), Data::Collection(other)) => {
                one.is_map == other.is_map
                    && one.entries.len() == other.entries.len()
                    && one.entries.iter().zip(&other.entries).all(|(one, other)| {
                        let same_key = match (&one.key, &other.key) {
                            (Some(one), Some(other)) => one.says_the_same(other),
                            (one, other) => one.is_none() && other.is_none(),
                        };
                        same_key && one.value.says_the_same(&other.value)
                    })
            }
            _ => false,
        }
    }
}

/// A part of a text; nothing where it has no such part.
pub(super) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or("")
}
