//! JSON into nodes: the same nodes that `serde_json` and a visitor make of it, in some 60% of the instructions.
//!
//! What is wrong with a text is not said here: `serde_json` then reads it once more, and says what it is and where.

use std::borrow::Cow;

use super::{DEPTH, Node, Object, members_of};
use crate::escape::until_escape;

/// The node that the whole text is; none where it is no JSON.
pub(super) fn read(text: &str) -> Option<Node<'_>> {
    let mut reader = Reader { text, at: 0 };
    let node = reader.value(DEPTH)?;
    match reader.next() {
        None => Some(node),
        Some(_) => None,
    }
}

/// A text that is read up to some place. What reads a part of it gives nothing where that part is no JSON.
struct Reader<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Reader<'de> {
    /// Passes the next byte that is not space.
    #[inline]
    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
        }
    }

    /// The byte that is next.
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// A value that may hold so many levels of objects and lists.
    fn value(&mut self, levels: usize) -> Option<Node<'de>> {
        match self.next()? {
            b'"' => self.string().map(Node::Str),
            b'{' => self.object(levels),
            b'[' => self.list(levels),
            b't' => self.word("rue", Node::Bool(true)),
            b'f' => self.word("alse", Node::Bool(false)),
            b'n' => self.word("ull", Node::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => None,
        }
    }

    /// A word whose first letter was passed.
    fn word(&mut self, rest: &str, node: Node<'de>) -> Option<Node<'de>> {
        self.text.get(self.at..)?.strip_prefix(rest)?;
        self.at += rest.len();
        Some(node)
    }

    /// An object whose brace was passed.
    fn object(&mut self, levels: usize) -> Option<Node<'de>> {
        let mut members = members_of(levels);
        let levels = levels.checked_sub(1)?;
        let mut next = self.next()?;
        if next == b'}' {
            return Some(Node::Map(Object::new(members)));
        }
        while next == b'"' {
            let name = self.string()?;
            if self.next()? != b':' {
                return None;
            }
            members.push((name, self.value(levels)?));
            match self.next()? {
                b',' => next = self.next()?,
                b'}' => return Some(Node::object(members)),
                _ => return None,
            }
        }
        None
    }

    /// A list whose bracket was passed.
    fn list(&mut self, levels: usize) -> Option<Node<'de>> {
        let mut items = Vec::new();
        let levels = levels.checked_sub(1)?;
        if self.next()? == b']' {
            return Some(Node::List(items));
        }
        self.at -= 1;
        loop {
            items.push(self.value(levels)?);
            match self.next()? {
                b',' => {}
                b']' => return Some(Node::List(items)),
                _ => return None,
            }
        }
    }

    /// A text whose first quote was passed.
    #[inline]
    fn string(&mut self) -> Option<Cow<'de, str>> {
        let start = self.at;
        self.at += until_escape(self.text.as_bytes().get(start..)?);
        if self.peek()? != b'"' {
            return self.escaped(start).map(Cow::Owned);
        }
        let text = self.text.get(start..self.at)?;
        self.at += 1;
        Some(Cow::Borrowed(text))
    }

    /// A text with escapes, which are the library's to read; hardly any text has some.
    #[cold]
    fn escaped(&mut self, start: usize) -> Option<String> {
        loop {
            self.at += until_escape(self.text.as_bytes().get(self.at..)?);
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => return None,
            }
        }
        self.at += 1;
        serde_json::from_str(self.text.get(start - 1..self.at)?).ok()
    }

    /// A number whose first byte was passed.
    fn number(&mut self) -> Option<Node<'de>> {
        self.at -= 1;
        let start = self.at;
        self.pass(b"-");
        if !self.pass(b"0") {
            self.digits()?;
        }
        let mut whole = true;
        if self.pass(b".") {
            whole = false;
            self.digits()?;
        }
        if self.pass(b"eE") {
            whole = false;
            self.pass(b"+-");
            self.digits()?;
        }
        let text = self.text.get(start..self.at)?;
        // no integer is 0 and negative
        if whole && text != "-0" {
            let signed = text.parse().map(Node::I64);
            if let Ok(integer) = signed.or_else(|_| text.parse().map(Node::U64)) {
                return Some(integer);
            }
        }
        let float = text.parse().ok().filter(|float: &f64| float.is_finite());
        float.map(Node::F64)
    }

    /// Passes one of these, if it is next.
    #[inline]
    fn pass(&mut self, one_of: &[u8]) -> bool {
        let passes = self.peek().is_some_and(|byte| one_of.contains(&byte));
        self.at += usize::from(passes);
        passes
    }

    /// Passes one digit or more.
    #[inline]
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read here is what the library reads, and what is not read here is what it refuses.
    #[track_caller]
    fn same(text: &str) {
        let mut library = serde_json::Deserializer::from_str(text);
        let expected = Node::from_format(&mut library)
            .and_then(|node| library.end().map(|()| node))
            .ok();
        // as text, for -0 and 0 are equal
        let (read, expected) = (format!("{:?}", read(text)), format!("{expected:?}"));
        assert_eq!(read, expected, "{text:?}");
    }

    #[test]
    fn reads_whatever_the_library_does() {
        const MESSAGES: [&str; 6] = [
            " {\"a\" : [ true,false , null ],\t\"bc\":{}, \"d\":[]\r\n} ",
            r#"{"text of some length":"wörds with \"quotes\", \\ and \u00e9\ud83d\ude00\n","":""}"#,
            "[0,-0,-1,12.50,1e5,-1.5E-3,1E+2,0.0,-0e0]",
            "[9223372036854775807,9223372036854775808,-9223372036854775808,18446744073709551615]",
            "[18446744073709551616,-9223372036854775809,1e308,1e309,0.1e-400,5e-324]",
            r#"[{"$serde_json::private::Number":"7"},{"$__toml_private_datetime":"x"}]"#,
        ];
        const MARKS: &str = "\"\\{}[]:, \n\0\u{7f}\u{a0}é0123456789-+.eEutrlfansx/";
        for message in MESSAGES {
            same(message);
            for (at, there) in message.char_indices() {
                let (before, from) = message.split_at(at);
                let after = &from[there.len_utf8()..];
                same(before);
                same(&format!("{before}{after}"));
                for mark in MARKS.chars() {
                    same(&format!("{before}{mark}{from}"));
                    same(&format!("{before}{mark}{after}"));
                }
            }
        }
    }

    #[test]
    fn reads_texts_and_numbers_of_any_length() {
        for length in 0..400 {
            let (letters, digits) = ("a".repeat(length), "7".repeat(length));
            for text in [
                format!("{letters:?}"),
                format!("\"{letters}\\n{letters}\""),
                format!("\"{letters}\n\""),
                format!("\"{letters}"),
                digits.clone(),
                format!("-{digits}"),
                format!("0.{digits}"),
                format!("{digits}e-{length}"),
            ] {
                same(&text);
            }
        }
    }

    #[test]
    fn reads_as_deep_as_the_library() {
        for levels in [DEPTH - 1, DEPTH, DEPTH + 1, 100_000] {
            let lists = "[".repeat(levels) + &"]".repeat(levels);
            assert_eq!(read(&lists).is_some(), levels <= DEPTH);
            let objects = "{\"a\":".repeat(levels) + "0" + &"}".repeat(levels);
            assert_eq!(read(&objects).is_some(), levels <= DEPTH);
            same(&lists);
            same(&objects);
        }
    }
}
