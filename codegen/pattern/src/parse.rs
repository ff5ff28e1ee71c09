//! Reading the text of a pattern.

mod class;

use crate::PatternError;
use crate::characters::{Class, DIGITS, LINE_ENDS, Range, SPACE, WORD, character};
use crate::tree::{Node, Tree, UNBOUNDED};

/// Groups may stand in each other this deep.
const DEPTH: usize = 32;

pub(crate) struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
    /// Whether there is a `|` outside of all groups.
    split: bool,
    tree: Tree,
}

/// `?`, which const code has not.
macro_rules! attempt {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}
use attempt;

impl<'a> Parser<'a> {
    pub(crate) const fn new(text: &'a [u8]) -> Self {
        Parser {
            text,
            at: 0,
            depth: 0,
            split: false,
            tree: Tree::new(),
        }
    }

    pub(crate) const fn parse(mut self) -> Result<Tree, PatternError> {
        if self.is(b'^') {
            self.at += 1;
            self.tree.from_start = true;
        }
        let root = attempt!(self.alternatives());
        if self.is(b')') {
            return self.refuse("this group was never opened: write `\\)` for the character");
        }
        // an anchor would belong to one of the alternatives only, which is never what is meant
        if (self.tree.from_start || self.tree.to_end) && self.split {
            return Err(PatternError {
                at: 0,
                reason: "an anchor binds closer than `|`: put the alternatives into a group, `^(?:a|b)$`",
            });
        }
        self.tree.root = root;
        Ok(self.tree)
    }

    /// The byte `ahead` of the present one; 0 after the end, which is no part of the language.
    const fn peek(&self, ahead: usize) -> u8 {
        if self.at + ahead < self.text.len() {
            self.text[self.at + ahead]
        } else {
            0
        }
    }

    const fn is(&self, byte: u8) -> bool {
        self.at < self.text.len() && self.text[self.at] == byte
    }

    const fn refuse<T>(&self, reason: &'static str) -> Result<T, PatternError> {
        Err(PatternError {
            at: self.at,
            reason,
        })
    }

    /// `a|b|c`
    const fn alternatives(&mut self) -> Result<u16, PatternError> {
        let mut left = attempt!(self.sequence());
        while self.is(b'|') {
            let at = self.at;
            self.at += 1;
            self.split |= self.depth == 0;
            let right = attempt!(self.sequence());
            left = attempt!(self.tree.push(Node::Either(left, right), at));
        }
        Ok(left)
    }

    /// `abc`
    const fn sequence(&mut self) -> Result<u16, PatternError> {
        let mut left = attempt!(self.tree.push(Node::Empty, self.at));
        let mut any = false;
        while self.at < self.text.len() && !self.is(b'|') && !self.is(b')') {
            let at = self.at;
            if self.is(b'$') {
                if self.at + 1 != self.text.len() {
                    return self
                        .refuse("`$` stands at the very end only: write `\\$` for the character");
                }
                self.at += 1;
                self.tree.to_end = true;
                break;
            }
            let atom = attempt!(self.atom());
            let right = attempt!(self.repeated(atom, at));
            left = if any {
                attempt!(self.tree.push(Node::Both(left, right), at))
            } else {
                right
            };
            any = true;
        }
        Ok(left)
    }

    /// What a quantifier can follow.
    const fn atom(&mut self) -> Result<u16, PatternError> {
        let at = self.at;
        match self.text[at] {
            b'(' => self.group(),
            b'[' => self.class(),
            b'.' => {
                self.at += 1;
                self.named(LINE_ENDS, true, at)
            }
            b'\\' => self.escape(),
            b'^' => self.refuse("`^` stands at the very start only: write `\\^` for the character"),
            b'*' | b'+' | b'?' => {
                self.refuse("there is nothing to repeat: write `\\` before it for the character")
            }
            b'{' => self.refuse("there is nothing to repeat: write `\\{` for the character"),
            b'}' => self.refuse("write `\\}` for the character: not every engine reads a bare `}`"),
            b']' => self.refuse("write `\\]` for the character: not every engine reads a bare `]`"),
            _ => {
                let (character, next) = character(self.text, at);
                self.at = next;
                self.literal(character, at)
            }
        }
    }

    /// `( )` and `(?: )`
    const fn group(&mut self) -> Result<u16, PatternError> {
        let opened = self.at;
        if self.peek(1) == b'?' {
            match (self.peek(2), self.peek(3)) {
                (b':', _) => self.at += 2,
                (b'=' | b'!', _) | (b'<', b'=' | b'!') => {
                    return self.refuse(
                        "there is no lookaround: describe the whole text, or check it in code",
                    );
                }
                (b'<' | b'P' | b'\'', _) => {
                    return self.refuse("groups have no names: write `( )`");
                }
                (b'>', _) => return self.refuse("there are no atomic groups: write `(?: )`"),
                _ => {
                    return self
                        .refuse("there are no flags: write the characters out, such as `[Aa]`");
                }
            }
        }
        if self.depth == DEPTH {
            return self.refuse("groups nest deeper than 32 levels: make the pattern simpler");
        }
        self.at += 1;
        self.depth += 1;
        let inner = attempt!(self.alternatives());
        self.depth -= 1;
        if !self.is(b')') {
            // the `$` of an open group was the last character, so the group is what is wrong
            return Err(PatternError {
                at: opened,
                reason: "this group is never closed: write `\\(` for the character",
            });
        }
        self.at += 1;
        Ok(inner)
    }

    /// A quantifier, if there is one.
    const fn repeated(&mut self, atom: u16, at: usize) -> Result<u16, PatternError> {
        let (min, max) = match self.peek(0) {
            b'*' => (0, UNBOUNDED),
            b'+' => (1, UNBOUNDED),
            b'?' => (0, 1),
            b'{' => attempt!(self.counts()),
            _ => return Ok(atom),
        };
        self.at += 1;
        match self.peek(0) {
            b'?' => self
                .refuse("there are no lazy quantifiers: leave out the `?`, the same texts match"),
            b'+' => self.refuse("there are no possessive quantifiers: leave out the `+`"),
            b'*' | b'{' => {
                self.refuse("a quantifier can't be repeated: put what it repeats into a group")
            }
            _ => self.tree.push(Node::Repeat(atom, min, max), at),
        }
    }

    /// `{n}`, `{n,}`, `{n,m}`; stays on the `}`.
    const fn counts(&mut self) -> Result<(u16, u16), PatternError> {
        let opened = self.at;
        self.at += 1;
        if self.is(b',') {
            return self.refuse("a count has a beginning: write `{0,n}`");
        }
        let min = attempt!(self.number());
        let max = match (self.peek(0), self.peek(1)) {
            (b',', b'}') => {
                self.at += 1;
                UNBOUNDED
            }
            (b',', _) => {
                self.at += 1;
                attempt!(self.number())
            }
            _ => min,
        };
        if !self.is(b'}') {
            return Err(PatternError {
                at: opened,
                reason: "a count is `{n}`, `{n,}` or `{n,m}`: write `\\{` for the character",
            });
        }
        if min > max {
            return Err(PatternError {
                at: opened,
                reason: "a count goes from the smaller number to the greater one",
            });
        }
        Ok((min, max))
    }

    const fn number(&mut self) -> Result<u16, PatternError> {
        let from = self.at;
        let mut number = 0;
        while self.peek(0).is_ascii_digit() {
            number = number * 10 + (self.peek(0) - b'0') as u16;
            // PostgreSQL counts no further
            if number > 255 {
                return self.refuse("a count is at most 255: use `length` for greater ones");
            }
            self.at += 1;
        }
        if self.at == from {
            return self
                .refuse("a count is `{n}`, `{n,}` or `{n,m}`: write `\\{` for the character");
        }
        Ok(number)
    }

    /// One character.
    const fn literal(&mut self, character: u32, at: usize) -> Result<u16, PatternError> {
        self.named(&[(character, character)], false, at)
    }

    /// A class of the ranges given, or of all characters but them.
    const fn named(
        &mut self,
        ranges: &[Range],
        negated: bool,
        at: usize,
    ) -> Result<u16, PatternError> {
        let from = self.tree.range_count;
        let mut index = 0;
        while index < ranges.len() {
            attempt!(self.tree.push_range(ranges[index], at));
            index += 1;
        }
        self.finish(from, negated, at)
    }

    /// A class of the ranges pushed since there were `from`; the same ones as before are not kept twice.
    const fn finish(&mut self, from: usize, negated: bool, at: usize) -> Result<u16, PatternError> {
        let len = self.tree.range_count - from;
        let mut start = 0;
        while start + len <= from {
            let mut index = 0;
            while index < len
                && same(
                    self.tree.ranges[start + index],
                    self.tree.ranges[from + index],
                )
            {
                index += 1;
            }
            if index == len {
                self.tree.range_count = from;
                return self.tree.push(
                    Node::Class(Class {
                        from: start as u8,
                        to: (start + len) as u8,
                        negated,
                    }),
                    at,
                );
            }
            start += 1;
        }
        self.tree.push(
            Node::Class(Class {
                from: from as u8,
                to: (from + len) as u8,
                negated,
            }),
            at,
        )
    }

    /// An escape outside a class.
    const fn escape(&mut self) -> Result<u16, PatternError> {
        let at = self.at;
        let escaped = self.peek(1);
        self.at += 2;
        match escaped {
            b'd' => self.named(DIGITS, false, at),
            b'D' => self.named(DIGITS, true, at),
            b'w' => self.named(WORD, false, at),
            b'W' => self.named(WORD, true, at),
            b's' => self.named(SPACE, false, at),
            b'S' => self.named(SPACE, true, at),
            b'-' => {
                self.at = at;
                self.refuse("write `-`: outside a class, ECMAScript refuses the `\\`")
            }
            _ => match character_of(escaped) {
                Ok(character) => self.literal(character, at),
                Err(reason) => {
                    self.at = at;
                    self.refuse(reason)
                }
            },
        }
    }
}

const fn same(a: Range, b: Range) -> bool {
    a.0 == b.0 && a.1 == b.1
}

/// The character that an escape stands for.
const fn character_of(escaped: u8) -> Result<u32, &'static str> {
    Ok(match escaped {
        b't' => 0x09,
        b'n' => 0x0a,
        b'r' => 0x0d,
        b'.' | b'\\' | b'/' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'^' | b'$' | b'|'
        | b'*' | b'+' | b'?' => escaped as u32,
        b'0'..=b'9' => {
            return Err(
                "there are no backreferences: describe the whole text, or check it in code",
            );
        }
        b'b' | b'B' => {
            return Err("there are no word boundaries: write what stands around the word");
        }
        b'p' | b'P' => {
            return Err(
                "there are no classes by property: write the characters as ranges, such as `[A-Za-zÀ-ÿ]`",
            );
        }
        b'A' | b'z' | b'Z' | b'G' => {
            return Err("the anchors are `^` at the start and `$` at the end");
        }
        b'x' | b'u' | b'U' | b'c' | b'N' => return Err("write the character itself"),
        0 => return Err("the pattern ends in a `\\`: write `\\\\` for the character"),
        b'a'..=b'z' | b'A'..=b'Z' => {
            return Err("there is no such escape: letters stand for themselves without a `\\`");
        }
        _ => {
            return Err("write the character without the `\\`: not every engine reads this escape");
        }
    })
}
