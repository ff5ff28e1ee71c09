//! Places as the protocol has them: a line, and a column in the units that both sides agreed on.

use std::ops::Range;

use lsp_types::{Position, PositionEncodingKind};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, as everybody understands.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of those that the client has which is known here.
    pub(super) fn agreed(offered: Option<&[PositionEncodingKind]>) -> Self {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered
            .unwrap_or_default()
            .iter()
            .find_map(known)
            .unwrap_or(Self::Utf16)
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units a character takes.
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin. A line ends with a line feed, a return, or both.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    pub(super) fn new(text: &str, encoding: Encoding) -> Self {
        let mut starts = vec![0];
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            starts.extend(ends.then_some(at + 1));
        }
        Self { starts, encoding }
    }

    /// The byte at a position. Past the end of a line that is its end, past the last line the end of the text.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else {
            return text.len();
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(start..end).unwrap_or("");
        let content = content.trim_end_matches(['\r', '\n']);
        let mut left = position.character as usize;
        for (at, c) in content.char_indices() {
            let width = self.encoding.width(c);
            // In the middle of a character is before it.
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + content.len()
    }

    /// The position of a byte.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = text.get(start..offset.min(text.len())).unwrap_or("");
        let width = before
            .chars()
            .map(|c| self.encoding.width(c))
            .sum::<usize>();
        Position {
            line: line as u32,
            character: width as u32,
        }
    }

    /// The positions of a range of bytes.
    pub(super) fn range(&self, text: &str, range: Range<usize>) -> lsp_types::Range {
        lsp_types::Range {
            start: self.position(text, range.start),
            end: self.position(text, range.end),
        }
    }

    /// The bytes between two positions, in whatever order they are.
    pub(super) fn bytes(&self, text: &str, range: lsp_types::Range) -> Range<usize> {
        let (one, other) = (self.offset(text, range.start), self.offset(text, range.end));
        one.min(other)..one.max(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: 'ä𝄞b'\r\nc: d\re\n";

    #[test]
    fn a_position_and_its_byte_are_one_place_in_every_encoding() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(TEXT, encoding);
            for (offset, _) in TEXT.char_indices().filter(|(_, c)| *c != '\n') {
                let position = lines.position(TEXT, offset);
                assert_eq!(lines.offset(TEXT, position), offset, "{encoding:?}");
            }
        }
    }

    #[test]
    fn columns_count_what_was_agreed() {
        let b = TEXT.find('b').unwrap();
        let column = |encoding| Lines::new(TEXT, encoding).position(TEXT, b).character;
        assert_eq!(column(Encoding::Utf8), 10);
        assert_eq!(column(Encoding::Utf16), 7);
        assert_eq!(column(Encoding::Utf32), 6);
    }

    #[test]
    fn what_is_past_an_end_is_the_end() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        let offset = |line, character| lines.offset(TEXT, Position { line, character });
        assert_eq!(offset(0, 99), TEXT.find('\r').unwrap());
        assert_eq!(offset(2, 1), TEXT.len() - 1);
        assert_eq!(offset(3, 0), TEXT.len());
        assert_eq!(offset(99, 3), TEXT.len());
        // Between the two halves of a character.
        assert_eq!(offset(0, 6), TEXT.find('𝄞').unwrap());
    }

    #[test]
    fn the_first_known_encoding_is_taken() {
        let kinds = ["utf-7", "utf-32", "utf-8"].map(PositionEncodingKind::new);
        assert_eq!(Encoding::agreed(Some(&kinds)), Encoding::Utf32);
        assert_eq!(Encoding::agreed(None), Encoding::Utf16);
    }
}
