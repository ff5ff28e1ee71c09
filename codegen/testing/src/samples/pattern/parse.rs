//! Reading a pattern that was checked.

use std::iter::Peekable;
use std::str::Chars;

use fastrand::Rng;

/// What a pattern consists of.
pub(super) enum Node {
    Class(Class),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    /// At least, and at most.
    Repeat(Box<Node>, usize, Option<usize>),
}

/// Some characters, or all but them.
#[derive(Clone)]
pub(super) struct Class {
    ranges: Vec<(char, char)>,
    negated: bool,
}

/// Reads the pattern as one of the whole text: where it has no anchor, anything may stand there.
pub(super) fn parse(pattern: &str) -> Node {
    let from_start = pattern.strip_prefix('^');
    let mut parser = Parser {
        rest: from_start.unwrap_or(pattern).chars().peekable(),
        to_end: false,
    };
    let node = parser.alternatives();
    assert!(parser.rest.next().is_none(), "a pattern that was checked");
    let mut nodes = vec![node];
    if from_start.is_none() {
        nodes.insert(0, anything());
    }
    if !parser.to_end {
        nodes.push(anything());
    }
    Node::Sequence(nodes)
}

fn anything() -> Node {
    let any = Class::but(&[]);
    Node::Repeat(Box::new(Node::Class(any)), 0, None)
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    to_end: bool,
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Node {
        let mut alternatives = vec![self.sequence()];
        while self.rest.next_if_eq(&'|').is_some() {
            alternatives.push(self.sequence());
        }
        Node::Either(alternatives)
    }

    fn sequence(&mut self) -> Node {
        let mut nodes = Vec::new();
        while let Some(c) = self.rest.next_if(|c| !matches!(c, '|' | ')')) {
            let node = match c {
                '$' => {
                    self.to_end = true;
                    continue;
                }
                '(' => self.group(),
                '[' => Node::Class(self.class()),
                '.' => Node::Class(Class::but(&[
                    ('\n', '\n'),
                    ('\r', '\r'),
                    ('\u{2028}', '\u{2029}'),
                ])),
                '\\' => Node::Class(self.escape()),
                c => Node::Class(Class::of(&[(c, c)])),
            };
            nodes.push(self.repeated(node));
        }
        Node::Sequence(nodes)
    }

    fn group(&mut self) -> Node {
        if self.rest.next_if_eq(&'?').is_some() {
            self.expect(':');
        }
        let inner = self.alternatives();
        self.expect(')');
        inner
    }

    fn repeated(&mut self, node: Node) -> Node {
        let counts = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.expect('{');
                self.counts()
            }
            _ => return node,
        };
        self.rest.next();
        Node::Repeat(Box::new(node), counts.0, counts.1)
    }

    /// `{n}`, `{n,}`, `{n,m}`; stays on the `}`.
    fn counts(&mut self) -> (usize, Option<usize>) {
        let min = self.number().expect("a count has a beginning");
        match self.rest.next_if_eq(&',') {
            Some(_) => (min, self.number()),
            None => (min, Some(min)),
        }
    }

    fn number(&mut self) -> Option<usize> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok()
    }

    /// `[a-z]`, `[^a-z]`, behind the `[`.
    fn class(&mut self) -> Class {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        while self.rest.next_if_eq(&']').is_none() {
            let entry = self.entry();
            let ahead: String = self.rest.clone().take(2).collect();
            match *entry.as_slice() {
                [(from, to)] if from == to && ahead.starts_with('-') && ahead != "-]" => {
                    self.expect('-');
                    let [(_, to)] = self.entry()[..] else {
                        panic!("a range goes to a character");
                    };
                    ranges.push((from, to));
                }
                _ => ranges.extend(entry),
            }
        }
        Class { ranges, negated }
    }

    fn entry(&mut self) -> Vec<(char, char)> {
        match self.rest.next().expect("a class is closed") {
            '\\' => self.escape().ranges,
            c => vec![(c, c)],
        }
    }

    /// What stands behind a `\`.
    fn escape(&mut self) -> Class {
        const DIGITS: &[(char, char)] = &[('0', '9')];
        const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
        const SPACE: &[(char, char)] = &[('\t', '\r'), (' ', ' ')];
        match self.rest.next().expect("an escape is of something") {
            'd' => Class::of(DIGITS),
            'D' => Class::but(DIGITS),
            'w' => Class::of(WORD),
            'W' => Class::but(WORD),
            's' => Class::of(SPACE),
            'S' => Class::but(SPACE),
            't' => Class::of(&[('\t', '\t')]),
            'n' => Class::of(&[('\n', '\n')]),
            'r' => Class::of(&[('\r', '\r')]),
            c => Class::of(&[(c, c)]),
        }
    }

    fn expect(&mut self, c: char) {
        assert_eq!(self.rest.next(), Some(c), "a pattern that was checked");
    }
}

impl Class {
    fn of(ranges: &[(char, char)]) -> Self {
        Class {
            ranges: ranges.to_vec(),
            negated: false,
        }
    }

    fn but(ranges: &[(char, char)]) -> Self {
        Class {
            ranges: ranges.to_vec(),
            negated: true,
        }
    }

    /// One of its characters: the ends of its ranges more often than what lies between.
    pub(super) fn character(&self, random: &mut Rng) -> char {
        /// What is worth a try where nearly all characters are allowed.
        const TRIED: &str = "aZ09 _-'\"\\$%;<é\u{301}日😀\u{fffd}\n\t";
        if self.negated {
            let is_allowed = |c: &char| !self.ranges.iter().any(|(from, to)| from <= c && c <= to);
            let tried: Vec<_> = TRIED.chars().filter(is_allowed).collect();
            let tried = random.choice(tried);
            return tried
                .or_else(|| ('!'..=char::MAX).find(is_allowed))
                .expect("a class has a character");
        }
        let (from, to) = self.ranges[random.usize(..self.ranges.len())];
        match random.u8(..4) {
            0 => from,
            1 => to,
            _ => random.char(from..=to),
        }
    }
}
