//! `event!`: a struct literal that words what it misses.
//!
//! It takes three steps, none of which reads a file. `event!` (a `macro_rules!` of the runtime) hands
//! `$crate` to `__event!`, which turns `Path { fields }` into `Path! { … }`: a macro that
//! `derive(Event)` made under the same name as the struct. That one adds what it knows of the fields
//! and calls `__fill!`, which compares.

use crate::attributes::list;
use crate::docs::{Docs, text};
use crate::event::Event;
use crate::fields::{Field, Role};
use crate::impls::fnv_1a;
use crate::partition::Place;
use crate::settings::Settled;
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{FieldValue, LitStr, Token};

/// The macro that carries the table of an event's fields, under the struct's own name.
///
/// Why a field matters is put into words only where one is missing: the table holds what there is to say of it.
pub(crate) fn table(event: &Event<'_>, visibility: &TokenStream) -> TokenStream {
    let names = event.fields.iter().map(|field| field.name.as_str());
    let hidden = Ident::new(&hidden_name(&event.name, names), Span::call_site());
    let ident = event.ident;
    let name = text(&event.name);
    let mut fields = TokenStream::new();
    for field in event.fields {
        fields.append(field.ident.clone());
        if field.is_optional() {
            fields.append(Punct::new('?', Spacing::Alone));
        } else if field.fill {
            fields.append(Punct::new('=', Spacing::Alone));
        } else {
            for word in purpose(event, field) {
                fields.append(Ident::new(&word, Span::call_site()));
            }
            fields.append_all(&field.attributes.docs);
        }
        fields.append(Punct::new(',', Spacing::Alone));
    }
    // Only an exported macro can be as public as the struct.
    let is_public = visibility.clone().into_iter().count() == 1;
    let export = is_public.then(|| quote!(#[macro_export]));
    quote! {
        #[doc(hidden)]
        #export
        #[allow(unused_macros, non_local_definitions)]
        macro_rules! #hidden {
            (($($eventc:tt)*) $($input:tt)*) => {
                $($eventc)*::__private::__fill! { ($($eventc)*) #name [#fields] $($input)* }
            };
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #hidden as #ident;
    }
}

/// What an event needs a field for, as words of the table; none if it is just a field.
fn purpose(event: &Event<'_>, field: &Field<'_>) -> Vec<String> {
    let is = |named: &Place| named.name() == *field.name;
    let Settled { parts, key, id, .. } = event.placement;
    let word = if field.role == Role::Header {
        "header"
    } else if parts.iter().flatten().any(|part| is(&part.place)) {
        "partition"
    } else if key.as_ref().is_some_and(is) {
        "key"
    } else if id.as_ref().is_some_and(is) {
        "id"
    } else {
        return Vec::new();
    };
    let carried = field.places.iter().cloned();
    [word.to_owned()].into_iter().chain(carried).collect()
}

/// The name of an event, and a hash of what it is made of and where it stands: exported macros of one crate
/// share one namespace, and two catalogs of it, such as those of two tests, may have an event of the same name.
fn hidden_name<'a>(name: &str, fields: impl Iterator<Item = &'a str>) -> String {
    let mut hidden = "__event_".to_owned();
    for letter in name.chars() {
        match letter {
            '.' => hidden.push_str("__"),
            letter if letter.is_ascii_alphanumeric() => hidden.push(letter),
            _ => hidden.push('_'),
        }
    }
    let mut identity: String = fields.flat_map(|field| [field, ","]).collect();
    // There are no places outside of the compiler, as in unit tests.
    if proc_macro::is_available() {
        let place = proc_macro::Span::call_site();
        identity.push_str(&format!("{}:{}", place.line(), place.column()));
    }
    format!("{hidden}_{:016x}", fnv_1a(&identity))
}

/// Why an event can't do without a field: one line of the error. `about` is what the table says of it.
fn reason(field: &Ident, about: TokenStream) -> String {
    let name = field.unraw();
    let is_doc = |token: &TokenTree| !matches!(token, TokenTree::Ident(_));
    let mut words: Vec<String> = Vec::new();
    let mut docs = TokenStream::new();
    for token in about {
        if is_doc(&token) {
            docs.extend([token]);
        } else {
            words.push(token.to_string());
        }
    }
    let docs = Docs::of(docs);
    let place = docs.in_parentheses();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["header"] => format!(
            "`{name}` places it in its stream: without it no store can place the event{place}"
        ),
        ["header", carried @ ..] => format!(
            "`{name}` carries {}, by which it is partitioned: without it no store can place the event{place}",
            list(carried)
        ),
        ["partition"] => format!(
            "`{name}` is what it is partitioned by: without it no store can place the event{place}"
        ),
        ["key"] => {
            format!("`{name}` is its key: without it nothing keeps the events in order{place}")
        }
        ["id"] => {
            format!("`{name}` is its id: without it an event that arrives twice is two{place}")
        }
        _ if docs.description.is_empty() => format!("`{name}` is required{place}"),
        _ => format!("`{name}` is required: {}{place}", docs.description),
    }
}

/// `event!`: `($crate) path::To { fields }` becomes `path::To! { ($crate) (path::To) { fields } }`.
pub(crate) fn event(input: TokenStream) -> TokenStream {
    let mut tokens = input.into_iter();
    let eventc = tokens.next();
    let mut path: Vec<TokenTree> = Vec::new();
    let mut fields: Option<Group> = None;
    for token in tokens.by_ref() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                fields = Some(group);
                break;
            }
            // A path that came through another macro is wrapped in an invisible group.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                path.extend(group.stream())
            }
            token => path.push(token),
        }
    }
    let rest: TokenStream = tokens.collect();
    if path.is_empty() {
        let message = "`event!` takes an event and its fields, as in `event!(request::Success { status: 200 })`";
        return syn::Error::new(Span::call_site(), message).to_compile_error();
    }
    let path_tokens: TokenStream = path.iter().cloned().collect();
    if let Some(token) = path.iter().find(|token| !belongs_to_path(token)) {
        let message = "`event!` takes the path of an event and its fields in braces, as in `event!(request::Success { status: 200 })`";
        return error(token, message);
    }
    if !rest.is_empty() {
        return error(
            rest,
            "`event!` takes one event: nothing stands after the closing brace",
        );
    }
    let ends_in_name = matches!(path.last(), Some(TokenTree::Ident(_)));
    match fields {
        Some(fields) if ends_in_name => quote!(#path_tokens! { #eventc (#path_tokens) #fields }),
        // Half-typed: what is there stays, so that the editor can complete it.
        _ if ends_in_name => {
            let base = error(
                &path_tokens,
                format!("the fields of `{}` follow in braces", words(&path_tokens)),
            );
            quote!(#path_tokens { ..#base })
        }
        _ => error(
            &path_tokens,
            "the path of the event ends here, and no name follows",
        ),
    }
}

fn belongs_to_path(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    }
}

fn words(path: &TokenStream) -> String {
    path.to_string().replace(' ', "")
}

/// A `compile_error!` under these tokens; an expression and an item alike.
fn error(tokens: impl ToTokens, message: impl std::fmt::Display) -> TokenStream {
    syn::Error::new_spanned(tokens, message).to_compile_error()
}

/// What the table says of a field.
enum Rule {
    /// With what there is to say of it.
    Required(TokenStream),
    Optional,
    Filled,
}

/// `($crate) "event.name" [table] (path) { fields }`
struct Call {
    eventc: TokenStream,
    name: String,
    table: Vec<(Ident, Rule)>,
    path: TokenStream,
    /// With its braces: an expression between tokens of the user's own is the user's own, so that
    /// rustc offers similar names and the editor completes.
    fields: Group,
}

fn call(input: ParseStream<'_>) -> syn::Result<Call> {
    let group = |input: ParseStream<'_>| input.parse::<Group>().map(|group| group.stream());
    let eventc = group(input)?;
    let name: LitStr = input.parse()?;
    let table = group(input)?;
    Ok(Call {
        eventc,
        name: name.value(),
        table: rules.parse2(table)?,
        path: group(input)?,
        fields: input.parse()?,
    })
}

fn rules(input: ParseStream<'_>) -> syn::Result<Vec<(Ident, Rule)>> {
    let mut rules = Vec::new();
    while !input.is_empty() {
        let field = Ident::parse_any(input)?;
        let rule = if input.parse::<Option<Token![?]>>()?.is_some() {
            Rule::Optional
        } else if input.parse::<Option<Token![=]>>()?.is_some() {
            Rule::Filled
        } else {
            let mut about = TokenStream::new();
            while !input.is_empty() && !input.peek(Token![,]) {
                about.append(input.parse::<TokenTree>()?);
            }
            Rule::Required(about)
        };
        input.parse::<Option<Token![,]>>()?;
        rules.push((field, rule));
    }
    Ok(rules)
}

/// The literal, with what may be left out; or the error that names all that may not.
pub(crate) fn fill(input: TokenStream) -> TokenStream {
    let call = match call.parse2(input) {
        Ok(call) => call,
        Err(_) => {
            let message =
                "this macro is what `event!` calls: write `event!(Path { field: value })`";
            return syn::Error::new(Span::call_site(), message).to_compile_error();
        }
    };
    let Call {
        eventc,
        path,
        fields,
        ..
    } = &call;
    // What does not parse, because someone is typing it, or is from a later Rust, is rustc's to judge;
    // and where the rest comes from another event, nothing is missing.
    let Some(names) = given.parse2(fields.stream()).ok().flatten() else {
        return quote!(#path #fields);
    };
    let absent = |field: &&(Ident, Rule)| !names.contains(&field.0.unraw().to_string());
    let reasons: Vec<(&Ident, String)> = call
        .table
        .iter()
        .filter(absent)
        .filter_map(|(field, rule)| match rule {
            Rule::Required(about) => Some((field, reason(field, about.clone()))),
            _ => None,
        })
        .collect();
    if !reasons.is_empty() {
        let base = error(path, missing(&call.name, &reasons));
        let fields = extended(fields, quote!(..#base));
        return quote!(#path #fields);
    }
    let known = |name: &String| {
        call.table
            .iter()
            .any(|(field, _)| field.unraw() == name.as_str())
    };
    // A misspelt field is rustc's to word; an unfilled literal lets the editor complete what is left.
    if !names.iter().all(known) {
        return quote!(#path #fields);
    }
    let filled = call
        .table
        .iter()
        .filter(absent)
        .map(|(field, rule)| match rule {
            Rule::Filled => quote!(#field: #eventc::Fill::fill()),
            _ => quote!(#field: ::core::option::Option::None),
        });
    let fields = extended(fields, quote!(#(#filled),*));
    quote!(#path #fields)
}

/// The same braces, with more in them.
fn extended(fields: &Group, more: TokenStream) -> Group {
    let mut stream = fields.stream();
    let ends_in_comma = match stream.clone().into_iter().last() {
        None => true,
        Some(TokenTree::Punct(punct)) => punct.as_char() == ',',
        Some(_) => false,
    };
    if !ends_in_comma && !more.is_empty() {
        stream.extend(quote!(,));
    }
    stream.extend(more);
    let mut extended = Group::new(fields.delimiter(), stream);
    extended.set_span(fields.span());
    extended
}

/// The error for what an event misses: all of it, each with its reason.
fn missing(event: &str, reasons: &[(&Ident, String)]) -> String {
    let names: Vec<String> = reasons
        .iter()
        .map(|(field, _)| format!("`{}`", field.unraw()))
        .collect();
    let mut message = format!("event `{event}` is missing {}", names.join(", "));
    for (_, reason) in reasons {
        message.push('\n');
        message.push_str(reason);
    }
    message
}

/// The names of the fields between the braces; nothing if the rest comes from `..another`.
fn given(input: ParseStream<'_>) -> syn::Result<Option<Vec<String>>> {
    let mut names = Vec::new();
    while !input.is_empty() {
        if input.peek(Token![..]) {
            input.parse::<TokenStream>()?;
            return Ok(None);
        }
        let field: FieldValue = input.parse()?;
        if let syn::Member::Named(ident) = field.member {
            names.push(ident.unraw().to_string());
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(Some(names))
}

#[cfg(test)]
mod tests;
