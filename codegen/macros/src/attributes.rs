//! `#[event(…)]`, read once into entries; several on one item are merged.

use crate::expansion::Errors;
use crate::input::Attributes;
use crate::partition::Place;
use crate::suggest;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, Parser};
use syn::{LitInt, LitStr};

/// One entry of `#[event(…)]`: `key`, `key = value` or `key(value)`.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) form: Form,
}

pub(crate) enum Form {
    Word,
    Value(TokenStream),
    List(Group),
}

/// The entries of every `#[event(…)]`, in order.
///
/// Rule: a key stands once on an item.
pub(crate) fn entries(attributes: &Attributes, errors: &mut Errors) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for attribute in &attributes.event {
        let Some(list) = &attribute.list else {
            errors.at(attribute, "`#[event]` says nothing: write `#[event(…)]`");
            continue;
        };
        for entry in split(list.stream(), errors) {
            if entries.iter().any(|other| other.key == entry.key) {
                errors.at(
                    &entry.key,
                    format_args!("`{}` stands here twice", entry.key),
                );
            } else {
                entries.push(entry);
            }
        }
    }
    entries
}

/// Rule: serde's attributes mean nothing here, and silence would look like consent.
pub(crate) fn refuse_serde(attributes: &Attributes, errors: &mut Errors) {
    if let Some(attribute) = attributes.serde.first() {
        errors.at(
            attribute,
            "serde's derive is not at work here, so `#[serde(…)]` has no effect: \
             what the wire looks like is said with `#[event(…)]`",
        );
    }
}

fn split(tokens: TokenStream, errors: &mut Errors) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let TokenTree::Ident(key) = token else {
            errors.at(token, "expected a name, as in `wire = \"…\"`");
            skip_to_comma(&mut tokens);
            continue;
        };
        let form = match tokens.peek() {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
                tokens.next();
                let value = skip_to_comma(&mut tokens);
                if value.is_empty() {
                    errors.at(&key, format_args!("`{key} =` has no value"));
                    continue;
                }
                entries.push(Entry {
                    key,
                    form: Form::Value(value),
                });
                continue;
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                let form = Form::List(group.clone());
                tokens.next();
                form
            }
            _ => Form::Word,
        };
        let rest = skip_to_comma(&mut tokens);
        if !rest.is_empty() {
            errors.at(rest, format_args!("expected a comma after `{key}`"));
        }
        entries.push(Entry { key, form });
    }
    entries
}

/// The tokens up to the next comma, which is taken too.
fn skip_to_comma(tokens: &mut impl Iterator<Item = TokenTree>) -> TokenStream {
    tokens
        .take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
        .collect()
}

impl Entry {
    pub(crate) fn is(&self, key: &str) -> bool {
        self.key == key
    }

    /// Rule: a key that nobody reads is a typo. `place` is where this stands: "an event's field".
    pub(crate) fn unknown(&self, place: &str, known: &[&str], errors: &mut Errors) {
        let key = self.key.to_string();
        let message = match suggest::nearest(&key, known.iter().copied()) {
            Some(near) => format!("`{key}` means nothing on {place}; did you mean `{near}`?"),
            None => format!(
                "`{key}` means nothing on {place}, which takes {}",
                list(known)
            ),
        };
        errors.at(&self.key, message);
    }

    /// `key` alone.
    pub(crate) fn word(&self, errors: &mut Errors) -> bool {
        match &self.form {
            Form::Word => {}
            Form::Value(tokens) => errors.at(tokens, format_args!("`{}` takes no value", self.key)),
            Form::List(group) => errors.at(group, format_args!("`{}` takes no value", self.key)),
        }
        true
    }

    /// `key = "…"`.
    pub(crate) fn text(&self, errors: &mut Errors) -> Option<LitStr> {
        self.value(errors, "text, as in `{} = \"…\"`")
    }

    /// `key = 3`, a whole number that is not negative.
    pub(crate) fn number(&self, errors: &mut Errors) -> Option<u32> {
        let literal: LitInt = self.value(errors, "a whole number, as in `{} = 2`")?;
        match literal.base10_parse() {
            Ok(number) => Some(number),
            Err(_) => {
                errors.at(
                    &literal,
                    format_args!("`{}` takes a whole number up to {}", self.key, u32::MAX),
                );
                None
            }
        }
    }

    /// `key = value`, where `expected` words what the value is.
    pub(crate) fn value<T: Parse>(&self, errors: &mut Errors, expected: &str) -> Option<T> {
        self.value_with(errors, expected, T::parse)
    }

    pub(crate) fn value_with<T>(
        &self,
        errors: &mut Errors,
        expected: &str,
        parser: impl Parser<Output = T>,
    ) -> Option<T> {
        let expected = expected.replace("{}", &self.key.to_string());
        let Form::Value(tokens) = &self.form else {
            errors.at(&self.key, format_args!("`{}` takes {expected}", self.key));
            return None;
        };
        match parser.parse2(tokens.clone()) {
            Ok(value) => Some(value),
            Err(_) => {
                errors.at(tokens, format_args!("`{}` takes {expected}", self.key));
                None
            }
        }
    }

    /// `key = field`: what says itself what is wrong with a path is left to say it.
    pub(crate) fn place(&self, expected: &str, errors: &mut Errors) -> Option<Place> {
        match &self.form {
            Form::Value(tokens) if tokens.to_string().contains('.') => syn::parse2(tokens.clone())
                .map_err(|error| errors.push(error))
                .ok(),
            _ => self.value(errors, expected),
        }
    }

    /// `key(…)`, where `expected` words what stands between the parentheses.
    pub(crate) fn list_with<T>(
        &self,
        errors: &mut Errors,
        expected: &str,
        parser: impl Parser<Output = T>,
    ) -> Option<T> {
        let Form::List(group) = &self.form else {
            errors.at(&self.key, format_args!("`{}` takes {expected}", self.key));
            return None;
        };
        match parser.parse2(group.stream()) {
            Ok(value) => Some(value),
            Err(_) => {
                errors.at(group, format_args!("`{}` takes {expected}", self.key));
                None
            }
        }
    }
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.key.to_tokens(tokens);
        match &self.form {
            Form::Word => {}
            Form::Value(value) => value.to_tokens(tokens),
            Form::List(group) => group.to_tokens(tokens),
        }
    }
}

/// "`a`, `b` and `c`".
pub(crate) fn list(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [only] => format!("`{only}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and `{last}`", first.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Item;
    use quote::quote;

    fn read(item: TokenStream) -> (Vec<Entry>, Vec<String>) {
        let mut errors = Errors::default();
        let item = Item::read(item).unwrap();
        let entries = entries(&item.attributes, &mut errors);
        (entries, errors.messages())
    }

    #[test]
    fn merges_attributes_and_reads_the_three_forms() {
        let (entries, messages) = read(quote! {
            #[event(name = "a.b", fill)]
            #[doc = "in between"]
            #[event(length(1, _), partition = [day(at), region])]
            struct A;
        });
        let keys: Vec<String> = entries.iter().map(|entry| entry.key.to_string()).collect();
        assert_eq!(keys, ["name", "fill", "length", "partition"]);
        assert_eq!(messages, [""; 0]);
    }

    #[test]
    fn reports_every_mistake_and_goes_on() {
        let (entries, messages) = read(quote! {
            #[event("x", wire =, wire = "a", wire = "b", fill fill, pii = "email")]
            struct A;
        });
        let keys: Vec<String> = entries.iter().map(|entry| entry.key.to_string()).collect();
        assert_eq!(keys, ["wire", "fill", "pii"]);
        assert_eq!(
            messages,
            [
                "expected a name, as in `wire = \"…\"`",
                "`wire =` has no value",
                "expected a comma after `fill`",
                "`wire` stands here twice",
            ]
        );
    }

    #[test]
    fn lists_names() {
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
