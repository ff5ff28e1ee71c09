//! What one file of the schema declares.

use std::fmt::Write as _;

use super::super::print;
use super::super::reading::{self, From, Group, Reading};
use super::{anchor, link, link_as, module_name, quote};
use crate::catalog::{
    Body, ContextId, Enum, EventId, Field, Home, ModuleId, Newtype, Storage, StreamId, Thing,
    TypeId, TypeRef, Union,
};

/// Pages stand beside each other.
const HERE: &str = "";

pub(super) fn text(reading: &Reading<'_>, id: ModuleId) -> String {
    let module = &reading.catalog[id];
    let name = module_name(reading.catalog, id);
    let mut page = Page {
        reading,
        text: format!("# {}\n\n", quote::code(&name)),
    };
    // What the root says is on the index.
    if let Some(description) = module
        .description
        .as_deref()
        .filter(|_| !module.path.is_empty())
    {
        page.paragraph(&quote::blocks(description));
    }
    page.paragraph("[All of the catalog](../README.md)");
    let declared = reading.contents.module(id);
    page.section("Streams", &declared.streams, Page::stream);
    page.section("Events", &declared.events, Page::event);
    page.section("Contexts", &declared.contexts, Page::context);
    page.section("Types", &declared.types, Page::ty);
    page.text
}

struct Page<'r, 'c> {
    reading: &'r Reading<'c>,
    text: String,
}

impl<'c> Page<'_, 'c> {
    fn section<Id: Copy>(&mut self, title: &str, ids: &[Id], write: fn(&mut Self, Id)) {
        if ids.is_empty() {
            return;
        }
        let _ = writeln!(self.text, "## {title}\n");
        ids.iter().for_each(|&id| write(self, id));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = writeln!(self.text, "{}\n", text.trim_end());
    }

    /// The name of a thing, whether it should still be used, and its description.
    fn head(&mut self, thing: Thing) {
        let (catalog, docs) = (self.reading.catalog, thing.docs(self.reading.catalog));
        let anchor = anchor(self.reading, thing);
        let name = quote::code(&thing.name(catalog));
        self.paragraph(&format!("### <a id=\"{anchor}\"></a>{name}"));
        if let Some(deprecated) = &docs.deprecated {
            let why = quote::cell(&self.reading.deprecation(deprecated));
            self.paragraph(&format!("> **Deprecated.** {why}"));
        }
        if let Some(description) = &docs.description {
            self.paragraph(&quote::blocks(description));
        }
    }

    /// Labels and what stands for them, on a line.
    fn facts(&mut self, thing: Thing, mut facts: Vec<(&str, String)>) {
        let docs = thing.docs(self.reading.catalog);
        facts.extend(docs.owner.as_deref().map(|it| ("Owner", quote::cell(it))));
        facts.extend(docs.since.as_deref().map(|it| ("Since", quote::cell(it))));
        let facts: Vec<_> = facts
            .into_iter()
            .map(|(label, words)| format!("**{label}** {words}").trim_end().to_owned())
            .collect();
        if !facts.is_empty() {
            self.paragraph(&facts.join(" · "));
        }
    }

    fn stream(&mut self, id: StreamId) {
        let stream = &self.reading.catalog[id];
        self.head(Thing::Stream(id));
        self.facts(
            Thing::Stream(id),
            placement(&stream.storage, &stream.fields),
        );
        self.fields(&stream.fields, Some(&stream.storage));
        let events = self.reading.contents.events_of(id);
        self.links(
            "Its events",
            events.iter().map(|&id| (Thing::Event(id), "")),
        );
    }

    fn event(&mut self, id: EventId) {
        let catalog = self.reading.catalog;
        let event = &catalog[id];
        self.head(Thing::Event(id));
        let mut facts = vec![("Version", event.version.to_string())];
        match &event.home {
            Home::Stream(stream) => {
                facts.push(("Stream", link(self.reading, Thing::Stream(*stream), HERE)));
            }
            Home::Own(storage) => facts.extend(placement(storage, &event.fields)),
            Home::Unresolved => {}
        }
        if let Some(expect) = event.expect {
            let words = format!("at least {} per {}", expect.at_least, expect.per.name());
            facts.push(("Expected", words));
        }
        if let Some((_, table)) = self.reading.tables_of(id) {
            facts.push(("Fingerprint", quote::code(&table.fingerprint)));
        }
        self.facts(Thing::Event(id), facts);
        let groups = self.reading.groups(event);
        for Group {
            fields, storage, ..
        } in groups.iter().filter(|group| group.from == From::Own)
        {
            self.fields(fields, *storage);
        }
        let carried = groups.iter().filter_map(|group| match group.from {
            From::Own => None,
            From::Thing(thing) => Some((thing, "")),
            From::Optional(thing) => Some((thing, " (optional)")),
        });
        self.links("It carries the fields of", carried);
        for example in &event.examples {
            self.paragraph(&format!("Example {}:", quote::code(&example.name)));
            self.paragraph(&quote::json(&print::example(&example.json)));
        }
    }

    fn context(&mut self, id: ContextId) {
        let context = &self.reading.catalog[id];
        self.head(Thing::Context(id));
        self.facts(Thing::Context(id), Vec::new());
        self.fields(&context.fields, None);
        let carriers = self.reading.carriers_of(id).iter();
        let carriers = carriers.map(|(event, carried)| {
            let optional = if carried.optional { " (optional)" } else { "" };
            (Thing::Event(*event), optional)
        });
        self.links("Carried by", carriers);
    }

    fn ty(&mut self, id: TypeId) {
        let ty = &self.reading.catalog[id];
        self.head(Thing::Type(id));
        let mut facts = match &ty.body {
            Body::Newtype(newtype) => self.newtype(newtype),
            Body::Enum(of) => vec![("Enum", if of.open { "open" } else { "closed" }.to_owned())],
            Body::Record(_) => vec![("Record", String::new())],
            Body::Union(Union { tag, .. }) => {
                let tag = tag
                    .as_deref()
                    .map(|tag| format!("told apart by {}", quote::code(tag)));
                vec![("Union", tag.unwrap_or_default())]
            }
        };
        facts.extend(ty.unit.as_deref().map(|unit| ("Unit", quote::code(unit))));
        let class = self.reading.catalog.pii_of(ty);
        facts.extend(class.map(|class| ("Personal data", quote::code(&class))));
        self.facts(Thing::Type(id), facts);
        match &ty.body {
            Body::Newtype(_) => {}
            Body::Enum(of) => self.values(of),
            Body::Record(fields) => self.fields(fields, None),
            Body::Union(of) => self.variants(of),
        }
    }

    fn newtype(&self, newtype: &Newtype) -> Vec<(&'static str, String)> {
        let rules = reading::rules(newtype).into_iter();
        let rules = rules.map(|(label, code)| (label, quote::code(&code)));
        [("Made of", self.type_link(&newtype.of))]
            .into_iter()
            .chain(rules)
            .collect()
    }

    fn values(&mut self, of: &Enum) {
        self.text.push_str("| Value | What it is |\n|---|---|\n");
        for value in &of.values {
            let deprecated = value.docs.deprecated.as_deref().map(|deprecated| {
                let why = self.reading.deprecation(deprecated);
                format!("**Deprecated.** {} ", quote::cell(&why))
            });
            let about = quote::cell(value.docs.description.as_deref().unwrap_or(""));
            let _ = writeln!(
                self.text,
                "| {} | {}{about} |",
                quote::code(&value.wire),
                deprecated.unwrap_or_default()
            );
        }
        self.text.push('\n');
    }

    fn variants(&mut self, of: &Union) {
        self.text
            .push_str("| Variant | What it holds |\n|---|---|\n");
        for variant in &of.variants {
            let (name, ty) = (quote::code(&variant.name), self.type_link(&variant.ty));
            let _ = writeln!(self.text, "| {name} | {ty} |");
        }
        self.text.push('\n');
    }

    fn fields(&mut self, fields: &'c [Field], storage: Option<&Storage>) {
        if fields.is_empty() {
            return;
        }
        self.text
            .push_str("| Field | Type | What it is |\n|---|---|---|\n");
        for (index, field) in fields.iter().enumerate() {
            let about = self.reading.description(field).map(quote::cell);
            let notes = self.reading.notes(field, storage, index).into_iter();
            let notes = notes.map(|note| match note.text.as_str() {
                "" => format!("**{}**", note.kind),
                text => format!("{} {}", note.kind, quote::code(text)),
            });
            let about: Vec<_> = about.into_iter().chain(notes).collect();
            let about = about.join(" · ");
            let optional = if field.required { "" } else { " (optional)" };
            let (name, ty) = (quote::code(&field.name), self.type_link(&field.ty));
            let _ = writeln!(self.text, "| {name}{optional} | {ty} | {about} |");
        }
        self.text.push('\n');
    }

    /// Things on a line, each with a word behind it.
    fn links(&mut self, label: &str, things: impl Iterator<Item = (Thing, &'static str)>) {
        let links: Vec<_> = things
            .map(|(thing, word)| format!("{}{word}", link(self.reading, thing, HERE)))
            .collect();
        if !links.is_empty() {
            self.paragraph(&format!("{label}: {}.", links.join(", ")));
        }
    }

    /// A type as it is written, with links.
    fn type_link(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Scalar(scalar) => quote::code(scalar.name()),
            TypeRef::List(item) => format!("list of {}", self.type_link(item)),
            TypeRef::Map(key, value) => {
                format!(
                    "map from {} to {}",
                    self.type_link(key),
                    self.type_link(value)
                )
            }
            TypeRef::Named(id) => {
                let name = &self.reading.catalog[*id].name;
                link_as(self.reading, Thing::Type(*id), name, HERE)
            }
        }
    }
}

/// How things are stored, as facts.
fn placement(storage: &Storage, fields: &[Field]) -> Vec<(&'static str, String)> {
    let facts = reading::placement(storage, fields).into_iter();
    facts
        .map(|(label, code)| (label, quote::code(&code)))
        .collect()
}
