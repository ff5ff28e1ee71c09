//! The page of a type: what its values are, and who has them.

use std::fmt::Write as _;

use super::super::reading::{self, Note, User};
use super::facts::{self, Facts};
use super::html::Text;
use super::page::Page;
use super::site::{Site, UP};
use super::{fields, prose, snippets};
use crate::catalog::{Body, Enum, Thing, TypeId, Union};

pub(super) fn page(site: &Site<'_>, id: TypeId, mark: &str) -> String {
    let ty = &site.reading.catalog[id];
    let mut content = facts::head(site, Thing::Type(id), kind(&ty.body));
    content.push_str(&about(site, id));
    content.push_str(&match &ty.body {
        Body::Newtype(_) => String::new(),
        Body::Enum(enumeration) => values(site, enumeration),
        Body::Record(fields) => section(
            "Fields",
            &fields::table(site, fields, None, "Fields of the record"),
        ),
        Body::Union(union) => variants(site, union),
    });
    content.push_str(&users(site, site.reading.users_of(id)));
    content.push_str(&snippets::section(&snippets::of_type(site, id)));
    Page {
        title: &format!("{} · type", ty.name),
        about: ty.docs.description.as_deref().unwrap_or(&ty.name),
        root: UP,
        way: &facts::way(site, ty.module),
        content: &content,
    }
    .html(site, mark)
}

/// What kind of type it is, in a word.
pub(super) fn kind(body: &Body) -> &'static str {
    match body {
        Body::Newtype(_) => "Newtype",
        Body::Enum(_) => "Enum",
        Body::Record(_) => "Record",
        Body::Union(_) => "Union",
    }
}

fn about(site: &Site<'_>, id: TypeId) -> String {
    let catalog = site.reading.catalog;
    let ty = &catalog[id];
    let mut facts = Facts::default();
    if let Body::Newtype(newtype) = &ty.body {
        facts.html("Made of", &site.type_link(&newtype.of));
        for (label, code) in reading::rules(newtype) {
            facts.code(label, &code);
        }
    }
    if let Body::Union(Union { tag, .. }) = &ty.body {
        match tag {
            Some(tag) => facts.html(
                "Told apart by",
                &format!("the member <code>{}</code>", Text(tag)),
            ),
            None => facts.words("Told apart by", "the name of the only member"),
        }
    }
    if let Some(unit) = &ty.unit {
        facts.words("Unit", unit);
    }
    if let Some(class) = catalog.pii_of(ty) {
        facts.html(
            "Personal data",
            &format!("<span class=\"badge pii\">{}</span>", Text(&class)),
        );
    }
    facts.of_thing(site, Thing::Type(id));
    facts.finish()
}

fn section(title: &str, content: &str) -> String {
    format!(
        "<section aria-labelledby=\"the-fields\">\n<h2 id=\"the-fields\">{title}</h2>\n{content}</section>\n"
    )
}

fn values(site: &Site<'_>, enumeration: &Enum) -> String {
    let mut html = String::from(
        "<table class=\"fields two\" aria-label=\"Values\"><thead><tr><th scope=\"col\">Value</th><th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n",
    );
    for value in &enumeration.values {
        let about = value
            .docs
            .description
            .as_deref()
            .map(prose::line)
            .unwrap_or_default();
        let deprecated = value.docs.deprecated.as_deref().map(|it| {
            let text = site.reading.deprecation(it);
            let kind = "deprecated";
            format!(" {}", fields::badge(&Note { kind, text }))
        });
        let anchor = value_anchor(&value.wire);
        let _ = writeln!(
            html,
            "<tr id=\"{anchor}\"><th scope=\"row\"><a href=\"#{anchor}\"><code>{}</code></a></th><td>{about}{}</td></tr>",
            Text(&value.wire),
            deprecated.unwrap_or_default()
        );
    }
    html.push_str("</tbody></table>\n");
    if enumeration.open {
        html.push_str("<p>It is open: a value that is not among these is kept as it is.</p>\n");
    }
    section("Values", &html)
}

/// The anchor of a value of an enum, which may be any text: what a URL has no room for is written by its bytes, as `encodeURIComponent`
/// of `site.js` does it.
fn value_anchor(wire: &str) -> String {
    let mut anchor = String::from("value-");
    for byte in wire.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => anchor.push(byte.into()),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'(' | b')' => anchor.push(byte.into()),
            b'\'' => anchor.push_str("&#39;"),
            _ => {
                let _ = write!(anchor, "%{byte:02X}");
            }
        }
    }
    anchor
}

fn variants(site: &Site<'_>, union: &Union) -> String {
    let mut html = String::from(
        "<table class=\"fields two\" aria-label=\"Variants\"><thead><tr><th scope=\"col\">Variant</th><th scope=\"col\">What it holds</th></tr></thead>\n<tbody>\n",
    );
    for variant in &union.variants {
        let name = Text(&variant.name);
        let _ = writeln!(
            html,
            "<tr id=\"{name}\"><th scope=\"row\"><a href=\"#{name}\"><code>{name}</code></a></th><td>{}</td></tr>",
            site.type_link(&variant.ty)
        );
    }
    html.push_str("</tbody></table>\n");
    section("Variants", &html)
}

/// Everything that has the type, with links to its fields.
fn users(site: &Site<'_>, users: &[User<'_>]) -> String {
    let mut html = format!(
        "<section aria-labelledby=\"the-users\">\n<h2 id=\"the-users\">Used by <span class=\"number\">{}</span></h2>\n",
        users.len()
    );
    if users.is_empty() {
        html.push_str("<p>Nothing has it.</p>\n");
    } else {
        html.push_str("<ul class=\"users\">\n");
        for user in users {
            let name = user.thing.name(site.reading.catalog);
            let path = site.path(user.thing);
            let (anchor, member) = match user.member {
                Some(member) => (format!("#{member}"), format!(".<b>{}</b>", Text(member))),
                None => (String::new(), String::new()),
            };
            let _ = writeln!(
                html,
                "<li><a href=\"{UP}{path}{}\"><code>{}{member}</code></a> <span class=\"optional\">{}</span></li>",
                Text(&anchor),
                Text(&name),
                user.thing.kind()
            );
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</section>\n");
    html
}
