//! What a name stands for, what is said of it, and where it is used; and what a key is for.

use std::ops::Range;

use eventc_compiler::Catalog;
use eventc_compiler::catalog::{Body, Docs, EnumValue, Field, Scalar, Variant};
use eventc_compiler::index::{Role, Symbol};
use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::completion::is_type;
use super::cursor::{self, Slot};
use super::server::{Refusal, Server};
use super::snapshot::Snapshot;
use crate::view::{Thing, events_of, events_with, names, uses, words};

/// So many places that use a thing are listed.
const MOST_USES: usize = 8;

/// So many fields are.
const MOST_LINES: usize = 24;

pub(super) fn hover(server: &mut Server, params: HoverParams) -> Result<Option<Hover>, Refusal> {
    let asked = params.text_document_position_params;
    let Some((snapshot, file)) = server.file(&asked.text_document.uri) else {
        return Ok(None);
    };
    let (range, text) = match snapshot.place(file, asked.position) {
        Some(place) => (snapshot.range(place.span), page(&snapshot, place.symbol)),
        None => {
            let offset = snapshot.offset(file, asked.position);
            let key = || cursor::key(&snapshot, file, offset, &server.grammar);
            let Some((range, about)) = built_in(snapshot.text(file), offset).or_else(key) else {
                return Ok(None);
            };
            (snapshot.range_of(file, range), about)
        }
    };
    let kind = if server.client.markdown {
        MarkupKind::Markdown
    } else {
        MarkupKind::PlainText
    };
    Ok(Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value: text }),
        range: Some(range),
    }))
}

/// The built-in type at a byte, and what is said of it.
fn built_in(text: &str, offset: usize) -> Option<(Range<usize>, String)> {
    let word = cursor::word(text, offset);
    let name = text.get(word.clone())?;
    let scalar = Scalar::ALL.iter().find(|scalar| scalar.name() == name)?;
    let mut readings = cursor::read(text, offset).into_iter();
    let is_there = readings.any(|it| it.slot == Slot::Value && is_type(&it.path));
    is_there.then(|| (word, format!("```yaml\n{name}\n```\n\n{}", scalar.about())))
}

/// All that is said of a symbol.
fn page(snapshot: &Snapshot, symbol: Symbol) -> String {
    let lines = head(snapshot.catalog(), symbol);
    let mut parts = vec![format!("```yaml\n{}\n```", lines.join("\n"))];
    let About { prose, facts } = about(snapshot.catalog(), symbol);
    parts.extend(prose);
    if !facts.is_empty() {
        parts.push(facts.join("  \n"));
    }
    parts.push(used(snapshot, symbol));
    parts.join("\n\n")
}

/// What it is, in lines as in the schema.
fn head(catalog: &Catalog, symbol: Symbol) -> Vec<String> {
    let called = |thing: Thing| format!("{} {}", thing.kind(), thing.name(catalog));
    match symbol {
        Symbol::Thing(thing @ Thing::Type(id)) => {
            let definition = words::definition(catalog, &catalog[id]);
            vec![format!("{}: {definition}", called(thing))]
        }
        Symbol::Thing(thing) => with_fields(catalog, called(thing) + ":", catalog.fields_of(thing)),
        Symbol::Field(owner, place) => {
            let field = catalog.fields_of(owner).get(place);
            field
                .map(|field| field_line(catalog, field))
                .into_iter()
                .collect()
        }
        Symbol::Value(id, place) => {
            let Body::Enum(values) = &catalog[id].body else {
                return Vec::new();
            };
            let value = values.values.get(place);
            let owner = Thing::Type(id).name(catalog);
            let line = |value: &EnumValue| format!("{}: a value of {owner}", value.wire);
            value.map(line).into_iter().collect()
        }
        Symbol::Variant(id, place) => {
            let Body::Union(union) = &catalog[id].body else {
                return Vec::new();
            };
            let variant = union.variants.get(place);
            let line = |variant: &Variant| {
                let ty = words::type_text(catalog, &variant.ty);
                format!("{}: {ty}", variant.name)
            };
            variant.map(line).into_iter().collect()
        }
    }
}

fn with_fields(catalog: &Catalog, first: String, fields: &[Field]) -> Vec<String> {
    let mut lines = vec![first];
    let shown = fields.iter().take(MOST_LINES);
    lines.extend(shown.map(|field| format!("  {}", field_line(catalog, field))));
    lines.extend((fields.len() > MOST_LINES).then(|| "  …".to_owned()));
    lines
}

fn field_line(catalog: &Catalog, field: &Field) -> String {
    let ty = match field.is_resolved() {
        true => words::field_type(catalog, field),
        false => "?".to_owned(),
    };
    format!("{}: {ty}", words::field_name(field))
}

/// What people wrote about a thing, and what else it says of itself.
#[derive(Default)]
struct About {
    prose: Option<String>,
    facts: Vec<String>,
}

fn about(catalog: &Catalog, symbol: Symbol) -> About {
    match symbol {
        Symbol::Thing(Thing::Type(id)) => {
            let ty = &catalog[id];
            let mut about = documented(catalog, &ty.docs);
            let known = [("unit", &ty.unit), ("personal data", &ty.pii)];
            for (name, value) in known {
                about
                    .facts
                    .extend(value.as_ref().map(|value| format!("{name}: {value}")));
            }
            about
        }
        Symbol::Thing(Thing::Context(id)) => documented(catalog, &catalog[id].docs),
        Symbol::Thing(Thing::Stream(id)) => {
            let stream = &catalog[id];
            let mut about = documented(catalog, &stream.docs);
            about
                .facts
                .insert(0, words::storage(&stream.storage, &stream.fields));
            about
        }
        Symbol::Thing(Thing::Event(id)) => {
            let event = &catalog[id];
            let mut about = documented(catalog, &event.docs);
            let carried = event.contexts.iter().map(|carried| {
                let name = Thing::Context(carried.context).name(catalog);
                format!("{name}{}", if carried.optional { "?" } else { "" })
            });
            let with = carried.collect::<Vec<_>>().join(", ");
            let mut facts = vec![words::home(catalog, event)];
            facts.extend((!with.is_empty()).then(|| format!("with {with}")));
            facts.push(format!("version {}", event.version));
            facts.append(&mut about.facts);
            facts.retain(|fact| !fact.is_empty());
            about.facts = facts;
            about
        }
        Symbol::Field(owner, place) => {
            let field = catalog.fields_of(owner).get(place);
            let prose = field.map(|field| words::about_field(catalog, field));
            let whose = format!("of the {} `{}`", owner.kind(), owner.name(catalog));
            About {
                prose: prose.filter(|about| !about.is_empty()),
                facts: vec![whose],
            }
        }
        Symbol::Value(id, place) => {
            let Body::Enum(values) = &catalog[id].body else {
                return About::default();
            };
            let docs = values.values.get(place).map(|value| &value.docs);
            let description = docs.and_then(|docs| docs.description.as_deref());
            About {
                prose: description.map(str::to_owned),
                facts: docs
                    .and_then(|docs| words::deprecated(catalog, docs.deprecated.as_deref()))
                    .into_iter()
                    .collect(),
            }
        }
        Symbol::Variant(..) => About::default(),
    }
}

fn documented(catalog: &Catalog, docs: &Docs) -> About {
    let mut facts = Vec::new();
    facts.extend(docs.owner.as_ref().map(|owner| format!("owner: {owner}")));
    facts.extend(docs.since.as_ref().map(|since| format!("since {since}")));
    facts.extend(words::deprecated(catalog, docs.deprecated.as_deref()));
    About {
        prose: docs.description.as_deref().map(str::to_owned),
        facts,
    }
}

/// What has it, carries it or goes there; or the lines that name it.
fn used(snapshot: &Snapshot, symbol: Symbol) -> String {
    let catalog = snapshot.catalog();
    let users = match symbol {
        Symbol::Thing(Thing::Type(id)) => uses(catalog, id),
        Symbol::Thing(Thing::Context(id)) => names(catalog, &events_with(catalog, id)),
        Symbol::Thing(Thing::Stream(id)) => names(catalog, &events_of(catalog, id)),
        Symbol::Thing(Thing::Event(_))
        | Symbol::Field(..)
        | Symbol::Value(..)
        | Symbol::Variant(..) => {
            let places = snapshot.index().of(symbol);
            let references = places.filter(|place| place.role == Role::Reference);
            let line = references.map(|place| {
                let file = snapshot.sources.file(place.span.file);
                format!("{}:{}", file.path, file.position(place.span.start).line)
            });
            line.collect()
        }
    };
    let shown: Vec<_> = users
        .iter()
        .take(MOST_USES)
        .map(|user| format!("`{user}`"))
        .collect();
    match users.len().saturating_sub(shown.len()) {
        0 if users.is_empty() => "Nothing names it.".to_owned(),
        0 => format!("Used by {}.", shown.join(", ")),
        more => format!("Used by {}, and {more} more.", shown.join(", ")),
    }
}
