//! What names look like.

use std::borrow::Cow;

use heck::{ToSnakeCase as _, ToUpperCamelCase};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit};
use crate::source::Spanned;

/// `[a-z][a-z0-9]*(_[a-z0-9]+)*`
pub(crate) fn is_snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('_').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// `[A-Z][A-Za-z0-9]*`
pub(crate) fn is_pascal_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `order_placed` as `OrderPlaced`, `backend.order_placed` as `BackendOrderPlaced`.
pub(crate) fn to_upper_camel_case(name: &str) -> String {
    let is_plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.')
    };
    if !name.bytes().all(is_plain) {
        return ToUpperCamelCase::to_upper_camel_case(name);
    }
    // Nearly every name is made of lower-case words, and the casing of any text at all costs ten times as much.
    let mut camel = String::with_capacity(name.len());
    for word in name.split('.').flat_map(|part| part.split('_')) {
        let start = camel.len();
        camel.push_str(word);
        if let Some(first) = camel.get_mut(start..=start) {
            first.make_ascii_uppercase();
        }
    }
    camel
}

/// The nearest snake_case name, for advice only.
pub(super) fn to_snake_case(name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let snake = ascii.to_snake_case();
    if snake.starts_with(|c: char| c.is_ascii_lowercase()) {
        snake
    } else {
        format!("n{snake}")
    }
}

/// The nearest PascalCase name, for advice only.
fn to_pascal_case(name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let pascal = to_upper_camel_case(&ascii);
    if pascal.starts_with(|c: char| c.is_ascii_uppercase()) {
        pascal
    } else {
        format!("T{pascal}")
    }
}

/// The rule: events, fields, contexts and streams are snake_case.
pub(super) fn check_snake_case(
    what: &str,
    name: &Spanned<Cow<'_, str>>,
    diagnostics: &mut Diagnostics,
) {
    if is_snake_case(&name.value) {
        return;
    }
    let message = format!("`{}` cannot be the name of {what}", name.value);
    let mut diagnostic = Diagnostic::new(Code::NameCasing, name.span, message)
        .label("not snake_case")
        .note(
            "names are lower-case words with `_` between them, and the first character is a letter",
        );
    if name.value.contains('.') && what == "an event" {
        diagnostic = diagnostic.note("the dotted part of an event's name is the path of its file");
    }
    diagnostics.push(with_rename(diagnostic, name, to_snake_case(&name.value)));
}

/// The rule: types are PascalCase.
pub(super) fn check_pascal_case(name: &Spanned<Cow<'_, str>>, diagnostics: &mut Diagnostics) {
    if is_pascal_case(&name.value) {
        return;
    }
    let message = format!("`{}` cannot be the name of a type", name.value);
    let diagnostic = Diagnostic::new(Code::NameCasing, name.span, message)
        .label("not PascalCase")
        .note("built-in types are lower-case, your own are PascalCase");
    diagnostics.push(with_rename(diagnostic, name, to_pascal_case(&name.value)));
}

/// Proposes a name, and the edit where the name stands as it is read.
fn with_rename(diagnostic: Diagnostic, wrong: &Spanned<Cow<'_, str>>, name: String) -> Diagnostic {
    if wrong.value.is_empty() {
        return diagnostic.help("give it a name");
    }
    let mut diagnostic = diagnostic.help(format!("call it `{name}`"));
    let Spanned { value, span } = wrong;
    if (span.end - span.start) as usize == value.len() {
        diagnostic.edit = Some(Edit {
            span: *span,
            replacement: name,
        });
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_are_cased_as_all_others_are() {
        for name in [
            "a", "order_2", "v2_0", "x86_64", "a.b_c.d", "", "_", "a__b", "4k", "_a_", "a1b",
        ] {
            let expected = ToUpperCamelCase::to_upper_camel_case(name);
            assert_eq!(to_upper_camel_case(name), expected, "{name}");
        }
        assert_eq!(to_upper_camel_case("text/html"), "TextHtml");
    }

    #[test]
    fn snake_case_is_words_of_letters_and_digits() {
        for good in ["a", "order_2", "v2_0", "x86_64"] {
            assert!(is_snake_case(good), "{good}");
        }
        for bad in ["", "A", "_a", "a_", "a__b", "2a", "a-b", "é"] {
            assert!(!is_snake_case(bad), "{bad}");
            assert!(
                is_snake_case(&to_snake_case(bad)) || bad.is_empty(),
                "{bad}"
            );
        }
    }
}
