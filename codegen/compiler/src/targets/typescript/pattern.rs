//! A pattern of the schema as ECMAScript's regular expressions write it, with the flag `u`.

/// The same pattern.
///
/// The pattern language is a part of both; what they read differently is `\s`, which takes spaces beyond ASCII there.
pub(super) fn source(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('s') if in_class => text.push_str(SPACES),
                Some('s') => text.extend(["[", SPACES, "]"]),
                Some('S') => text.extend(["[^", SPACES, "]"]),
                Some(escaped) => text.extend(['\\', escaped]),
                None => {}
            },
            c => {
                in_class = match c {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                text.push(c);
            }
        }
    }
    text
}

const SPACES: &str = r"\t-\r ";

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn spaces_are_of_ascii() {
        assert_eq!(source(r"^[a-z]{2}\d\.$"), r"^[a-z]{2}\d\.$");
        assert_eq!(source(r"\s[\s_]\S"), r"[\t-\r ][\t-\r _][^\t-\r ]");
    }
}
