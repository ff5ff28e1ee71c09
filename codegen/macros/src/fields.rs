//! The fields of a struct that becomes an event or a record, and what their attributes say.

use crate::attributes::{Form, entries};
use crate::expansion::{Errors, article};
use crate::input::{self, Attribute, Attributes, Body, Fields, Item, Type};
use crate::shape::Shape;
use proc_macro2::{Group, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt, LitStr, Token};

/// What a field is to the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A member of the message.
    Member,
    /// `#[event(header)]`: a struct whose members are the message's.
    Header,
    /// `#[event(context)]`: the same, carried by some events.
    Context,
}

/// A field of an event or a record.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    /// The name without `r#`.
    pub(crate) name: String,
    pub(crate) ty: &'a Type,
    pub(crate) shape: Shape,
    pub(crate) role: Role,
    /// The members of a header that its events are partitioned by, for messages to name.
    pub(crate) places: Vec<String>,
    pub(crate) attributes: &'a Attributes,
    pub(crate) fill: bool,
    pub(crate) wire: Option<LitStr>,
    pub(crate) pii: Option<LitStr>,
    pub(crate) since: Option<u32>,
    pub(crate) backfill: Option<LitStr>,
    pub(crate) accept: Option<(i64, i64)>,
}

const KEYS: [&str; 8] = [
    "header", "context", "fill", "accept", "wire", "pii", "since", "backfill",
];

/// The named fields of a struct; anything else is refused. `noun` is "event", "header" or "record".
pub(crate) fn read<'a>(input: &'a Item, noun: &'static str, errors: &mut Errors) -> Vec<Field<'a>> {
    let named = match &input.body {
        Body::Struct(Fields::Named(fields)) => fields,
        // An event of no fields is possible: `struct Started {}`, and so `struct Started;`.
        Body::Struct(Fields::Unit) => return Vec::new(),
        Body::Struct(Fields::Unnamed(_, all)) => {
            errors.at(
                all,
                format_args!(
                    "the fields of an {noun} have names: they are the members of its message"
                ),
            );
            return Vec::new();
        }
        Body::Enum(_) | Body::Union => {
            let message = match noun {
                "event" => "an event is a struct; an enum over events is made by `derive(Events)`",
                _ => {
                    "a record is a struct; an enum is made a value by `derive(Enum)` or `derive(Union)`"
                }
            };
            errors.at(&input.ident, message);
            return Vec::new();
        }
    };
    let fields: Vec<Field<'a>> = named
        .iter()
        .filter_map(|field| read_one(field, noun, errors))
        .collect();
    refuse_equal_wire_names(&fields, errors);
    fields
}

fn read_one<'a>(
    field: &'a input::Field,
    noun: &'static str,
    errors: &mut Errors,
) -> Option<Field<'a>> {
    let ident = field.ident.as_ref()?;
    let mut read = Field {
        ident,
        name: ident.unraw().to_string(),
        ty: &field.ty,
        shape: Shape::of(&field.ty),
        role: Role::Member,
        places: Vec::new(),
        attributes: &field.attributes,
        fill: false,
        wire: None,
        pii: None,
        since: None,
        backfill: None,
        accept: None,
    };
    for entry in entries(&field.attributes, errors) {
        match entry.key.to_string().as_str() {
            "header" if noun == "event" => {
                read.role = Role::Header;
                if let Form::List(_) = entry.form {
                    let expected = "the members that its events are partitioned by, as in `header(occurred_at)`";
                    read.places = entry.list_with(errors, expected, words).unwrap_or_default();
                } else {
                    entry.word(errors);
                }
            }
            "context" if noun == "event" && entry.word(errors) => read.role = Role::Context,
            "fill" => read.fill = entry.word(errors),
            "wire" => read.wire = entry.text(errors),
            "pii" => read.pii = entry.text(errors),
            "since" => read.since = entry.number(errors),
            "backfill" => read.backfill = entry.text(errors),
            "accept" => {
                let expected = "the seconds around now, as in `accept(-604800, 3600)`";
                read.accept = entry.list_with(errors, expected, window);
            }
            "header" | "context" => errors.at(
                &entry.key,
                format_args!(
                    "only an event has a `{}`: a {noun}'s members are its own",
                    entry.key
                ),
            ),
            _ => {
                let known = if noun == "event" {
                    &KEYS[..]
                } else {
                    KEYS.get(2..).unwrap_or(&KEYS)
                };
                entry.unknown(
                    &format!("a field of {} {noun}", article(noun)),
                    known,
                    errors,
                );
            }
        }
    }
    refuse_optional_header(&read, errors);
    refuse_optional_fill(&read, errors);
    Some(read)
}

fn words(input: ParseStream<'_>) -> syn::Result<Vec<String>> {
    let words = Punctuated::<Ident, Token![,]>::parse_terminated_with(input, Ident::parse_any)?;
    Ok(words.iter().map(|word| word.unraw().to_string()).collect())
}

fn window(input: ParseStream<'_>) -> syn::Result<(i64, i64)> {
    let from = signed(input)?;
    input.parse::<Token![,]>()?;
    let to = signed(input)?;
    Ok((from, to))
}

fn signed(input: ParseStream<'_>) -> syn::Result<i64> {
    let minus: Option<Token![-]> = input.parse()?;
    let number: i64 = input.parse::<LitInt>()?.base10_parse()?;
    Ok(if minus.is_some() { -number } else { number })
}

/// Rule: every event of a stream has the stream's header, so it is never optional.
fn refuse_optional_header(field: &Field<'_>, errors: &mut Errors) {
    if field.role == Role::Header && field.shape == Shape::Option {
        errors.at(
            field.ty,
            "a header can't be optional: it is what every event of its stream carries; \
             what only some carry is a `context`",
        );
    }
}

/// Rule: what is filled in is always there.
fn refuse_optional_fill(field: &Field<'_>, errors: &mut Errors) {
    if field.fill && field.shape == Shape::Option {
        errors.at(
            field.ty,
            "a field that is filled in is always there, so it can't be optional",
        );
    }
}

/// Rule: two members of one message have two names.
fn refuse_equal_wire_names(fields: &[Field<'_>], errors: &mut Errors) {
    let mut seen: Vec<(String, &Field<'_>)> = Vec::with_capacity(fields.len());
    for field in fields.iter().filter(|field| field.role == Role::Member) {
        let wire = field.wire_name();
        if let Some((_, other)) = seen.iter().find(|(name, _)| *name == wire) {
            let message = format!(
                "`{}` and `{}` are both called `{wire}` on the wire: each member of a message has its own name",
                other.name, field.name
            );
            match &field.wire {
                Some(wire) => errors.at(wire, message),
                None => errors.at(field.ident, message),
            }
        }
        seen.push((wire, field));
    }
}

impl Field<'_> {
    pub(crate) fn wire_name(&self) -> String {
        match &self.wire {
            Some(wire) => wire.value(),
            None => self.name.clone(),
        }
    }

    pub(crate) fn is_optional(&self) -> bool {
        self.shape == Shape::Option
    }

    pub(crate) fn is_flat(&self) -> bool {
        self.role != Role::Member
    }

    /// `#[serde(default)]` or `#[serde(default = "…")]`.
    pub(crate) fn serde_default(&self) -> Option<&Attribute> {
        let begins = |list: &Group| match list.stream().into_iter().next() {
            Some(TokenTree::Ident(ident)) => ident == "default",
            _ => false,
        };
        self.attributes
            .serde
            .first()
            .filter(|attribute| attribute.list.as_ref().is_some_and(begins))
    }
}
