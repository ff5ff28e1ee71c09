//! Texts of patterns, which `eventc-pattern` judges.

use eventc_compiler::catalog::{Body, Type, TypeRef};
use eventc_pattern::Pattern;
use eventc_testing::samples::Samples;

use crate::samples::compile;

/// Patterns with all there is in the language, and lengths that not every text of them has.
const PATTERNS: [(&str, &str); 24] = [
    ("^[A-Z]{2}$", "2"),
    ("^[a-z]{2}(-[A-Z]{2})?$", "2..5"),
    ("^https?://[^ #]+$", "10..2048"),
    ("^[A-Z0-9]+(-[A-Z0-9]+)*$", "1..40"),
    ("^(ab|cde)*$", "..9"),
    ("^(?:a|b(?:c|d){2,3}|)x?$", ".."),
    (r"^\d{4}-\d{2}$", "7"),
    (r"^\D\w\W\s\S$", ""),
    (r"^[\w.+\-]+@[\w\-]+(\.[\w\-]+)+$", "5..64"),
    (r"^\.\\\/\(\)\[\]\{\}\^\$\|\*\+\?\t\n\r$", ""),
    ("^.{1,8}$", "8"),
    ("^.*$", "3..3"),
    ("abc", "3..20"),
    ("abc", "20"),
    ("^abc", "..200"),
    ("abc$", "4.."),
    ("a|bc|", ""),
    ("", "1..3"),
    ("^$", ""),
    ("^()*(a*)*$", "0..5"),
    ("^a{0}b{0,1}c{3,}$", "3..6"),
    ("^[^a-z]$", ""),
    (r"^[\]a-]$", ""),
    ("^[😀-😎é日]+$", "2..4"),
];

#[test]
fn every_text_matches_its_pattern_and_is_as_long_as_it_may_be() {
    for (pattern, length) in PATTERNS {
        let rule = match length {
            "" | ".." => String::new(),
            length => format!("length: {length}, "),
        };
        let text = format!(
            "catalog: a\neventc: 1\ntypes:\n  T: {{ newtype: string, {rule}pattern: '{pattern}' }}\n"
        );
        let catalog = compile([("catalog.yaml".to_owned(), text.into_bytes())]);
        let id = Type::ids(&catalog).next().unwrap();
        let Body::Newtype(newtype) = &catalog[id].body else {
            panic!("a newtype");
        };
        let (min, max) = catalog.rules_of(newtype).length;
        let parsed = Pattern::parse(pattern).unwrap();
        let mut samples = Samples::new(&catalog, 1);
        for _ in 0..300 {
            let value = samples.value(&TypeRef::Named(id));
            let text = value.as_str().unwrap();
            assert!(parsed.is_match(text), "{text:?} is not of `{pattern}`");
            let length = text.chars().count() as u64;
            assert!(
                min.is_none_or(|min| min <= length) && max.is_none_or(|max| length <= max),
                "{text:?} has not the length {length} of `{pattern}`"
            );
        }
    }
}
