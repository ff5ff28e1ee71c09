//! Matching: Glushkov's automaton, with its states as the bits of one number.
//!
//! Each character or class of the pattern, once the counts are written out, is a position. A state is the set of
//! positions that the text so far may have reached, so a step costs the same whatever the pattern is.

use crate::characters::{Class, RANGES, Range, character};
use crate::tree::{Node, Tree, UNBOUNDED};
use crate::{POSITIONS, PatternError};

#[derive(Clone, Copy)]
pub(crate) struct Automaton {
    classes: [Class; POSITIONS],
    /// After each position, those that may come next.
    pub(crate) follow: [u128; POSITIONS],
    positions: usize,
    ranges: [Range; RANGES],
    pub(crate) whole: Part,
    pub(crate) from_start: bool,
    pub(crate) to_end: bool,
}

/// A part of the pattern: where it may begin, where it may end, and whether it may match nothing.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    pub(crate) first: u128,
    pub(crate) last: u128,
    pub(crate) empty: bool,
}

impl Part {
    const EMPTY: Part = Part {
        first: 0,
        last: 0,
        empty: true,
    };
}

impl Automaton {
    pub(crate) const fn build(tree: &Tree) -> Result<Automaton, PatternError> {
        let mut automaton = Automaton {
            classes: [Class::NONE; POSITIONS],
            follow: [0; POSITIONS],
            positions: 0,
            ranges: tree.ranges,
            whole: Part::EMPTY,
            from_start: tree.from_start,
            to_end: tree.to_end,
        };
        match automaton.part(tree, tree.root) {
            Ok(whole) => {
                automaton.whole = whole;
                Ok(automaton)
            }
            Err(error) => Err(error),
        }
    }

    const fn part(&mut self, tree: &Tree, index: u16) -> Result<Part, PatternError> {
        match tree.node(index) {
            Node::Empty => Ok(Part::EMPTY),
            Node::Class(class) => {
                if self.positions == POSITIONS {
                    let reason = "the pattern has more than 128 positions once its counts are written out: use `length` for counts, or make it simpler";
                    return Err(PatternError {
                        at: tree.place(index),
                        reason,
                    });
                }
                let bit = 1 << self.positions;
                self.classes[self.positions] = class;
                self.positions += 1;
                Ok(Part {
                    first: bit,
                    last: bit,
                    empty: false,
                })
            }
            Node::Both(left, right) => match (self.part(tree, left), self.part(tree, right)) {
                (Ok(left), Ok(right)) => Ok(self.both(left, right)),
                (Err(error), _) | (_, Err(error)) => Err(error),
            },
            Node::Either(left, right) => match (self.part(tree, left), self.part(tree, right)) {
                (Ok(left), Ok(right)) => Ok(Part {
                    first: left.first | right.first,
                    last: left.last | right.last,
                    empty: left.empty || right.empty,
                }),
                (Err(error), _) | (_, Err(error)) => Err(error),
            },
            Node::Repeat(inner, min, max) => self.repeat(tree, inner, min, max),
        }
    }

    /// Writes the counts out: `a{2,4}` is `aaa?a?`, `a{2,}` is `aa+`.
    const fn repeat(
        &mut self,
        tree: &Tree,
        inner: u16,
        min: u16,
        max: u16,
    ) -> Result<Part, PatternError> {
        let mut whole = Part::EMPTY;
        let copies = match (min, max) {
            (0, UNBOUNDED) => 1,
            (_, UNBOUNDED) => min,
            _ => max,
        };
        let mut copy = 0;
        while copy < copies {
            let before = self.positions;
            let mut part = match self.part(tree, inner) {
                Ok(part) => part,
                Err(error) => return Err(error),
            };
            // what consists of nothing is the same however often it is repeated
            if self.positions == before {
                return Ok(Part::EMPTY);
            }
            if copy + 1 == copies && max == UNBOUNDED {
                self.connect(part.last, part.first);
            }
            if copy >= min {
                part.empty = true;
            }
            whole = self.both(whole, part);
            copy += 1;
        }
        Ok(whole)
    }

    const fn both(&mut self, left: Part, right: Part) -> Part {
        self.connect(left.last, right.first);
        Part {
            first: if left.empty {
                left.first | right.first
            } else {
                left.first
            },
            last: if right.empty {
                left.last | right.last
            } else {
                right.last
            },
            empty: left.empty && right.empty,
        }
    }

    /// Lets the positions `to` follow each of the positions `from`.
    const fn connect(&mut self, from: u128, to: u128) {
        let mut from = from;
        while from != 0 {
            self.follow[from.trailing_zeros() as usize] |= to;
            from &= from - 1;
        }
    }

    pub(crate) const fn is_match(&self, text: &[u8]) -> bool {
        // the empty match is at the start, at the end and anywhere; only between both anchors it is the whole text
        if self.whole.empty && (text.is_empty() || !self.from_start || !self.to_end) {
            return true;
        }
        let mut reached: u128 = 0;
        let mut at = 0;
        while at < text.len() {
            let (character, next) = character(text, at);
            let mut candidates = if at == 0 || !self.from_start {
                self.whole.first
            } else {
                0
            };
            candidates |= after(&self.follow, reached);
            reached = 0;
            while candidates != 0 {
                let bit = candidates & candidates.wrapping_neg();
                if self.classes[bit.trailing_zeros() as usize].contains(&self.ranges, character) {
                    reached |= bit;
                }
                candidates ^= bit;
            }
            if !self.to_end && reached & self.whole.last != 0 {
                return true;
            }
            if self.from_start && reached == 0 {
                return false;
            }
            at = next;
        }
        self.to_end && reached & self.whole.last != 0
    }
}

/// The positions that may come next, after any of those reached.
pub(crate) const fn after(follow: &[u128; POSITIONS], reached: u128) -> u128 {
    let (mut next, mut reached) = (0, reached);
    while reached != 0 {
        next |= follow[reached.trailing_zeros() as usize];
        reached &= reached - 1;
    }
    next
}
