//! A pattern of the schema as every other engine reads it: PostgreSQL's, and those of JSON Schema in many languages.

/// The same pattern without what engines read differently.
///
/// The pattern language is a part of all of them, but for `\d`, `\w` and `\s`, which take more than ASCII in some, and `.`, which
/// takes the end of a line in some.
pub(super) fn portable(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next().map(|escaped| (escaped, class(escaped))) {
                Some((_, Some(class))) if in_class => text.push_str(class),
                Some((escaped, Some(class))) => {
                    let not = if escaped.is_ascii_uppercase() {
                        "^"
                    } else {
                        ""
                    };
                    text.extend(["[", not, class, "]"]);
                }
                Some((escaped, None)) => text.extend(['\\', escaped]),
                None => {}
            },
            '.' if !in_class => text.push_str(r"[^\n\r\u2028\u2029]"),
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

/// What stands between the brackets of a class with a name; its opposite has the same.
fn class(escaped: char) -> Option<&'static str> {
    match escaped {
        'd' | 'D' => Some("0-9"),
        'w' | 'W' => Some("A-Za-z0-9_"),
        's' | 'S' => Some(r"\t-\r "),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::portable;

    #[test]
    fn classes_are_of_ascii_and_dots_end_at_lines() {
        assert_eq!(
            portable(r"^[a-z]{2}(-[A-Z]{2})?$"),
            r"^[a-z]{2}(-[A-Z]{2})?$"
        );
        assert_eq!(
            portable(r"^\d+\.[\w-]\S$"),
            r"^[0-9]+\.[A-Za-z0-9_-][^\t-\r ]$"
        );
        assert_eq!(portable(r"[\[.]."), r"[\[.][^\n\r\u2028\u2029]");
    }
}
