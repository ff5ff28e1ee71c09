//! From a place in the schema to what is named there, and from that to every place that names it: for editors.

mod values;

use crate::catalog::{
    Body, Catalog, Context, ContextId, Event, EventId, Field, Home, Owner, Storage, Stream,
    StreamId, Type, TypeId,
};
use crate::resolve::Draft;
use crate::source::{FileId, Span};

/// Something that has a name in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    /// A type with a name of its own.
    Type(TypeId),
    /// A context.
    Context(ContextId),
    /// A stream.
    Stream(StreamId),
    /// An event.
    Event(EventId),
    /// A field, by its place among those of what has it.
    Field(Owner, usize),
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

    /// The name at a byte of a file, or right before it; of several the shortest.
    pub fn at(&self, file: FileId, offset: u32) -> Option<&Place> {
        let after = |place: &Place| (place.span.file, place.span.start) <= (file, offset);
        let end = self.places.partition_point(after);
        let before = self.places.get(..end)?.iter().rev();
        let here = before.take_while(|place| place.span.file == file);
        // A name has no line end in it, and no other name stands between its ends but for one that shares its text.
        here.take(NEAR)
            .filter(|place| offset <= place.span.end)
            .min_by_key(|place| place.span.end - place.span.start)
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
                self.add(ty.span, Symbol::Type(id), Role::Definition);
            }
            match &ty.body {
                Body::Newtype(_) => {}
                Body::Record(fields) => self.fields(Owner::Type(id), fields),
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
            self.add(catalog[id].span, Symbol::Context(id), Role::Definition);
            self.fields(Owner::Context(id), &catalog[id].fields);
        }
        for id in Stream::ids(catalog) {
            let stream = &catalog[id];
            self.add(stream.span, Symbol::Stream(id), Role::Definition);
            self.fields(Owner::Stream(id), &stream.fields);
            self.storage(Owner::Stream(id), &stream.storage);
        }
        for id in Event::ids(catalog) {
            let event = &catalog[id];
            self.add(event.span, Symbol::Event(id), Role::Definition);
            self.fields(Owner::Event(id), &event.fields);
            if let Home::Own(storage) = &event.home {
                self.storage(Owner::Event(id), storage);
            }
        }
    }

    fn fields(&mut self, owner: Owner, fields: &[Field]) {
        for (place, field) in fields.iter().enumerate() {
            self.add(field.span, Symbol::Field(owner, place), Role::Definition);
        }
    }

    /// What `partition`, `key` and `id` name.
    fn storage(&mut self, owner: Owner, storage: &Storage) {
        for (_, field) in storage.references() {
            self.add(
                field.span,
                Symbol::Field(owner, field.index),
                Role::Reference,
            );
        }
    }
}

/// So many names may share one piece of text: those of a type in quotes whose escapes hide where each stands.
const NEAR: usize = 32;
