//! Texts that somebody forgot to quote, and of all lengths.

use std::rc::Rc;

use super::Samples;
use super::pattern::Shape;

/// No text is longer where nothing says how long it may be.
const LONG: usize = 10_000;

/// A text of a pattern is at most so long, unless it has to be longer.
const LONG_PATTERN: usize = 2_048;

/// What is read as something else somewhere: in SQL, in JSON, in JavaScript, in a shell, on a screen.
const PIECES: [&str; 32] = [
    "'",
    "\"",
    "\\",
    "`",
    "$$",
    "$1",
    "${x}",
    "--",
    "/*",
    ";",
    "%",
    "\\N",
    "\\u0000",
    "{}",
    "\n",
    "\r\n",
    "\t",
    "\u{1}",
    "\u{7f}",
    " ",
    "\u{a0}",
    "NULL",
    "</script>",
    "é",
    "e\u{301}",
    "ß",
    "日本",
    "👩‍👩‍👧",
    "\u{fffd}",
    "\u{2028}",
    "\u{202e}",
    "\u{10ffff}",
];

impl Samples<'_> {
    /// A text of so many characters.
    pub(super) fn text(&mut self, length: (Option<u64>, Option<u64>)) -> String {
        let length = self.length(length);
        self.text_of(length)
    }

    pub(super) fn text_of(&mut self, length: usize) -> String {
        let mut text = Vec::with_capacity(length);
        // Most texts are words: what is read wrongly is found beside what is read rightly.
        let strange = self.random.u8(..) < 100;
        while text.len() < length {
            match self.random.u8(..) {
                0 if self.nul => text.push('\0'),
                0..200 if strange => {
                    let piece = PIECES[self.random.usize(..PIECES.len())];
                    text.extend(piece.chars());
                }
                _ => text.push(self.random.alphanumeric()),
            }
        }
        text.truncate(length);
        text.into_iter().collect()
    }

    /// A text of a pattern.
    pub(super) fn matching(
        &mut self,
        pattern: &str,
        (min, max): (Option<u64>, Option<u64>),
    ) -> String {
        let least = min.map_or(0, |min| usize::try_from(min).expect("a text that fits"));
        let most = max.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
        let most = most.min(LONG_PATTERN).max(least);
        let shape = self.shape(pattern, most);
        let lengths: Vec<_> = shape.lengths().filter(|length| *length >= least).collect();
        let length = match (lengths.as_slice(), self.random.u8(..)) {
            ([], _) => panic!("no text of {least} to {most} characters matches `{pattern}`"),
            ([first, ..], 0..60) => *first,
            ([.., last], 60..64) => *last,
            // Near the shortest, so that most are of a size that people would write.
            (all, _) => all[self.random.usize(..all.len().min(24))],
        };
        shape.text(length, &mut self.random)
    }

    fn shape(&mut self, pattern: &str, most: usize) -> Rc<Shape> {
        let key = (pattern.to_owned(), most);
        let shape = self
            .shapes
            .entry(key)
            .or_insert_with(|| Rc::new(Shape::new(pattern, most)));
        Rc::clone(shape)
    }

    /// How many characters or bytes there are: often as few or as many as may be.
    pub(super) fn length(&mut self, (min, max): (Option<u64>, Option<u64>)) -> usize {
        let least = usize::try_from(min.unwrap_or(0)).expect("a text that fits into memory");
        let most = max.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
        let length = match self.random.u8(..) {
            0..30 => least,
            30..60 if most <= 128 => most,
            30..32 if most <= LONG => most,
            32 => least.saturating_add(LONG),
            _ => least + self.random.usize(1..=24),
        };
        length.min(most)
    }
}
