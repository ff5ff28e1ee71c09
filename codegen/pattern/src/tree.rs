//! What a pattern consists of.

use crate::PatternError;
use crate::characters::{Class, RANGES, Range};

/// The most nodes of a tree: a pattern with as many positions as it may have needs fewer, unless it is mostly parentheses.
const NODES: usize = 640;

/// No upper bound.
pub(crate) const UNBOUNDED: u16 = u16::MAX;

#[derive(Clone, Copy)]
pub(crate) enum Node {
    /// Matches the empty text.
    Empty,
    Class(Class),
    /// One after the other.
    Both(u16, u16),
    /// One or the other.
    Either(u16, u16),
    /// At least, at most.
    Repeat(u16, u16, u16),
}

#[derive(Clone, Copy)]
pub(crate) struct Tree {
    nodes: [Node; NODES],
    /// Where each node stands in the pattern.
    places: [u32; NODES],
    len: usize,
    pub(crate) ranges: [Range; RANGES],
    pub(crate) range_count: usize,
    pub(crate) root: u16,
    /// Whether a match begins where the text does.
    pub(crate) from_start: bool,
    /// Whether a match ends where the text does.
    pub(crate) to_end: bool,
}

impl Tree {
    pub(crate) const fn new() -> Self {
        Tree {
            nodes: [Node::Empty; NODES],
            places: [0; NODES],
            len: 0,
            ranges: [(0, 0); RANGES],
            range_count: 0,
            root: 0,
            from_start: false,
            to_end: false,
        }
    }

    pub(crate) const fn push(&mut self, node: Node, at: usize) -> Result<u16, PatternError> {
        if self.len == NODES {
            return Err(PatternError {
                at,
                reason: "the pattern is too long: make it simpler, or check the rest in code",
            });
        }
        self.nodes[self.len] = node;
        self.places[self.len] = at as u32;
        self.len += 1;
        Ok((self.len - 1) as u16)
    }

    pub(crate) const fn push_range(&mut self, range: Range, at: usize) -> Result<(), PatternError> {
        if self.range_count == RANGES {
            return Err(PatternError {
                at,
                reason: "the pattern has more than 128 ranges of characters: make it simpler",
            });
        }
        self.ranges[self.range_count] = range;
        self.range_count += 1;
        Ok(())
    }

    pub(crate) const fn node(&self, index: u16) -> Node {
        self.nodes[index as usize]
    }

    pub(crate) const fn place(&self, index: u16) -> usize {
        self.places[index as usize] as usize
    }
}
