//! Characters of UTF-8, and sets of them, in const code.

/// The character that begins at `at`, which is one and lies within the text, and where the next one begins.
pub(crate) const fn character(text: &[u8], at: usize) -> (u32, usize) {
    let first = text[at] as u32;
    match first {
        0..=0x7f => (first, at + 1),
        0x80..=0xdf => ((first & 0x1f) << 6 | rest(text, at + 1), at + 2),
        0xe0..=0xef => (
            (first & 0x0f) << 12 | rest(text, at + 1) << 6 | rest(text, at + 2),
            at + 3,
        ),
        _ => (
            (first & 0x07) << 18
                | rest(text, at + 1) << 12
                | rest(text, at + 2) << 6
                | rest(text, at + 3),
            at + 4,
        ),
    }
}

/// The six bits of a byte that continues a character.
const fn rest(text: &[u8], at: usize) -> u32 {
    text[at] as u32 & 0x3f
}

/// Characters from the first to the last.
pub(crate) type Range = (u32, u32);

/// `\d`
pub(crate) const DIGITS: &[Range] = &[(0x30, 0x39)];
/// `\w`
pub(crate) const WORD: &[Range] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
/// `\s`: those of ASCII, the only ones on which all agree.
pub(crate) const SPACE: &[Range] = &[(0x09, 0x0d), (0x20, 0x20)];
/// The ends of lines in ECMAScript, none of which `.` is.
pub(crate) const LINE_ENDS: &[Range] = &[(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];

/// The most ranges of all classes of a pattern together.
pub(crate) const RANGES: usize = 128;

/// A set of characters: some ranges out of those of the pattern, or all characters but those.
#[derive(Clone, Copy)]
pub(crate) struct Class {
    pub(crate) from: u8,
    pub(crate) to: u8,
    pub(crate) negated: bool,
}

impl Class {
    pub(crate) const NONE: Class = Class {
        from: 0,
        to: 0,
        negated: false,
    };

    pub(crate) const fn contains(self, ranges: &[Range; RANGES], character: u32) -> bool {
        let mut index = self.from as usize;
        while index < self.to as usize {
            let (first, last) = ranges[index];
            if first <= character && character <= last {
                return !self.negated;
            }
            index += 1;
        }
        self.negated
    }
}
