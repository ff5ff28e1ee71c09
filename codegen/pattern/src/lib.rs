//! The pattern language of eventc schemas: the part of regular expressions that Rust, ECMAScript, JSON Schema and
//! PostgreSQL read alike.
//!
//! Literals, `.`, classes (`[a-z_]`, `[^,]`), `\d` `\w` `\s` and their opposites, groups `( )` and `(?: )`, `|`,
//! `*` `+` `?` `{n}` `{n,}` `{n,m}`, `^` at the very start and `$` at the very end. Without an anchor a match may begin or
//! end anywhere, as in JSON Schema. Everything else is refused with what to write instead.
//!
//! Reading and matching are `const`, so that a newtype's literal is checked by the compiler. A match takes time linear in the text,
//! whatever the pattern is.
//!
//! ```
//! use eventc_pattern::Pattern;
//!
//! const SLUG: Pattern = match Pattern::parse("^[a-z][a-z0-9-]{0,30}$") {
//!     Ok(pattern) => pattern,
//!     Err(error) => panic!("{}", error.reason),
//! };
//! const _: () = assert!(SLUG.is_match("order-placed"));
//! assert!(!SLUG.is_match("Order placed"));
//! ```

#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![allow(
    clippy::indexing_slicing,
    reason = "const code has no other access to arrays; an index out of range fails the build of the pattern's constant"
)]

mod automaton;
mod characters;
mod lengths;
mod parse;
mod tree;

use core::fmt;

use automaton::Automaton;
use parse::Parser;

/// The most positions a pattern has once its counts are written out.
pub const POSITIONS: usize = 128;

/// A pattern, ready to be matched.
#[derive(Clone, Copy)]
pub struct Pattern {
    automaton: Automaton,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// If it is not of the language, or has more than [`POSITIONS`] positions once its counts are written out.
    pub const fn parse(text: &str) -> Result<Pattern, PatternError> {
        match Parser::new(text.as_bytes()).parse() {
            Ok(tree) => match Automaton::build(&tree) {
                Ok(automaton) => Ok(Pattern { automaton }),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// Whether the text, or a part of it where the pattern has no anchors, matches.
    #[must_use]
    pub const fn is_match(&self, text: &str) -> bool {
        self.automaton.is_match(text.as_bytes())
    }

    /// The fewest characters of a text that matches, and the most, if it cannot be as long as one likes.
    ///
    /// A class is taken to have a character, as all have but those that name every one and are negated.
    #[must_use]
    pub fn lengths(&self) -> (u64, Option<u64>) {
        (self.automaton.shortest(), self.automaton.longest())
    }

    /// Whether a text of at least and at most so many characters matches. It costs about the same however many they are.
    #[must_use]
    pub fn has_length(&self, least: u64, most: Option<u64>) -> bool {
        self.automaton.has_length(least, most)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pattern").finish_non_exhaustive()
    }
}

/// A pattern that is not of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatternError {
    /// Where in the pattern, in bytes from its start.
    pub at: usize,
    /// What is wrong with it and what to write instead.
    pub reason: &'static str,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.reason, self.at)
    }
}

impl core::error::Error for PatternError {}
