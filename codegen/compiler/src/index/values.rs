//! The names in examples and backfills: members, values of enums, variants of unions.

use super::{Index, Role, Symbol};
use crate::catalog::{Body, Catalog, Field, Thing, TypeId, TypeRef, Union};
use crate::resolve::Draft;
use crate::source::Span;
use crate::syntax::tree::{Data, Entry, Node};

impl Index {
    /// Finds them in values that nobody has checked yet: what is not of its type names nothing.
    pub(super) fn values(&mut self, draft: &Draft<'_>) {
        let catalog = &draft.catalog;
        for &(path, node) in &draft.backfills {
            if let Some(field) = catalog.fields_of(path.owner).get(path.index) {
                self.value(catalog, &field.ty, node);
            }
        }
        for &(id, _, node) in &draft.examples {
            if let Data::Map(entries) = &node.data {
                self.members(catalog, &catalog.owners_of(id), entries);
            }
        }
    }

    fn members(&mut self, catalog: &Catalog, owners: &[Thing], entries: &[Entry<'_>]) {
        for entry in entries {
            let found = owners.iter().find_map(|&owner| {
                let fields = catalog.fields_of(owner);
                let is_it = |field: &Field| field.wire() == entry.key.value;
                let place = fields.iter().position(is_it)?;
                Some((owner, place, fields.get(place)?))
            });
            if let Some((owner, place, field)) = found {
                self.add(entry.key.span, Symbol::Field(owner, place), Role::Reference);
                self.value(catalog, &field.ty, &entry.value);
            }
        }
    }

    fn value(&mut self, catalog: &Catalog, ty: &TypeRef, node: &Node<'_>) {
        match (catalog.base(ty), &node.data) {
            (TypeRef::List(item), Data::List(items)) => {
                for node in items {
                    self.value(catalog, item, node);
                }
            }
            (TypeRef::Map(key, value), Data::Map(entries)) => {
                for entry in entries {
                    self.text(catalog, key, &entry.key.value, entry.key.span);
                    self.value(catalog, value, &entry.value);
                }
            }
            (TypeRef::Named(id), Data::Map(entries)) => match &catalog[*id].body {
                Body::Record(_) => self.members(catalog, &[Thing::Type(*id)], entries),
                Body::Union(union) => self.variant(catalog, *id, union, entries),
                _ => {}
            },
            (ty, Data::Scalar(scalar)) => self.text(catalog, ty, &scalar.text, node.span),
            _ => {}
        }
    }

    /// A text where a type stands: a value, if the type is an enum.
    fn text(&mut self, catalog: &Catalog, ty: &TypeRef, text: &str, span: Span) {
        if let TypeRef::Named(id) = catalog.base(ty)
            && let Body::Enum(values) = &catalog[*id].body
            && let Some(place) = values.values.iter().position(|value| value.wire == text)
        {
            self.add(span, Symbol::Value(*id, place), Role::Reference);
        }
    }

    /// `{ card: { … } }`, or `{ kind: card, … }` where the union has a tag.
    fn variant(&mut self, catalog: &Catalog, id: TypeId, union: &Union, entries: &[Entry<'_>]) {
        let named = |name: &str| {
            let place = union.variants.iter().position(|it| it.name == name)?;
            Some((place, union.variants.get(place)?))
        };
        let Some(tag) = &union.tag else {
            for entry in entries {
                if let Some((place, variant)) = named(&entry.key.value) {
                    self.add(entry.key.span, Symbol::Variant(id, place), Role::Reference);
                    self.value(catalog, &variant.ty, &entry.value);
                }
            }
            return;
        };
        let tag = entries.iter().find(|entry| entry.key.value == *tag);
        if let Some(entry) = tag
            && let Data::Scalar(scalar) = &entry.value.data
            && let Some((place, variant)) = named(&scalar.text)
        {
            self.add(
                entry.value.span,
                Symbol::Variant(id, place),
                Role::Reference,
            );
            if let TypeRef::Named(record) = catalog.base(&variant.ty) {
                self.members(catalog, &[Thing::Type(*record)], entries);
            }
        }
    }
}
