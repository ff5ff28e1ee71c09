//! A catalog as people read it: what belongs together, what is said of it, and who uses it. How it looks is the business of the
//! targets that write it, `docs` and `markdown`.

use std::collections::BTreeMap;

use super::postgres::{Database, StreamTables, Table};
use crate::catalog::{
    Carried, Catalog, Contents, ContextId, Deprecated, Event, EventId, Field, Home, ModuleId,
    Newtype, Storage, Thing, Transform, Type, TypeId, TypeRef, duration_text, range_text,
    window_text,
};
use crate::source::Sources;

/// A catalog, and what follows from it.
pub(super) struct Reading<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) sources: &'c Sources,
    pub(super) contents: Contents,
    pub(super) database: Database,
    /// Where in the database the table of an event is.
    tables: BTreeMap<EventId, (usize, usize)>,
    users: BTreeMap<TypeId, Vec<User<'c>>>,
    carriers: BTreeMap<ContextId, Vec<(EventId, Carried)>>,
}

/// What has a type: a thing, and the name of the field or variant; none for a newtype of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct User<'c> {
    pub(super) thing: Thing,
    pub(super) member: Option<&'c str>,
}

/// Fields of an event that come from one place.
pub(super) struct Group<'c> {
    pub(super) from: From,
    pub(super) fields: &'c [Field],
    /// What of them places the event, if something does.
    pub(super) storage: Option<&'c Storage>,
}

/// Where fields of an event come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From the event itself.
    Own,
    /// From what stands beside it: a context or a stream.
    Thing(Thing),
    /// From a context that may be absent.
    Optional(Thing),
}

/// What is said of a field beside its type and its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// What kind of thing is said: a word of the language.
    pub(super) kind: &'static str,
    /// What is said; may be empty where the kind says it all.
    pub(super) text: String,
}

impl<'c> Reading<'c> {
    pub(super) fn new(catalog: &'c Catalog, sources: &'c Sources) -> Self {
        let database = Database::of(catalog, sources);
        let mut tables = BTreeMap::new();
        for (place, stream) in database.streams.iter().enumerate() {
            for (index, table) in stream.tables.iter().enumerate() {
                let events = table.events.iter();
                tables.extend(events.map(|&event| (event, (place, index))));
            }
        }
        let mut users: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for thing in Thing::all(catalog) {
            for (member, ty) in thing.members(catalog) {
                let mut named = Vec::new();
                ty.named(&mut named);
                for ty in named {
                    users.entry(ty).or_default().push(User { thing, member });
                }
            }
        }
        let mut carriers: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for id in Event::ids(catalog) {
            for &carried in &catalog[id].contexts {
                let events = carriers.entry(carried.context).or_default();
                events.push((id, carried));
            }
        }
        Self {
            catalog,
            sources,
            contents: Contents::of(catalog),
            database,
            tables,
            users,
            carriers,
        }
    }

    /// The tables of the stream that an event goes to, and that of the event among them.
    pub(super) fn tables_of(&self, event: EventId) -> Option<(&StreamTables, &Table)> {
        let &(stream, table) = self.tables.get(&event)?;
        let stream = self.database.streams.get(stream)?;
        Some((stream, stream.tables.get(table)?))
    }

    /// Who has a type.
    pub(super) fn users_of(&self, ty: TypeId) -> &[User<'c>] {
        self.users.get(&ty).map_or(&[], Vec::as_slice)
    }

    /// The events that carry a context.
    pub(super) fn carriers_of(&self, context: ContextId) -> &[(EventId, Carried)] {
        self.carriers.get(&context).map_or(&[], Vec::as_slice)
    }

    /// The module that declares a thing.
    pub(super) fn module_of(&self, thing: Thing) -> ModuleId {
        match thing {
            Thing::Event(id) => self.catalog[id].module,
            Thing::Type(id) => self.catalog[id].module,
            Thing::Stream(id) => self.catalog[id].module,
            Thing::Context(id) => self.catalog[id].module,
        }
    }

    /// The file of the schema that declares a thing. Without a line: that would be another one with every line above it, and
    /// so would the pages be.
    pub(super) fn file_of(&self, thing: Thing) -> &str {
        &self.sources.file(thing.span(self.catalog).file).path
    }

    /// The fields of an event, its own first.
    pub(super) fn groups(&self, event: &'c Event) -> Vec<Group<'c>> {
        let catalog = self.catalog;
        let mut groups = vec![Group {
            from: From::Own,
            fields: &event.fields,
            storage: match &event.home {
                Home::Own(storage) => Some(storage),
                Home::Stream(_) | Home::Unresolved => None,
            },
        }];
        groups.extend(event.contexts.iter().map(|carried| {
            let thing = Thing::Context(carried.context);
            Group {
                from: match carried.optional {
                    true => From::Optional(thing),
                    false => From::Thing(thing),
                },
                fields: &catalog[carried.context].fields,
                storage: None,
            }
        }));
        if let Home::Stream(id) = event.home {
            groups.push(Group {
                from: From::Thing(Thing::Stream(id)),
                fields: &catalog[id].fields,
                storage: Some(&catalog[id].storage),
            });
        }
        groups.retain(|group| !group.fields.is_empty());
        groups
    }

    /// What a field is: its own description, or that of its type.
    pub(super) fn description(&self, field: &'c Field) -> Option<&'c str> {
        let own = field.docs.description.as_deref();
        own.or_else(|| self.type_of(field)?.docs.description.as_deref())
    }

    /// What else there is to know about a field; `index` is its place among those that `storage` speaks of.
    pub(super) fn notes(
        &self,
        field: &Field,
        storage: Option<&Storage>,
        index: usize,
    ) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut note = |kind: &'static str, text: String| notes.push(Note { kind, text });
        if let Some(storage) = storage {
            for role in roles(storage, index) {
                note(role, String::new());
            }
        }
        let unit = field.unit.as_deref().map(|unit| &**unit);
        let of_type = || self.type_of(field)?.unit.as_deref();
        if let Some(unit) = unit.or_else(of_type) {
            note("unit", unit.to_owned());
        }
        if let Some(class) = &field.pii {
            note("pii", class.to_string());
        }
        if field.wire() != field.name {
            note("wire", field.wire().to_owned());
        }
        if let Some(fill) = field.fill {
            note("fill", fill.name().to_owned());
        }
        if let Some(window) = &field.accept {
            note("accept", window_text(**window));
        }
        if let Some(since) = &field.docs.since {
            note("since", since.to_string());
        }
        if let Some(value) = &field.backfill {
            note("backfill", value.to_string());
        }
        if let Some(deprecated) = &field.docs.deprecated {
            note("deprecated", self.deprecation(deprecated));
        }
        notes
    }

    /// Why a thing should no longer be used, and what is in its place: may be empty.
    pub(super) fn deprecation(&self, deprecated: &Deprecated) -> String {
        let instead = deprecated
            .instead
            .map(|id| format!("use {}", self.catalog[id].name));
        let parts: Vec<_> = instead
            .into_iter()
            .chain(deprecated.reason.clone())
            .collect();
        parts.join(": ")
    }

    /// The named type of a field, if that is all that its type is.
    fn type_of(&self, field: &Field) -> Option<&'c Type> {
        match &field.ty {
            TypeRef::Named(id) => Some(&self.catalog[*id]),
            _ => None,
        }
    }
}

/// What a field is for its store: `partition`, `key`, `id`.
pub(super) fn roles(storage: &Storage, index: usize) -> Vec<&'static str> {
    let mut roles = Vec::new();
    for (role, field) in storage.references() {
        if field.index == index && !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

/// A transform in the words of the language: `day(occurred_at)`.
pub(super) fn transform(transform: &Transform, fields: &[Field]) -> String {
    transform.kind.text(&name_at(fields, transform.field.index))
}

/// How things are stored, in the words of the language: a label and what stands for it.
pub(super) fn placement(storage: &Storage, fields: &[Field]) -> Vec<(&'static str, String)> {
    let mut facts = vec![(
        "Partition",
        storage.partition_text(|index| name_at(fields, index)),
    )];
    for (label, field) in [("Key", storage.key), ("Id", storage.id)] {
        facts.extend(field.map(|field| (label, name_at(fields, field.index))));
    }
    facts.extend(
        storage
            .retain
            .map(|seconds| ("Kept for", duration_text(seconds))),
    );
    facts
}

/// What the values of a newtype must fulfil: a label and what stands for it.
pub(super) fn rules(newtype: &Newtype) -> Vec<(&'static str, String)> {
    let mut rules = Vec::new();
    if let Some((least, most)) = newtype.length {
        rules.push(("Length", range_text(least, most)));
    }
    rules.extend(newtype.pattern.clone().map(|it| ("Pattern", it)));
    rules.extend(newtype.min.clone().map(|it| ("Least", it)));
    rules.extend(newtype.max.clone().map(|it| ("Greatest", it)));
    rules
}

/// The beginning of a description on one line, for lists: its first paragraph.
pub(super) fn first_paragraph(description: &str) -> String {
    let paragraph = description.trim_start().split("\n\n").next();
    let words: Vec<_> = paragraph.unwrap_or("").split_whitespace().collect();
    words.join(" ")
}

fn name_at(fields: &[Field], index: usize) -> String {
    let field = fields.get(index);
    field.map_or_else(String::new, |field| field.name.clone())
}
