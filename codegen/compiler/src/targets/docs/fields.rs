//! Fields as the rows of a table, each with an anchor of its own.

use std::fmt::Write as _;

use super::super::reading::{From, Group, Note};
use super::html::Text;
use super::site::Site;
use super::{facts, prose};
use crate::catalog::{Body, EnumValue, Field, Storage, TypeRef};

/// The head of a table of fields. Its rows are blocks of their own where a window is narrow.
pub(super) const HEAD: &str = "<thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Type</th><th scope=\"col\">What it is</th></tr></thead>";

/// The fields of a record, a context or a header. `storage` is what speaks of them.
pub(super) fn table(
    site: &Site<'_>,
    fields: &[Field],
    storage: Option<&Storage>,
    label: &str,
) -> String {
    let group = Group {
        from: From::Own,
        fields,
        storage,
    };
    group_table(site, &group, label)
}

/// The fields of an event that come from one place.
pub(super) fn group_table(site: &Site<'_>, group: &Group<'_>, label: &str) -> String {
    let mut html = format!(
        "<table class=\"fields\" aria-label=\"{}\">{HEAD}\n<tbody>\n",
        Text(label)
    );
    for (index, field) in group.fields.iter().enumerate() {
        html.push_str(&row(site, field, group.storage, index));
    }
    html.push_str("</tbody></table>\n");
    html
}

fn row(site: &Site<'_>, field: &Field, storage: Option<&Storage>, index: usize) -> String {
    let reading = site.reading;
    // A field of the schema is a name, and so is its anchor.
    let name = &field.name;
    let optional = match field.required {
        true => "",
        false => " <span class=\"optional\">optional</span>",
    };
    let description = reading.description(field).map(prose::line);
    let mut about = description.unwrap_or_default();
    if let Some(values) = values(site, &field.ty) {
        let _ = write!(about, " <span class=\"values\">{values}</span>");
    }
    for note in reading.notes(field, storage, index) {
        let _ = write!(about, " {}", badge(&note));
    }
    format!(
        "<tr id=\"{name}\"><th scope=\"row\"><a href=\"#{name}\"><code>{}</code></a>{optional}</th><td>{}</td><td>{about}</td></tr>\n",
        facts::breakable(name),
        site.type_link(&field.ty)
    )
}

/// So many values of an enum are shown where it is used.
const VALUES: usize = 6;

/// The values of a small enum.
fn values(site: &Site<'_>, ty: &TypeRef) -> Option<String> {
    let TypeRef::Named(id) = ty else { return None };
    let Body::Enum(of) = &site.reading.catalog[*id].body else {
        return None;
    };
    let value = |value: &EnumValue| format!("<code>{}</code>", Text(&value.wire));
    let mut values: Vec<_> = of.values.iter().take(VALUES).map(value).collect();
    if of.values.len() > VALUES || of.open {
        values.push("…".to_owned());
    }
    Some(values.join(" · "))
}

/// A few words that stand out.
pub(super) fn badge(note: &Note) -> String {
    let Note { kind, text } = note;
    let words = match text.as_str() {
        "" => String::new(),
        text if *kind == "deprecated" => format!(" <b>{}</b>", prose::line(text)),
        text => format!(" <b>{}</b>", Text(text)),
    };
    format!("<span class=\"badge {kind}\">{kind}{words}</span>")
}
