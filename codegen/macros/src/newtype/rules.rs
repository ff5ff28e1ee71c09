//! The rules of a newtype, as its attributes say them.

use crate::attributes::{Entry, entries};
use crate::docs::text;
use crate::expansion::{Errors, article};
use crate::input::Item;
use crate::shape::Shape;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{LitFloat, LitInt, LitStr, Path, Token};

/// What `#[event(…)]` on a newtype says.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) eventc: Option<Path>,
    /// The least and the greatest length, in characters, bytes or items.
    length: Option<(Option<u32>, Option<u32>)>,
    pattern: Option<LitStr>,
    min: Option<Bound>,
    max: Option<Bound>,
    pii: Option<LitStr>,
    /// `key`: stands in a partition, a key or an id.
    pub(super) key: Option<Ident>,
}

const KEYS: [&str; 7] = ["length", "pattern", "min", "max", "pii", "key", "crate"];

impl Rules {
    pub(super) fn read(input: &Item, shape: Shape, errors: &mut Errors) -> Rules {
        let mut rules = Rules::default();
        for entry in entries(&input.attributes, errors) {
            match entry.key.to_string().as_str() {
                "length" => {
                    allow(
                        &entry,
                        shape,
                        &[Shape::Text, Shape::Bytes, Shape::List, Shape::Map],
                        "text, bytes, a list or a map",
                        errors,
                    );
                    let expected = "the least and the greatest, as in `length(1, 64)`; `_` where there is none";
                    rules.length = entry.list_with(errors, expected, length);
                    refuse_empty_range(
                        &entry,
                        rules
                            .length
                            .map(|(min, max)| (min.map(f64::from), max.map(f64::from))),
                        errors,
                    );
                }
                "pattern" => {
                    allow(&entry, shape, &[Shape::Text], "text", errors);
                    rules.pattern = entry.text(errors);
                    refuse_no_pattern(rules.pattern.as_ref(), errors);
                }
                "min" => rules.min = bound(&entry, shape, errors),
                "max" => {
                    rules.max = bound(&entry, shape, errors);
                    let ends = |bound: &Option<Bound>| bound.as_ref().and_then(Bound::value);
                    refuse_empty_range(&entry, Some((ends(&rules.min), ends(&rules.max))), errors);
                }
                "pii" => rules.pii = entry.text(errors),
                "key" => {
                    allow(
                        &entry,
                        shape,
                        &[Shape::Date, Shape::Timestamp],
                        "a timestamp or a date: others are a key or they are not",
                        errors,
                    );
                    entry.word(errors);
                    rules.key = Some(entry.key.clone());
                }
                "crate" => {
                    rules.eventc = entry.value_with(
                        errors,
                        "a path, as in `crate = ::events::eventc`",
                        Path::parse_mod_style,
                    );
                }
                _ => entry.unknown("a newtype", &KEYS, errors),
            }
        }
        rules
    }

    /// Whether there is a rule that a value of the inner type can break.
    pub(super) fn has_any(&self) -> bool {
        self.length.is_some()
            || self.pattern.is_some()
            || self.min.is_some()
            || self.max.is_some()
            || self.key.is_some()
    }

    pub(super) fn refuses_empty(&self) -> bool {
        matches!(self.length, Some((Some(1..), _)))
    }

    /// The rules as a constant of the runtime.
    pub(super) fn constant(
        &self,
        eventc: &TokenStream,
        ident: &Ident,
        shape: Shape,
    ) -> TokenStream {
        let name = ident.to_string();
        let (name, says) = (text(&name), text(&self.says(&name, shape)));
        let some = quote!(::core::option::Option::Some);
        let mut rest = TokenStream::new();
        let mut push = |field: &str, value: Option<TokenStream>| {
            if let Some(value) = value {
                let field = Ident::new(field, proc_macro2::Span::call_site());
                rest.extend(quote!(#field: #some(#value),));
            }
        };
        let number = |number: u32| Literal::u32_unsuffixed(number).into_token_stream();
        let (min_length, max_length) = self.length.unwrap_or_default();
        push("min_length", min_length.map(number));
        push("max_length", max_length.map(number));
        let pattern = |pattern: &LitStr| quote!(const { &#eventc::__private::pattern(#pattern) });
        push("pattern", self.pattern.as_ref().map(pattern));
        push("min", self.min.as_ref().map(|bound| bound.constant(eventc)));
        push("max", self.max.as_ref().map(|bound| bound.constant(eventc)));
        push("pii", self.pii.as_ref().map(ToTokens::to_token_stream));
        if self.key.is_some() {
            rest.extend(quote!(key: true,));
        }
        quote!(#eventc::Rules { name: #name, says: #says, #rest ..#eventc::Rules::NONE })
    }

    pub(super) fn is_sensitive(&self) -> bool {
        self.pii.is_some()
    }

    /// The rules in a sentence: "a `UserId` has 1 to 64 characters and matches `^[a-z]+$`";
    /// nothing without rules.
    pub(super) fn says(&self, name: &str, shape: Shape) -> String {
        let unit = match shape {
            Shape::Bytes => "bytes",
            Shape::List => "items",
            Shape::Map => "members",
            _ => "characters",
        };
        let mut says: Vec<String> = Vec::new();
        match self.length {
            Some((Some(min), Some(max))) if min == max => says.push(format!("has {min} {unit}")),
            Some((Some(min), Some(max))) => says.push(format!("has {min} to {max} {unit}")),
            Some((Some(1), None)) => {
                says.push(format!("has at least 1 {}", unit.trim_end_matches('s')))
            }
            Some((Some(min), None)) => says.push(format!("has at least {min} {unit}")),
            Some((None, Some(max))) => says.push(format!("has at most {max} {unit}")),
            _ => {}
        }
        match (&self.min, &self.max) {
            (Some(min), Some(max)) => {
                says.push(format!("is from {} to {}", min.words(), max.words()))
            }
            (Some(min), None) => says.push(format!("is at least {}", min.words())),
            (None, Some(max)) => says.push(format!("is at most {}", max.words())),
            (None, None) => {}
        }
        if let Some(pattern) = &self.pattern {
            says.push(format!("matches `{}`", pattern.value()));
        }
        if self.key.is_some() {
            says.push("is of the years 2000 to 2100".to_owned());
        }
        match says.as_slice() {
            [] => String::new(),
            says => format!("{} `{name}` {}", article(name), says.join(" and ")),
        }
    }
}

/// Rule: a rule stands on a type that can break it.
fn allow(entry: &Entry, shape: Shape, shapes: &[Shape], words: &str, errors: &mut Errors) {
    // What is refused as an inner type already is one mistake.
    let refused = matches!(shape, Shape::Option | Shape::String | Shape::Boxed);
    if !refused && !shapes.contains(&shape) {
        errors.at(
            &entry.key,
            format_args!("`{}` is a rule for {words}", entry.key),
        );
    }
}

/// Rule: some value passes.
fn refuse_empty_range(
    entry: &Entry,
    range: Option<(Option<f64>, Option<f64>)>,
    errors: &mut Errors,
) {
    if let Some((Some(min), Some(max))) = range
        && min > max
    {
        errors.at(
            entry,
            "nothing is at least this and at most that: the greatest is below the least",
        );
    }
}

/// Rule: a pattern is one of the pattern language that all targets share.
fn refuse_no_pattern(pattern: Option<&LitStr>, errors: &mut Errors) {
    if let Some(pattern) = pattern
        && let Err(error) = eventc_pattern::Pattern::parse(&pattern.value())
    {
        errors.at(pattern, error);
    }
}

fn length(input: ParseStream<'_>) -> syn::Result<(Option<u32>, Option<u32>)> {
    let end = |input: ParseStream<'_>| match input.parse::<Option<Token![_]>>()? {
        Some(_) => Ok(None),
        None => input.parse::<LitInt>()?.base10_parse().map(Some),
    };
    let min = end(input)?;
    input.parse::<Token![,]>()?;
    Ok((min, end(input)?))
}

/// `min` or `max`: a whole number, one with a point, or a decimal as text.
enum Bound {
    Integer(i128),
    Float(f64),
    Text(LitStr),
}

impl Parse for Bound {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Bound::Text);
        }
        let minus = input.parse::<Option<Token![-]>>()?.is_some();
        if input.peek(LitFloat) {
            let value: f64 = input.parse::<LitFloat>()?.base10_parse()?;
            return Ok(Bound::Float(if minus { -value } else { value }));
        }
        let literal: LitInt = input.parse()?;
        let digits = literal.base10_digits();
        let written = if minus {
            format!("-{digits}")
        } else {
            digits.to_owned()
        };
        match written.parse() {
            Ok(value) => Ok(Bound::Integer(value)),
            Err(error) => Err(syn::Error::new(literal.span(), error)),
        }
    }
}

fn bound(entry: &Entry, shape: Shape, errors: &mut Errors) -> Option<Bound> {
    allow(
        entry,
        shape,
        &[Shape::Integer, Shape::Float, Shape::Decimal],
        "numbers",
        errors,
    );
    let expected = match shape {
        Shape::Decimal => "a number, or a decimal as text, as in `{} = \"0.01\"`",
        _ => "a number, as in `{} = 100`",
    };
    let bound: Bound = entry.value(errors, expected)?;
    let is_misfit = matches!(
        (&bound, shape),
        (Bound::Float(_), Shape::Integer | Shape::Decimal)
            | (Bound::Text(_), Shape::Integer | Shape::Float)
    );
    if is_misfit {
        let kind = match shape {
            Shape::Integer => "a whole number, as its type is",
            Shape::Decimal => {
                "a whole number or text, as in `\"0.01\"`: a decimal is no binary fraction"
            }
            _ => "a number",
        };
        errors.at(entry, format_args!("`{}` takes {kind}", entry.key));
    }
    // A bound of floats is a float, however it is written.
    Some(match bound {
        #[allow(clippy::cast_precision_loss)]
        Bound::Integer(value) if shape == Shape::Float => Bound::Float(value as f64),
        bound => bound,
    })
}

impl Bound {
    fn value(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)]
            Bound::Integer(value) => Some(*value as f64),
            Bound::Float(value) => Some(*value),
            Bound::Text(text) => text.value().parse().ok(),
        }
    }

    fn words(&self) -> String {
        match self {
            Bound::Integer(value) => value.to_string(),
            Bound::Float(value) => value.to_string(),
            Bound::Text(text) => text.value(),
        }
    }

    fn constant(&self, eventc: &TokenStream) -> TokenStream {
        match self {
            Bound::Integer(value) => {
                let value = Literal::i128_unsuffixed(*value);
                quote!(#eventc::Bound::Integer(#value))
            }
            Bound::Float(value) => {
                let value = Literal::f64_unsuffixed(*value);
                quote!(#eventc::Bound::Float(#value))
            }
            Bound::Text(text) => quote!(#eventc::Bound::Text(#text)),
        }
    }
}
