//! Doc comments in TSDoc. What a description may say is Markdown by `rust/docs.rs`; here it can neither end the comment nor begin a tag.

use super::super::rust::docs::{self, code, deprecation, facts, markdown};
use crate::catalog::{
    Catalog, Deprecated, Docs, Event, Example, Field, MemberDocs, Module, Storage,
};
use crate::json::Json;

/// A comment for a whole file.
pub(super) fn module(module: &Module) -> String {
    comment(
        &format!("{}\n\n{TAG}packageDocumentation", docs::module(module)),
        "",
    )
}

/// A comment for the index.
pub(super) fn index(catalog: &Catalog) -> String {
    let text = format!(
        "The events of the catalog {}.\n\n{TAG}packageDocumentation",
        code(&catalog.name)
    );
    comment(&text, "") + "\n"
}

/// A declaration: what its description says, facts about it, its place in the schema, and what tags there are.
pub(super) fn item(
    catalog: &Catalog,
    of: &Docs,
    facts: &str,
    place: &str,
    examples: &[Example],
) -> String {
    let mut text = String::new();
    if let Some(description) = &of.description {
        text.push_str(&markdown(description));
        text.push_str("\n\n");
    }
    text.push_str(facts);
    push_place(&mut text, place);
    for example in examples {
        push_example(&mut text, example);
    }
    push_deprecated(&mut text, catalog, of.deprecated.as_deref());
    comment(&text, "")
}

/// A field: its description, unit, class of personal data, first version, what it is for, and its place.
pub(super) fn field(catalog: &Catalog, field: &Field, purpose: &str, place: &str) -> String {
    let description = field.docs.description.as_deref().map(markdown);
    let purpose = (!purpose.is_empty()).then(|| purpose.to_owned());
    let parts = description.into_iter().chain(facts(field)).chain(purpose);
    let mut text = sentences(parts);
    push_place(&mut text, place);
    push_deprecated(&mut text, catalog, field.docs.deprecated.as_deref());
    comment(&text, "  ")
}

/// A value of an enum or a variant of a union: an item of a list in the docs of its type.
pub(super) fn choice(catalog: &Catalog, name: &str, of: &MemberDocs) -> Option<String> {
    let description = of.description.as_deref().map(markdown);
    let deprecated = of.deprecated.as_deref().map(|it| {
        let why = deprecation(catalog, it);
        format!("Deprecated: {}.", why.trim_end_matches('.'))
    });
    let parts = description.into_iter().chain(deprecated);
    let text = sentences(parts).replace('\n', " ");
    (!text.is_empty()).then(|| format!("- {}: {text}", code(name)))
}

/// What places an event, as a sentence for the field that does.
pub(super) fn purpose(storage: Option<&Storage>, index: usize) -> String {
    let Some(storage) = storage else {
        return String::new();
    };
    let mut keys: Vec<_> = storage
        .references()
        .filter(|(_, field)| field.index == index)
        .map(|(key, _)| format!("`{key}`"))
        .collect();
    keys.dedup();
    if keys.is_empty() {
        return String::new();
    }
    format!("Places the event: it is in its {}.", keys.join(" and "))
}

/// What there is to know about an event beside its description.
pub(super) fn event(catalog: &Catalog, event: &Event) -> String {
    let mut text = format!("The event {}, version {}", code(&event.name), event.version);
    if let Some(stream) = catalog.stream_of(event) {
        text.push_str(&format!(", of the stream {}", code(&stream.name)));
    }
    if let Some(owner) = &event.docs.owner {
        text.push_str(&format!(", owned by {}", code(owner)));
    }
    text.push('.');
    text.push_str(&docs::expected(event));
    text
}

fn sentences(parts: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(match text.as_str() {
            "" => "",
            // A fence stands on a line of its own.
            text if text.ends_with("```") => "\n",
            _ => " ",
        });
        text.push_str(&part);
    }
    text
}

fn push_place(text: &mut String, place: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&code(place));
}

fn push_deprecated(text: &mut String, catalog: &Catalog, deprecated: Option<&Deprecated>) {
    if let Some(deprecated) = deprecated {
        let why = deprecation(catalog, deprecated);
        text.push_str(&format!("\n\n{TAG}deprecated {why}"));
    }
}

/// An example as it is on the wire, a member on each line.
fn push_example(text: &mut String, example: &Example) {
    let members = match &example.json {
        Json::Object(members) => members.as_slice(),
        _ => &[],
    };
    let lines = members
        .iter()
        .map(|(name, value)| format!("  {}: {value}", Json::String(name.clone())));
    let lines: Vec<_> = lines.collect();
    text.push_str(&format!(
        "\n\n{TAG}example {}\n```json\n{{\n{}\n}}\n```",
        example.name,
        // In JSON a `/` may be escaped, so an example stays one.
        lines.join(",\n").replace("*/", "*\\/")
    ));
}

/// Where a tag of ours begins; no text of the schema holds it, as control characters are taken out of all of it.
const TAG: char = '\u{1}';

/// Text as a comment: on one line if it has one.
fn comment(text: &str, indent: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(line).collect();
    if let [only] = lines.as_slice() {
        return format!("{indent}/** {only} */\n");
    }
    let mut comment = format!("{indent}/**\n");
    for line in lines {
        comment.push_str(indent);
        comment.push_str(" *");
        if !line.is_empty() {
            comment.push(' ');
            comment.push_str(&line);
        }
        comment.push('\n');
    }
    comment + indent + " */\n"
}

/// A line of a comment, in which nothing but our own tags is one, and which does not end the comment.
fn line(text: &str) -> String {
    if let Some(tag) = text.strip_prefix(TAG) {
        return format!("@{}", inert(tag));
    }
    let text = inert(text);
    match text.trim_start().strip_prefix('@') {
        Some(rest) => format!("\\@{rest}"),
        None => text,
    }
}

fn inert(text: &str) -> String {
    text.replace("*/", "*\\/").replace("{@", "{\\@")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_stays_in_its_comment() {
        assert_eq!(comment("a */ b", ""), "/** a *\\/ b */\n");
        assert_eq!(
            comment("@deprecated\n{@link x} a@b\n\n\u{1}example c", "  "),
            "  /**\n   * \\@deprecated\n   * {\\@link x} a@b\n   *\n   * @example c\n   */\n"
        );
    }
}
