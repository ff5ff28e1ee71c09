//! Variants and their names on the wire.

use crate::expansion::Errors;
use syn::{Ident, LitStr};

/// A variant and its name on the wire: what it says, or its own in snake_case.
pub(crate) struct Named<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) wire: String,
    written: Option<LitStr>,
}

impl<'a> Named<'a> {
    pub(crate) fn new(ident: &'a Ident, written: Option<LitStr>) -> Self {
        let wire = written
            .as_ref()
            .map_or_else(|| snake_case(&ident.to_string()), LitStr::value);
        Named {
            ident,
            wire,
            written,
        }
    }
}

/// Rule: two variants have two names.
pub(crate) fn refuse_equal_names(variants: &[Named<'_>], errors: &mut Errors) {
    for (index, variant) in variants.iter().enumerate() {
        let Some(other) = variants
            .iter()
            .take(index)
            .find(|other| other.wire == variant.wire)
        else {
            continue;
        };
        let message = format!(
            "`{}` and `{}` are both called `{}` on the wire: each has its own name",
            other.ident, variant.ident, variant.wire
        );
        match &variant.written {
            Some(written) => errors.at(written, message),
            None => errors.at(variant.ident, message),
        }
    }
}

/// `CardPayment` as `card_payment`.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_names_into_snake_case() {
        assert_eq!(snake_case("Web"), "web");
        assert_eq!(snake_case("CardPayment"), "card_payment");
    }
}
