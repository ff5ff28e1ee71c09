//! Members and values in examples and backfills, by the types of the schema.

use eventc_compiler::catalog::{Body, Event, Field, Thing, TypeRef};
use lsp_types::CompletionItemKind;

use super::{Offer, Place};
use crate::lsp::grammar::Step;
use crate::view::words;

/// What stands at a place among values.
enum Expected<'c> {
    /// The members of these.
    Members(Vec<Thing>),
    /// A value of a type.
    Value(&'c TypeRef),
}

impl Place<'_> {
    /// The members that an example may have at a path.
    pub(super) fn members(&self, path: &[Step]) -> Vec<Offer> {
        let catalog = self.snapshot.catalog();
        let owners = match self.expected(path) {
            Some(Expected::Members(owners)) => owners,
            Some(Expected::Value(ty)) => match catalog.base(ty) {
                TypeRef::Named(id) => match &catalog[*id].body {
                    Body::Union(union) => {
                        let variants = union.variants.iter();
                        let offer = |name: &String| Offer::new(name, CompletionItemKind::FIELD);
                        return variants.map(|variant| offer(&variant.name)).collect();
                    }
                    _ => vec![Thing::Type(*id)],
                },
                _ => Vec::new(),
            },
            None => Vec::new(),
        };
        let fields = owners
            .into_iter()
            .flat_map(|owner| catalog.fields_of(owner));
        let offer = |field: &Field| {
            Offer::new(field.wire(), CompletionItemKind::FIELD)
                .detail(words::field_type(catalog, field))
                .about(field.docs.description.as_deref())
        };
        fields.map(offer).collect()
    }

    /// The values of the enum that belongs at a path; none where no value does.
    pub(super) fn enum_values(&self, path: &[Step]) -> Option<Vec<Offer>> {
        let catalog = self.snapshot.catalog();
        let Expected::Value(ty) = self.expected(path)? else {
            return Some(Vec::new());
        };
        let TypeRef::Named(id) = catalog.base(ty) else {
            return Some(Vec::new());
        };
        let Body::Enum(values) = &catalog[*id].body else {
            return Some(Vec::new());
        };
        let offers = values.values.iter().map(|value| {
            Offer::new(&value.wire, CompletionItemKind::ENUM_MEMBER)
                .about(value.docs.description.as_deref())
        });
        Some(offers.collect())
    }

    /// What belongs at a path that leads into an example or a backfill.
    fn expected(&self, path: &[Step]) -> Option<Expected<'_>> {
        let catalog = self.snapshot.catalog();
        if let [.., Step::Key(fields), Step::Key(field), Step::Key(last)] = path
            && fields == "fields"
            && last == "backfill"
        {
            return Some(Expected::Value(&self.declared_field(path, field)?.ty));
        }
        let [
            Step::Key(events),
            Step::Key(event),
            Step::Key(examples),
            Step::Key(_),
            rest @ ..,
        ] = path
        else {
            return None;
        };
        if events != "events" || examples != "examples" {
            return None;
        }
        let here = self.snapshot.sources.file(self.file).module();
        let mut ids = Event::ids(catalog);
        let id = ids
            .find(|id| catalog[*id].ident == *event && catalog[catalog[*id].module].path == here)?;
        let mut expected = Expected::Members(catalog.owners_of(id));
        for step in rest {
            expected = self.below(expected, step)?;
        }
        Some(expected)
    }

    fn below<'c>(&'c self, expected: Expected<'c>, step: &Step) -> Option<Expected<'c>> {
        let catalog = self.snapshot.catalog();
        let owners = match expected {
            Expected::Members(owners) => owners,
            Expected::Value(ty) => match (catalog.base(ty), step) {
                (TypeRef::List(item), Step::Item) => return Some(Expected::Value(item)),
                (TypeRef::Map(_, value), Step::Key(_)) => return Some(Expected::Value(value)),
                (TypeRef::Named(id), Step::Key(key)) => match &catalog[*id].body {
                    Body::Union(union) => {
                        let mut variants = union.variants.iter();
                        let variant = variants.find(|variant| variant.name == *key)?;
                        return Some(Expected::Value(&variant.ty));
                    }
                    _ => vec![Thing::Type(*id)],
                },
                _ => return None,
            },
        };
        let Step::Key(key) = step else { return None };
        let mut fields = owners
            .into_iter()
            .flat_map(|owner| catalog.fields_of(owner));
        Some(Expected::Value(
            &fields.find(|field| field.wire() == key)?.ty,
        ))
    }

    /// The field of this name in what a path leads through.
    fn declared_field(&self, path: &[Step], name: &str) -> Option<&Field> {
        let name = name.strip_suffix('?').unwrap_or(name);
        let mut fields = self.fields_around(path).iter();
        fields.find(|field| field.name == name)
    }
}
