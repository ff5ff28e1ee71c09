//! Texts of a pattern.
//!
//! The pattern is read a second time here, without a look at how `eventc-pattern` reads it: both must agree on every text.
//! A text of exactly so many characters is a walk through the positions of the pattern that is never further from its end
//! than it has characters left.

mod parse;

use fastrand::Rng;

use parse::{Class, Node};

/// The positions of a pattern, and which way they can be walked through.
pub(super) struct Shape {
    classes: Vec<Class>,
    whole: Part,
    /// After each position, those that may come next.
    follow: Vec<Vec<usize>>,
    /// By how many characters are left: whether a walk that stands on the position can end with them.
    ends: Vec<Vec<bool>>,
}

/// A part of a pattern: where it may begin, where it may end, and whether it may be nothing.
#[derive(Clone, Default)]
struct Part {
    first: Vec<usize>,
    last: Vec<usize>,
    empty: bool,
}

impl Shape {
    /// The shape of a pattern, for texts of at most so many characters.
    pub(super) fn new(pattern: &str, most: usize) -> Self {
        let mut shape = Shape {
            classes: Vec::new(),
            whole: Part::default(),
            follow: Vec::new(),
            ends: Vec::new(),
        };
        shape.whole = shape.part(&parse::parse(pattern));
        let mut ends: Vec<_> = vec![false; shape.classes.len()];
        shape.whole.last.iter().for_each(|last| ends[*last] = true);
        for _ in 0..most {
            let next = |follow: &Vec<usize>| follow.iter().any(|position| ends[*position]);
            let before = shape.follow.iter().map(next).collect();
            shape.ends.push(std::mem::replace(&mut ends, before));
        }
        shape
    }

    /// How long texts can be, the shortest first.
    pub(super) fn lengths(&self) -> impl Iterator<Item = usize> {
        let longer = self.ends.iter().enumerate().filter_map(|(left, ends)| {
            let begins = self.whole.first.iter().any(|first| ends[*first]);
            begins.then_some(left + 1)
        });
        self.whole.empty.then_some(0).into_iter().chain(longer)
    }

    /// A text of a length that there is.
    pub(super) fn text(&self, length: usize, random: &mut Rng) -> String {
        let mut text = String::new();
        let mut next = &self.whole.first;
        for left in (0..length).rev() {
            let can_end = |position: &&usize| self.ends[left][**position];
            let ways: Vec<_> = next.iter().filter(can_end).collect();
            let position = *ways[random.usize(..ways.len())];
            text.push(self.classes[position].character(random));
            next = &self.follow[position];
        }
        text
    }

    fn part(&mut self, node: &Node) -> Part {
        match node {
            Node::Class(class) => {
                let position = self.classes.len();
                self.classes.push(class.clone());
                self.follow.push(Vec::new());
                Part {
                    first: vec![position],
                    last: vec![position],
                    empty: false,
                }
            }
            Node::Sequence(nodes) => {
                let nothing = Part {
                    empty: true,
                    ..Part::default()
                };
                nodes.iter().fold(nothing, |before, node| {
                    let after = self.part(node);
                    self.both(before, after)
                })
            }
            Node::Either(nodes) => nodes.iter().fold(Part::default(), |mut either, node| {
                let part = self.part(node);
                either.first.extend(part.first);
                either.last.extend(part.last);
                either.empty |= part.empty;
                either
            }),
            Node::Repeat(node, min, max) => self.repeat(node, *min, *max),
        }
    }

    /// Writes the counts out: `a{2,4}` is `aaa?a?`, `a{2,}` is `aa+`.
    fn repeat(&mut self, node: &Node, min: usize, max: Option<usize>) -> Part {
        let mut whole = Part {
            empty: true,
            ..Part::default()
        };
        for copy in 0..max.unwrap_or(min.max(1)) {
            let mut part = self.part(node);
            if max.is_none() && copy + 1 >= min {
                self.connect(&part.last, &part.first);
            }
            part.empty |= copy >= min;
            whole = self.both(whole, part);
        }
        whole
    }

    fn both(&mut self, mut before: Part, after: Part) -> Part {
        self.connect(&before.last, &after.first);
        if before.empty {
            before.first.extend(&after.first);
        }
        if !after.empty {
            before.last.clear();
        }
        before.last.extend(after.last);
        before.empty &= after.empty;
        before
    }

    fn connect(&mut self, from: &[usize], to: &[usize]) {
        for position in from {
            self.follow[*position].extend(to);
        }
    }
}
