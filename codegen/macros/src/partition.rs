//! `partition`, `key` and `id`: the fields they name, and the rules of what may stand there.

use crate::attributes::{Entry, list};
use crate::expansion::Errors;
use crate::fields::Field;
use crate::shape::{self, Shape, last_name};
use crate::suggest;
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitInt, Token, bracketed, parenthesized, token};

/// A field that `partition`, `key` or `id` names.
///
/// Rule: it is one of the struct's own. What is in a header is for the header to say, and what is in a context can be left out.
pub(crate) struct Place(pub(crate) Ident);

impl Parse for Place {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path =
            Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, Ident::parse_any)?;
        let mut names = path.iter();
        match (names.next(), names.next_back()) {
            (Some(name), None) => Ok(Place(name.clone())),
            (Some(first), Some(last)) => Err(syn::Error::new_spanned(
                &path,
                format_args!(
                    "an event is placed by fields of its own, or by its header: `{last}` is neither\n\
                     if `{first}` is the header, say it on its struct: `#[derive(Stream)] #[event(partition = day({last}))]`"
                ),
            )),
            (None, _) => Err(input.error("expected a field")),
        }
    }
}

impl Place {
    /// The name without `r#`.
    pub(crate) fn name(&self) -> String {
        self.0.unraw().to_string()
    }

    /// The field that it names.
    pub(crate) fn field<'a, 'b>(&self, fields: &'b [Field<'a>]) -> Option<&'b Field<'a>> {
        let name = self.name();
        fields.iter().find(|field| field.name == name)
    }
}

/// How a part of the partition is made of a field, in the words of Apache Iceberg.
pub(crate) enum Transform {
    /// `hour`, `day`, `month`, `year`: the name as written, and the runtime's type.
    Time(Ident, &'static str),
    /// `bucket(16, …)`
    Bucket(LitInt),
    /// The value itself.
    Identity,
}

/// One part of a partition: a transform of a field.
pub(crate) struct Part {
    pub(crate) transform: Transform,
    pub(crate) place: Place,
}

const TRANSFORMS: [(&str, &str); 4] = [
    ("hour", "Hour"),
    ("day", "Day"),
    ("month", "Month"),
    ("year", "Year"),
];

impl Parse for Part {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !(input.peek(Ident::peek_any) && input.peek2(token::Paren)) {
            return Ok(Part {
                transform: Transform::Identity,
                place: input.parse()?,
            });
        }
        let name = Ident::parse_any(input)?;
        let content;
        parenthesized!(content in input);
        let word = name.to_string();
        let transform = if let Some((_, ty)) = TRANSFORMS.iter().find(|(known, _)| *known == word) {
            Transform::Time(name, ty)
        } else if word == "bucket" {
            let count: LitInt = content.parse().map_err(|error| {
                syn::Error::new(
                    error.span(),
                    "`bucket` takes how many and of what, as in `bucket(16, tenant_id)`",
                )
            })?;
            content.parse::<Token![,]>()?;
            Transform::Bucket(count)
        } else {
            return Err(unknown_transform(&name));
        };
        let place = content.parse()?;
        if content.is_empty() {
            Ok(Part { transform, place })
        } else {
            Err(content.error(format_args!("`{word}` takes one field")))
        }
    }
}

fn unknown_transform(name: &Ident) -> syn::Error {
    let known = ["hour", "day", "month", "year", "bucket"];
    let meant =
        suggest::nearest(&name.to_string(), known).map(|near| format!("; did you mean `{near}`?"));
    let rest = meant.unwrap_or_else(|| format!("; there are {}", list(&known)));
    syn::Error::new(
        name.span(),
        format_args!("no partition transform is called `{name}`{rest}"),
    )
}

/// What `partition = …` says: the parts, none of them for `none`.
///
/// Rule: `none` is the only way out of a partition, and is written.
pub(crate) fn read_parts(entry: &Entry, errors: &mut Errors) -> Option<Vec<Part>> {
    let crate::attributes::Form::Value(tokens) = &entry.form else {
        errors.at(
            entry,
            "`partition` takes what the event is partitioned by, as in `partition = day(occurred_at)`, or `none`",
        );
        return None;
    };
    let words = tokens.to_string();
    if words == "none" {
        return Some(Vec::new());
    }
    if words == "None" || words == "\"none\"" {
        errors.at(
            tokens,
            "an event without a partition says so with `partition = none`",
        );
        return None;
    }
    let parts = syn::parse::Parser::parse2(
        |input: ParseStream<'_>| {
            if !input.peek(token::Bracket) {
                return Ok(vec![input.parse()?]);
            }
            let content;
            bracketed!(content in input);
            let parts = Punctuated::<Part, Token![,]>::parse_terminated(&content)?;
            Ok(parts.into_iter().collect::<Vec<Part>>())
        },
        tokens.clone(),
    );
    match parts {
        Ok(parts) if parts.is_empty() => {
            errors.at(tokens, "a partition has at least one part; an event without a partition says so with `partition = none`");
            None
        }
        Ok(parts) => Some(parts),
        Err(error) => {
            errors.push(error);
            None
        }
    }
}

/// What a field is named for, in the words of messages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Partition,
    Key,
    Id,
}

impl Purpose {
    /// "a partition field", "a key", "an id"
    fn noun(self) -> &'static str {
        match self {
            Purpose::Partition => "a partition field",
            Purpose::Key => "a key",
            Purpose::Id => "an id",
        }
    }

    fn why(self, event: &str, field: &str) -> String {
        match self {
            Purpose::Partition => {
                format!(
                    "`{event}` is partitioned by `{field}`, and no store can place an event without it"
                )
            }
            Purpose::Key => format!(
                "`{field}` keeps the events `{event}` in order, and one without it has no place in that order"
            ),
            Purpose::Id => {
                format!(
                    "`{field}` tells the events `{event}` apart, and one without it that arrives twice is two"
                )
            }
        }
    }
}

/// A place that is right as far as tokens can tell.
///
/// `false` means that it was reported.
pub(crate) fn check(
    place: &Place,
    purpose: Purpose,
    noun: &str,
    name: &str,
    fields: &[Field<'_>],
    errors: &mut Errors,
) -> bool {
    let Some(field) = place.field(fields) else {
        refuse_unknown_field(place, purpose, noun, fields, errors);
        return false;
    };
    refuse_default(field, purpose, errors)
        & refuse_backfill(field, purpose, errors)
        & refuse_type(field, place, purpose, name, errors)
}

/// Rule: what places an event is a field.
fn refuse_unknown_field(
    place: &Place,
    purpose: Purpose,
    noun: &str,
    fields: &[Field<'_>],
    errors: &mut Errors,
) {
    let written = place.name();
    let purpose = match purpose {
        Purpose::Partition => "to partition by",
        Purpose::Key => "for its key",
        Purpose::Id => "for its id",
    };
    const SHOWN: usize = 8;
    let mut names =
        suggest::nearest_first(&written, fields.iter().map(|field| field.name.as_str()));
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let has = match (names.as_slice(), more) {
        ([], _) => "it has no fields".to_owned(),
        (names, 0) => format!("it has {}", list(names)),
        (names, more) => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("it has {} and {more} more", names.join(", "))
        }
    };
    errors.at(
        &place.0,
        format_args!("no field `{written}` in this {noun} {purpose}; {has}"),
    );
}

/// Rule: such a field has no default: a stored event without it must fail to decode.
fn refuse_default(field: &Field<'_>, purpose: Purpose, errors: &mut Errors) -> bool {
    let Some(attribute) = field.serde_default() else {
        return true;
    };
    let message = format!(
        "{} can't have a default: a stored event without `{}` must fail to decode",
        purpose.noun(),
        field.name
    );
    match &attribute.list {
        Some(list) => errors.at(list.stream(), message),
        None => errors.at(attribute, message),
    }
    false
}

/// Rule: such a field has no `backfill`, which would put all old events into one place.
fn refuse_backfill(field: &Field<'_>, purpose: Purpose, errors: &mut Errors) -> bool {
    let Some(json) = &field.backfill else {
        return true;
    };
    errors.at(
        json,
        format_args!(
            "{} can't have a `backfill`: every old event without `{}` would get the same one",
            purpose.noun(),
            field.name
        ),
    );
    false
}

/// Rule: the type in such a place has no empty value.
fn refuse_type(
    field: &Field<'_>,
    place: &Place,
    purpose: Purpose,
    name: &str,
    errors: &mut Errors,
) -> bool {
    let noun = purpose.noun();
    if field.is_flat() {
        errors.at(
            &place.0,
            format_args!(
                "{noun} is one field of the event's own, and `{}` is a struct of several",
                field.name
            ),
        );
        return false;
    }
    let ty = last_name(field.ty).unwrap_or_default();
    let written = shape::words(field.ty);
    let a = match ty.as_bytes() {
        // "an `f64`", "an `i64`", "an `IpAddr`", but "a `u64`"
        [b'f' | b'i' | b'I', ..] => "an",
        _ => "a",
    };
    let message = match field.shape {
        Shape::Option => format!(
            "{noun} can't be optional: {}",
            purpose.why(name, &field.name)
        ),
        Shape::String | Shape::Text => format!(
            "{noun} can't be a `{ty}`, which may be empty\n\
             use a newtype that may not: `#[derive(Newtype)] #[event(length(1, _))] struct {}(Text);`",
            type_name(&field.name)
        ),
        Shape::Float => format!(
            "{noun} can't be {a} `{ty}`: two that print alike may differ, and NaN equals nothing\n\
             use an integer, as in `Key<i64>`, or a `Decimal`, as in `Key<Decimal>`"
        ),
        Shape::List | Shape::Map | Shape::Json => format!(
            "{noun} can't be a `{written}`: it may be empty, and is many values rather than one\n\
             name a field that holds one value: an enum, a newtype or a `Key<…>`"
        ),
        Shape::Bytes => format!(
            "{noun} can't be `Bytes`, which may be empty and have no order that stores agree on\n\
             use a `Key<Uuid>`, or text in a newtype: `#[derive(Newtype)] #[event(length(1, _))] struct {}(Text);`",
            type_name(&field.name)
        ),
        Shape::Timestamp => format!(
            "{noun} can't be a bare `{ty}`, which may be the epoch that a forgotten clock leaves behind\n\
             write `Key<{ty}>`, which can't"
        ),
        Shape::Date => format!(
            "{noun} can't be a bare `{ty}`, which may be 1970-01-01\n\
             write `Key<{ty}>`, which can't"
        ),
        Shape::Uuid => format!(
            "{noun} can't be a bare `{ty}`, which may be the nil uuid\n\
             write `Key<{ty}>`, or better a newtype, which can't: `#[derive(Newtype)] struct {}({ty});`",
            type_name(&field.name)
        ),
        Shape::Bool | Shape::Integer | Shape::Decimal | Shape::Ip => format!(
            "{noun} can't be a bare `{ty}`, whose default is easily taken for a value\n\
             write `Key<{ty}>`, or better a newtype: `#[derive(Newtype)] struct {}({ty});`",
            type_name(&field.name)
        ),
        Shape::Boxed => format!("{noun} can't be in a `Box`\nwrite the type itself"),
        Shape::Key | Shape::Named => return true,
    };
    errors.at(field.ty, message);
    false
}

/// `tenant_id` as the name of a type.
fn type_name(field: &str) -> String {
    field
        .split('_')
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn reads_parts() {
        let part: Part = parse_quote!(bucket(16, tenant_id));
        assert!(matches!(part.transform, Transform::Bucket(_)));
        assert_eq!(part.place.name(), "tenant_id");
        let part: Part = parse_quote!(region);
        assert!(matches!(part.transform, Transform::Identity));
    }

    #[test]
    fn refuses_what_is_no_part() {
        let message = |text: &str| syn::parse_str::<Part>(text).err().unwrap().to_string();
        assert_eq!(
            message("dya(at)"),
            "no partition transform is called `dya`; did you mean `day`?"
        );
        assert_eq!(
            message("truncate(4, at)"),
            "no partition transform is called `truncate`; there are `hour`, `day`, `month`, `year` and `bucket`"
        );
        assert!(
            message("day(telemetry.at)").starts_with("an event is placed by fields of its own"),
        );
        assert_eq!(message("day(at, to)"), "`day` takes one field");
        assert_eq!(
            message("bucket(tenant_id)"),
            "`bucket` takes how many and of what, as in `bucket(16, tenant_id)`"
        );
    }

    #[test]
    fn names_a_type_after_a_field() {
        assert_eq!(type_name("tenant_id"), "TenantId");
    }
}
