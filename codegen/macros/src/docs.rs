//! What an item's doc comment tells: a description for messages, and its place in the schema.

use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::LitStr;

/// The parts of a doc comment that messages quote.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Docs {
    /// The first sentence of the first paragraph; empty without one.
    pub(crate) description: String,
    /// `schema/backend/request.yaml:12`, from a last line that is this in backticks.
    pub(crate) place: Option<String>,
}

impl Docs {
    /// Of the tokens of doc comments, each `#[doc = "…"]`.
    pub(crate) fn of(attributes: TokenStream) -> Docs {
        let mut lines: Vec<String> = Vec::new();
        for attribute in attributes {
            let TokenTree::Group(body) = attribute else {
                continue;
            };
            // `doc`, `=` and the text; what else a doc attribute may say is for rustdoc
            let Some(text) = body.stream().into_iter().nth(2) else {
                continue;
            };
            if let Ok(text) = syn::parse2::<LitStr>(text.into()) {
                lines.extend(text.value().lines().map(|line| line.trim().to_owned()));
            }
        }
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let place = lines.last().and_then(|line| place(line)).map(str::to_owned);
        if place.is_some() {
            lines.pop();
        }
        let paragraph: Vec<&str> = lines
            .iter()
            .map(String::as_str)
            .skip_while(|line| line.is_empty())
            .take_while(|line| !line.is_empty())
            .collect();
        Docs {
            description: first_sentence(&paragraph.join(" ")).to_owned(),
            place,
        }
    }

    /// ` (schema/backend/request.yaml:12)`, or nothing.
    pub(crate) fn in_parentheses(&self) -> String {
        match &self.place {
            Some(place) => format!(" ({place})"),
            None => String::new(),
        }
    }
}

/// A line of the form `` `path.yaml:12` ``; the path is of a Rust file where the schema stands in one.
fn place(line: &str) -> Option<&str> {
    let place = line.strip_prefix('`')?.strip_suffix('`')?;
    let (path, number) = place.rsplit_once(':')?;
    let is_file = [".yaml", ".yml", ".rs"]
        .iter()
        .any(|ending| path.ends_with(ending));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_file && is_number).then_some(place)
}

fn first_sentence(text: &str) -> &str {
    match text.find(". ") {
        Some(end) => text.get(..=end).unwrap_or(text),
        None => text,
    }
}

/// A string literal that tells the compiler nothing about where it was written.
pub(crate) fn text(value: &str) -> Literal {
    Literal::string(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Item;
    use quote::quote;

    fn docs(item: TokenStream) -> Docs {
        Docs::of(
            Item::read(item)
                .unwrap()
                .attributes
                .docs
                .into_iter()
                .collect(),
        )
    }

    #[test]
    fn reads_description_and_place() {
        let read = docs(quote! {
            /// How long it took,
            /// in ms. Without the queue.
            ///
            /// More to say.
            ///
            /// `schema/backend/request.yaml:16`
            struct Duration;
        });
        assert_eq!(read.description, "How long it took, in ms.");
        assert_eq!(
            read.place.as_deref(),
            Some("schema/backend/request.yaml:16")
        );
    }

    #[test]
    fn a_place_alone_is_no_description() {
        let read = docs(quote! {
            /// `schema/a.yml:1`
            struct A;
        });
        assert_eq!(read.description, "");
        assert_eq!(read.place.as_deref(), Some("schema/a.yml:1"));
    }

    #[test]
    fn code_in_backticks_is_no_place() {
        let read = docs(quote! {
            /// `Some::path:12`
            struct A;
        });
        assert_eq!(read.description, "`Some::path:12`");
        assert_eq!(read.place, None);
    }
}
