//! From a place in the schema to what is named there, and from that to every place that names it: for editors.

mod values;

use crate::catalog::{
    Body, Catalog, Context, Event, Field, Home, Storage, Stream, Thing, Type, TypeId,
};
use crate::resolve::Draft;
use crate::source::{FileId, Span};

/// Something that has a name in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    /// A type with a name of its own, a context, a stream or an event.
    Thing(Thing),
    /// A field, by its place among those of what has it.
    Field(Thing, usize),
    /// A value of an enum, by its place.
    Value(TypeId, usize),
    /// A variant of a union, by its place.
    Variant(TypeId, usize),
}

/// What a place has to do with what is named there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It is declared here.
    Definition,
    /// It is used here.
    Reference,
}

/// A name in the text of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Where: the name as it is written, with its path (`billing.Money`) and its quotes.
    pub span: Span,
    /// What it names.
    pub symbol: Symbol,
    /// Whether this is its declaration.
    pub role: Role,
}

/// Every name of a schema that could be looked up, in the order of the text.
#[derive(Debug, Default)]
pub struct Index {
    places: Vec<Place>,
}

impl Index {
    /// All names.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The name at a byte of a file, or right before it. No name stands in another one.
    pub fn at(&self, file: FileId, offset: u32) -> Option<&Place> {
        let begins_before = |place: &Place| (place.span.file, place.span.start) <= (file, offset);
        let end = self.places.partition_point(begins_before);
        let place = self.places.get(..end)?.last()?;
        (place.span.file == file && offset <= place.span.end).then_some(place)
    }

    /// Where something is declared.
    pub fn definition(&self, symbol: Symbol) -> Option<Span> {
        let mut places = self.of(symbol);
        let definition = places.find(|place| place.role == Role::Definition)?;
        Some(definition.span)
    }

    /// Every place that names something, its declaration among them.
    pub fn of(&self, symbol: Symbol) -> impl Iterator<Item = &Place> {
        let is_it = move |place: &&Place| place.symbol == symbol;
        self.places.iter().filter(is_it)
    }

    /// The index of a draft, before the values in it are read.
    pub(crate) fn new(draft: &Draft<'_>, declared_types: usize) -> Self {
        let mut index = Self::default();
        index.declarations(&draft.catalog, declared_types);
        index.places.extend(draft.references.iter().copied());
        index.values(draft);
        index.places.sort_unstable();
        index.places.dedup();
        index
    }

    fn add(&mut self, span: Span, symbol: Symbol, role: Role) {
        self.places.push(Place { span, symbol, role });
    }

    /// What the catalog declares. The types that are spelt out inside a field come behind those that have a name.
    fn declarations(&mut self, catalog: &Catalog, declared_types: usize) {
        for (place, id) in Type::ids(catalog).enumerate() {
            let ty = &catalog[id];
            if place < declared_types {
                self.add(ty.span, Symbol::Thing(Thing::Type(id)), Role::Definition);
            }
            match &ty.body {
                Body::Newtype(_) => {}
                Body::Record(fields) => self.fields(Thing::Type(id), fields),
                Body::Enum(values) => {
                    for (place, value) in values.values.iter().enumerate() {
                        self.add(value.span, Symbol::Value(id, place), Role::Definition);
                    }
                }
                Body::Union(union) => {
                    for (place, variant) in union.variants.iter().enumerate() {
                        self.add(variant.span, Symbol::Variant(id, place), Role::Definition);
                    }
                }
            }
        }
        for id in Context::ids(catalog) {
            self.add(
                catalog[id].span,
                Symbol::Thing(Thing::Context(id)),
                Role::Definition,
            );
            self.fields(Thing::Context(id), &catalog[id].fields);
        }
        for id in Stream::ids(catalog) {
            let stream = &catalog[id];
            self.add(
                stream.span,
                Symbol::Thing(Thing::Stream(id)),
                Role::Definition,
            );
            self.fields(Thing::Stream(id), &stream.fields);
            self.storage(Thing::Stream(id), &stream.storage);
        }
        for id in Event::ids(catalog) {
            let event = &catalog[id];
            self.add(
                event.span,
                Symbol::Thing(Thing::Event(id)),
                Role::Definition,
            );
            self.fields(Thing::Event(id), &event.fields);
            if let Home::Own(storage) = &event.home {
                self.storage(Thing::Event(id), storage);
            }
        }
    }

    fn fields(&mut self, owner: Thing, fields: &[Field]) {
        for (place, field) in fields.iter().enumerate() {
            self.add(field.span, Symbol::Field(owner, place), Role::Definition);
        }
    }

    /// What `partition`, `key` and `id` name.
    fn storage(&mut self, owner: Thing, storage: &Storage) {
        for (_, field) in storage.references() {
            self.add(
                field.span,
                Symbol::Field(owner, field.index),
                Role::Reference,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::Sources;

    #[test]
    fn every_name_of_a_large_schema_leads_to_a_declaration_of_that_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
        let sources = Sources::read(&folder, "schema").unwrap();
        let crate::Analysis { index, draft, .. } = crate::analyze(&sources);
        let text = |span: Span| {
            let text = sources.file(span.file).text();
            text[span.start as usize..span.end as usize].trim_matches(['\'', '"', '?'])
        };
        let mut references = 0;
        for place in index.places() {
            let definition = text(index.definition(place.symbol).unwrap());
            let written = text(place.span);
            let on_the_wire = match place.symbol {
                Symbol::Field(owner, place) => draft.fields_of(owner)[place].wire(),
                _ => definition,
            };
            let last = |name: &str| name.rsplit('.').next().map(str::to_owned);
            assert!(
                last(written) == last(definition) || written == on_the_wire,
                "{written} names {definition}"
            );
            assert_eq!(
                index.at(place.span.file, place.span.start).unwrap().span,
                place.span
            );
            references += usize::from(place.role == Role::Reference);
        }
        assert!(references > 500, "{references}");
    }

    #[test]
    fn where_nothing_is_named_there_is_nothing() {
        let text = "types:\n  Id: uuid\n  Other: Id\n";
        let sources = Sources::new("schema", [("catalog.yaml".to_owned(), text.into())]);
        let index = crate::analyze(&sources).index;
        let (file, _) = sources.iter().next().unwrap();
        let named = |needle: &str| {
            let place = index.at(file, text.find(needle).unwrap() as u32)?;
            Some(place.role)
        };
        assert_eq!(named("types"), None);
        assert_eq!(named("uuid"), None);
        assert_eq!(named("Id: uuid"), Some(Role::Definition));
        assert_eq!(named("Id\n"), Some(Role::Reference));
        // Right behind a name is still that name.
        assert_eq!(named(": uuid"), Some(Role::Definition));
    }
}
