//! Subjects: `<prefix>.<key>.<event>`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::batch::Record;

/// What stands where an event has no key. In a key it is encoded.
const NO_KEY: &str = "~";

/// What is encoded in a key: all that is not an ASCII letter, a digit, `-` or `_`. So no token is empty, as no key is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// The longest subject in bytes. A server refuses a line of more than 4096 bytes, in which there are also the subject of the
/// answer and two numbers, and with it the connection.
const LONGEST: usize = 3900;

/// The subject of a record, or what is wrong with it.
pub(super) fn subject(prefix: &str, has_keys: bool, record: &Record<'_>) -> Result<String, String> {
    let key = record.key().map(|key| token(&key));
    let subject = match has_keys {
        true => format!(
            "{prefix}.{}.{}",
            key.as_deref().unwrap_or(NO_KEY),
            record.event()
        ),
        false => format!("{prefix}.{}", record.event()),
    };
    if subject.len() > LONGEST {
        return Err(format!(
            "its subject would have {} bytes, and NATS takes {LONGEST}; its key is too long to be in a subject: \
             give the key a `length` in the schema, or the sink `.without_keys()`",
            subject.len()
        ));
    }
    Ok(subject)
}

/// A key or an id as a token of a subject.
pub(super) fn token(key: &str) -> String {
    utf8_percent_encode(key, ENCODED).to_string()
}

/// What is wrong with a prefix.
pub(super) fn check_prefix(prefix: &str) -> Result<(), String> {
    let is_token = |token: &str| {
        let is_plain = |c: char| c.is_ascii_graphic() && !"*>".contains(c);
        !token.is_empty() && token.chars().all(is_plain)
    };
    if prefix.split('.').all(is_token) && !prefix.starts_with('$') {
        return Ok(());
    }
    Err(format!(
        "{prefix:?} is no prefix for subjects; say tokens of ASCII, with `.` between them and without `*` and `>`, \
         as in `.prefix(\"acme.events\")`; those that begin with `$` are the server's own"
    ))
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use uuid::Uuid;

    use super::*;

    fn read(token: &str) -> String {
        percent_decode_str(token)
            .decode_utf8()
            .unwrap()
            .into_owned()
    }

    /// What the server takes in a token, and what is the same in every client.
    fn is_legal(token: &str) -> bool {
        !token.is_empty()
            && token
                .chars()
                .all(|c| c.is_ascii_graphic() && !".*>".contains(c))
    }

    #[test]
    fn keys_of_odd_text() {
        for (key, expected) in [
            (
                "f79c3e09-677c-4bbd-a479-3f349cb785e7",
                "f79c3e09-677c-4bbd-a479-3f349cb785e7",
            ),
            ("order_42", "order_42"),
            ("a.b", "a%2Eb"),
            ("*", "%2A"),
            (">", "%3E"),
            ("~", "%7E"),
            ("100%", "100%25"),
            ("a b\tc\r\n", "a%20b%09c%0D%0A"),
            ("\0", "%00"),
            ("Ærø", "%C3%86r%C3%B8"),
            ("\u{1F6D2}", "%F0%9F%9B%92"),
        ] {
            assert_eq!(token(key), expected);
        }
    }

    #[test]
    fn every_key_is_a_legal_token_and_can_be_read_again() {
        let odd: Vec<char> = ".*>~%$ \t\r\n-_2EF".chars().collect();
        let mut random = fastrand::Rng::with_seed(7);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..20_000 {
            let length = random.usize(1..12);
            let key: String = (0..length)
                .map(|_| match random.u8(0..4) {
                    0 => random.char('\0'..='\u{7f}'),
                    1 => *random.choice(&odd).unwrap(),
                    2 => random.alphanumeric(),
                    _ => random.char(..),
                })
                .collect();
            let token = token(&key);
            assert!(is_legal(&token), "{key:?} became {token:?}");
            assert_ne!(token, NO_KEY);
            assert_eq!(read(&token), key);
            let other = seen.insert(token, key.clone());
            assert!(other.is_none_or(|other| other == key));
        }
    }

    #[test]
    fn a_prefix_is_tokens() {
        for good in ["events", "acme.events", "a-b_c.d"] {
            assert_eq!(check_prefix(good), Ok(()));
        }
        for wrong in [
            "", ".", "a.", ".a", "a..b", "a.*", "a.>", "a b", "ä", "$JS.API",
        ] {
            assert!(check_prefix(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_subject_is_prefix_key_and_event() {
        let subject = |head: &str, has_keys| {
            let payload = format!("{head}\n{{}}\n");
            let record = Record::parse(Uuid::nil(), 0, payload.as_bytes()).unwrap();
            subject("acme", has_keys, &record)
        };
        let (at, long) = ("2026-11-23T05:00:00Z", "x".repeat(4000));
        let keyed = format!("door.opened\t1\t{at}\tday=2026-11-23\tLobby%20West\t");
        assert_eq!(
            subject(&keyed, true).unwrap(),
            "acme.Lobby%20West.door.opened"
        );
        assert_eq!(subject(&keyed, false).unwrap(), "acme.door.opened");
        // an event without a key, and a record of an earlier version
        for head in ["door.opened\t1\t{at}\t\t\t", "door.opened\t1\t{at}\t"] {
            let head = head.replace("{at}", at);
            assert_eq!(subject(&head, true).unwrap(), "acme.~.door.opened");
        }
        let long = format!("door.opened\t1\t{at}\t\t{long}\t");
        let says = subject(&long, true).unwrap_err();
        assert!(
            says.starts_with("its subject would have 4017 bytes"),
            "{says}"
        );
        assert!(subject(&long, false).is_ok());
    }
}
