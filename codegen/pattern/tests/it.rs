//! The language, its refusals, and the same answers as `regex` on patterns nobody thought of.

#![allow(
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is what it is for"
)]

use eventc_pattern::{Pattern, PatternError};
use proptest::prelude::*;

const fn parse(pattern: &str) -> Pattern {
    match Pattern::parse(pattern) {
        Ok(pattern) => pattern,
        Err(error) => panic!("{}", error.reason),
    }
}

mod constant {
    use super::parse;
    use eventc_pattern::Pattern;

    const SLUG: Pattern = parse("^[a-z][a-z0-9-]{0,62}$");
    const LONG: &str = "abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxyz";
    const _: () = assert!(!SLUG.is_match(LONG));
    const _: () =
        assert!(SLUG.is_match("abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxy"));
    const _: () = assert!(!SLUG.is_match(""));

    // As many positions as there may be, each of which may follow each, over 64 characters.
    const WORST: Pattern = parse("^(?:[a-y]?){126}z$");
    const _: () = assert!(
        !WORST.is_match("yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy")
    );

    const UNANCHORED: Pattern = parse("(?:é|ß)+ü");
    const _: () = assert!(UNANCHORED.is_match("xxßéüyy"));
}

#[track_caller]
fn refused(pattern: &str, at: usize, words: &str) {
    let Err(PatternError { at: found, reason }) = Pattern::parse(pattern) else {
        panic!("{pattern} was read")
    };
    assert!(reason.contains(words), "{pattern}: {reason}");
    assert_eq!(found, at, "{pattern}: {reason}");
}

#[test]
fn what_is_not_portable_is_refused_with_a_way_out() {
    refused("a(?=b)", 1, "lookaround");
    refused("(?!b)", 0, "lookaround");
    refused("(?<=b)c", 0, "lookaround");
    refused("(?<!b)c", 0, "lookaround");
    refused("(?<name>b)", 0, "`( )`");
    refused("(?P<name>b)", 0, "`( )`");
    refused("(?>b)", 0, "atomic");
    refused("(?i)a", 0, "`[Aa]`");
    refused(r"(a)\1", 3, "backreferences");
    refused(r"\bword", 0, "word boundaries");
    refused(r"\p{L}", 0, "ranges");
    refused(r"\Aa", 0, "anchors");
    refused(r"\x41", 0, "the character itself");
    refused(r"\u0041", 0, "the character itself");
    refused(r"\q", 0, "letters stand for themselves");
    refused(r"\-", 0, "write `-`");
    refused(r"\!", 0, "without the `\\`");
    refused("\\", 0, "ends in");
    refused("a*?", 2, "lazy");
    refused("a{2}?", 4, "lazy");
    refused("a++", 2, "possessive");
    refused("a**", 2, "into a group");
    refused("a{2}{3}", 4, "into a group");
    refused("*a", 0, "nothing to repeat");
    refused("a|*b", 2, "nothing to repeat");
    refused("{2}", 0, "nothing to repeat");
    refused("^*", 1, "nothing to repeat");
    refused("a{,3}", 2, "`{0,n}`");
    refused("a{x}", 2, r"\{");
    refused("a{2", 1, r"\{");
    refused("a{2,x}", 4, r"\{");
    refused("a{3,2}", 1, "smaller");
    refused("a{256}", 4, "255");
    refused("a}", 1, r"\}");
    refused("a]", 1, r"\]");
    refused("a^b", 1, r"\^");
    refused("(^a)", 1, r"\^");
    refused("a$b", 1, r"\$");
    refused("(a$)", 2, r"\$");
    refused("a$$", 1, r"\$");
    refused("^a|b$", 0, "into a group");
    refused("a|b$", 0, "into a group");
    refused("(a", 0, r"\(");
    refused("(a$", 0, r"\(");
    refused("a)", 1, r"\)");
    refused("[]a]", 1, r"\]");
    refused("[^]a]", 2, r"\]");
    refused("[a", 0, r"\[");
    refused("[a-", 2, r"\-");
    refused("[[:alpha:]]", 1, r"\[");
    refused("[a&&b]", 2, "once");
    refused("[a~~b]", 2, "once");
    refused("[a--b]", 3, "");
    refused("[z-a]", 1, "smaller");
    refused(r"[a-\d]", 1, "one character to another");
    refused(r"[\d-z]", 3, "one character to another");
    refused(r"[a\D]", 2, "PostgreSQL");
    refused("[a-c-e]", 4, r"\-");
    refused("[a]{129}", 0, "128 positions");
    refused("(?:ab){65}", 3, "128 positions");
    refused(&"(".repeat(40), 32, "deeper than 32");
    refused(&"()".repeat(1000), 641, "too long");
}

#[test]
fn what_costs_nothing_may_be_repeated() {
    assert!(parse("^(((){255}){255}){255}$").is_match(""));
    assert!(parse("^(?:a{0}){5}b$").is_match("b"));
}

#[test]
fn classes_and_escapes() {
    let all = parse(r"^[\-a\]\\^.$(){}|*+?/-]+$");
    assert!(all.is_match(r"-a]\^.$(){}|*+?/"));
    assert!(!all.is_match("b"));
    assert!(parse(r"^\.\\\/\(\)\[\]\{\}\^\$\|\*\+\?\t\n\r$").is_match(".\\/()[]{}^$|*+?\t\n\r"));
    assert!(parse(r"^\d\D\w\W\s\S$").is_match("1a_- x"));
    assert!(!parse(r"^\d$").is_match("٣"));
    assert!(!parse("^.$").is_match("\u{2028}"));
    assert!(parse("^.$").is_match("😀"));
    assert!(parse("^[À-ÿ😀-😂]{2}$").is_match("é😁"));
    assert!(parse("^(?:a|b)$").is_match("a"));
    assert!(parse("").is_match("anything"));
    assert!(parse("^$").is_match(""));
    assert!(!parse("^$").is_match("a"));
}

/// A pattern in our language, and what says the same to `regex`, whose `.`, `\d` and so on mean more.
#[track_caller]
fn lengths(pattern: &str, expected: (u64, Option<u64>)) {
    assert_eq!(parse(pattern).lengths(), expected, "{pattern}");
}

#[test]
fn how_long_texts_are_is_known() {
    lengths("^[a-z]{2}$", (2, Some(2)));
    lengths("^[a-z]{2}(-[A-Z]{2})?$", (2, Some(5)));
    lengths("^(?:[a-y]?){126}z$", (1, Some(127)));
    lengths("^$", (0, Some(0)));
    lengths("^a{0}$", (0, Some(0)));
    lengths("^(abc)+$", (3, None));
    lengths("^(?:é|ß)$", (1, Some(1)));
    lengths("abc", (3, None));
    lengths("^abc", (3, None));
    lengths("c$", (1, None));
    lengths("a|", (0, None));
}

#[test]
fn lengths_between_the_shortest_and_the_longest_are_told_apart() {
    let threes_and_fives = parse("^(?:abc)+(?:abcde)?$");
    for (least, most, is_there) in [
        (0, Some(2), false),
        (3, Some(3), true),
        (4, Some(5), false),
        (7, Some(7), false),
        (7, Some(8), true),
        (4_294_967_293, Some(4_294_967_293), false),
        (4_294_967_293, Some(4_294_967_294), true),
        (4_294_967_294, Some(4_294_967_294), true),
        (u64::MAX, None, true),
        (9, Some(3), false),
    ] {
        let found = threes_and_fives.has_length(least, most);
        assert_eq!(found, is_there, "{least}..{most:?}");
    }
    assert!(parse("abc").has_length(0, Some(3)));
    assert!(!parse("abc").has_length(0, Some(2)));
    assert!(!parse("abc").has_length(4, Some(3)));
}

/// All texts of at most three characters, of which each class in `pattern` has one.
fn short_texts() -> Vec<String> {
    let longer = |texts: &Vec<String>| {
        let texts = texts.iter().flat_map(|text| {
            "abcé -.0_\n"
                .chars()
                .map(move |last| format!("{text}{last}"))
        });
        Some(texts.collect())
    };
    std::iter::successors(Some(vec![String::new()]), longer)
        .take(4)
        .flatten()
        .collect()
}

fn pattern() -> impl Strategy<Value = (String, String)> {
    let same = |text: &str| Just((text.to_owned(), text.to_owned()));
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "a", "b", "c", "é", " ", "-", r"\.", "[ab]", "[^a]", "[a-c]", "[^é-ü]", r"[-a]",
            r"[a\-]"
        ])
        .prop_flat_map(same),
        Just((".".to_owned(), r"[^\n\r\x{2028}\x{2029}]".to_owned())),
        Just((r"\d".to_owned(), "[0-9]".to_owned())),
        Just((r"\W".to_owned(), "[^0-9A-Za-z_]".to_owned())),
        Just((r"[\s\d]".to_owned(), r"[\t-\r 0-9]".to_owned())),
        Just((String::new(), String::new())),
    ];
    let inner = leaf.prop_recursive(4, 24, 4, |inner| {
        let quantifier =
            prop::sample::select(vec!["*", "+", "?", "{0}", "{2}", "{1,}", "{0,2}", "{2,3}"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.into_iter().fold(
                (String::new(), String::new()),
                |(ours, theirs), part| (ours + &part.0, theirs + &part.1)
            )),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| (
                format!("(?:{}|{})", a.0, b.0),
                format!("(?:{}|{})", a.1, b.1)
            )),
            (inner, quantifier).prop_map(|(part, quantifier)| (
                format!("({}){quantifier}", part.0),
                format!("({}){quantifier}", part.1)
            )),
        ]
    });
    (any::<bool>(), inner, any::<bool>()).prop_map(|(start, (ours, theirs), end)| {
        let (start, end) = (if start { "^" } else { "" }, if end { "$" } else { "" });
        (
            format!("{start}(?:{ours}){end}"),
            format!("{start}(?:{theirs}){end}"),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn matches_what_regex_matches((ours, theirs) in pattern(), texts in prop::collection::vec("[a-cé0\\- .\n\u{2028}😀]{0,12}", 12)) {
        match Pattern::parse(&ours) {
            Ok(pattern) => {
                let oracle = regex::Regex::new(&theirs).unwrap();
                for text in texts {
                    prop_assert_eq!(pattern.is_match(&text), oracle.is_match(&text), "{} on {:?}", ours, text);
                }
            }
            Err(error) => prop_assert!(error.reason.contains("128 positions"), "{}: {}", ours, error),
        }
    }

    #[test]
    fn a_text_is_as_long_as_its_pattern_allows((ours, _) in pattern(), text in "[a-cé0\\- .\n😀]{0,12}") {
        if let Ok(pattern) = Pattern::parse(&ours) && pattern.is_match(&text) {
            let length = text.chars().count() as u64;
            let (least, most) = pattern.lengths();
            prop_assert!(least <= length && most.is_none_or(|most| length <= most), "{} on {:?}", ours, text);
            prop_assert!(pattern.has_length(length, Some(length)), "{} on {:?}", ours, text);
        }
    }

    #[test]
    fn any_text_is_a_pattern_or_a_reason(text in "[\\PC\\\\()\\[\\]{}^$|*+?.,:=!<>0-9a-z-]{0,40}") {
        match Pattern::parse(&text) {
            // what is read here is read there
            Ok(pattern) => {
                prop_assert!(regex::Regex::new(&text).is_ok(), "{}", text);
                let _ = pattern.is_match(&text);
            }
            Err(error) => prop_assert!(error.at <= text.len()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_length_that_is_allowed_is_that_of_a_text((ours, _) in pattern()) {
        if let Ok(pattern) = Pattern::parse(&ours) {
            let texts = short_texts();
            for length in 0..4 {
                let mut texts = texts.iter().filter(|text| text.chars().count() == length);
                let is_there = texts.any(|text| pattern.is_match(text));
                prop_assert_eq!(pattern.has_length(length as u64, Some(length as u64)), is_there, "{} of {}", ours, length);
            }
        }
    }
}
