//! Reading `[a-z]`.

use super::{Parser, attempt, character_of};
use crate::PatternError;
use crate::characters::{DIGITS, Range, SPACE, WORD, character};

/// One entry of a class.
enum Entry {
    Character(u32),
    /// `\d`, `\w` or `\s`, which begins no range.
    Several(&'static [Range]),
}

impl Parser<'_> {
    /// `[a-z]`, `[^a-z]`
    pub(super) const fn class(&mut self) -> Result<u16, PatternError> {
        let opened = self.at;
        self.at += 1;
        let negated = self.is(b'^');
        if negated {
            self.at += 1;
        }
        if self.is(b']') {
            return self
                .refuse("a class has at least one character: write `\\]` for the character");
        }
        let from = self.tree.range_count;
        let first = self.at;
        while !self.is(b']') {
            if self.at >= self.text.len() {
                return Err(PatternError {
                    at: opened,
                    reason: "this class is never closed: write `\\[` for the character",
                });
            }
            let at = self.at;
            match attempt!(self.entry(first)) {
                Entry::Several(ranges) => {
                    if self.is(b'-') && self.peek(1) != b']' {
                        return self.refuse("a range goes from one character to another: write `\\-` for the character");
                    }
                    let mut index = 0;
                    while index < ranges.len() {
                        attempt!(self.tree.push_range(ranges[index], at));
                        index += 1;
                    }
                }
                Entry::Character(low) => {
                    let mut high = low;
                    if self.is(b'-') && self.peek(1) != b']' && self.at + 1 < self.text.len() {
                        self.at += 1;
                        high = match attempt!(self.entry(first)) {
                            Entry::Character(high) => high,
                            Entry::Several(_) => {
                                return Err(PatternError {
                                    at,
                                    reason: "a range goes from one character to another: write `\\-` for the character",
                                });
                            }
                        };
                    }
                    if low > high {
                        return Err(PatternError {
                            at,
                            reason: "a range goes from the smaller character to the greater one",
                        });
                    }
                    attempt!(self.tree.push_range((low, high), at));
                }
            }
        }
        self.at += 1;
        self.finish(from, negated, opened)
    }

    /// One character of a class, or several by one name.
    const fn entry(&mut self, first: usize) -> Result<Entry, PatternError> {
        let at = self.at;
        match self.text[at] {
            b'\\' => {
                let escaped = self.peek(1);
                self.at += 2;
                Ok(match escaped {
                    b'd' => Entry::Several(DIGITS),
                    b'w' => Entry::Several(WORD),
                    b's' => Entry::Several(SPACE),
                    b'-' => Entry::Character(b'-' as u32),
                    b'D' | b'W' | b'S' => {
                        self.at = at;
                        return self.refuse(
                            "PostgreSQL has no opposites inside a class: write the characters out",
                        );
                    }
                    _ => match character_of(escaped) {
                        Ok(character) => Entry::Character(character),
                        Err(reason) => {
                            self.at = at;
                            return self.refuse(reason);
                        }
                    },
                })
            }
            b'[' => self
                .refuse("write `\\[` for the character: some engines read a class inside a class"),
            // Rust reads a doubled one as an operation on sets
            byte @ (b'&' | b'~') if self.peek(1) == byte => {
                self.refuse("write the character once: some engines read two as an operator")
            }
            b'-' if at != first && self.peek(1) != b']' => self
                .refuse("write `\\-`: a bare `-` is read differently unless it is first or last"),
            _ => {
                let (character, next) = character(self.text, at);
                self.at = next;
                Ok(Entry::Character(character))
            }
        }
    }
}
