//! The types of a catalog as definitions, and which of them a schema needs.

use std::collections::{BTreeMap, BTreeSet};

use super::built_in;
use super::schema::Schema;
use crate::catalog::{
    Body, Catalog, Enum, Field, MemberDocs, Newtype, Rules, Scalar, Type, TypeId, TypeRef, Union,
};
use crate::json::Json;
use crate::source::Sources;
use crate::targets::about;

/// What schemas refer to, by name.
pub(super) struct Definitions(BTreeMap<String, Definition>);

struct Definition {
    schema: Json,
    /// The names of those that it refers to itself.
    refers: BTreeSet<String>,
}

impl Definitions {
    pub(super) fn of(catalog: &Catalog, sources: &Sources) -> Self {
        let built_in = built_in::definitions().map(|(name, schema, refers)| {
            let refers = refers.map(str::to_owned).into_iter().collect();
            (
                name.to_owned(),
                Definition {
                    schema: schema.into(),
                    refers,
                },
            )
        });
        let types = Type::ids(catalog).map(|id| {
            let mut types = Types::new(catalog);
            let place = sources.place(catalog[id].span);
            let schema = Schema::new()
                .with("$comment", place)
                .and(types.definition(id));
            let refers = types.refers;
            (
                name(catalog, id),
                Definition {
                    schema: schema.into(),
                    refers,
                },
            )
        });
        Self(built_in.into_iter().chain(types).collect())
    }

    /// Those that are referred to, directly or by others of them, in the order of their names.
    pub(super) fn needed(&self, refers: &BTreeSet<String>) -> Vec<(String, Json)> {
        let mut needed: BTreeMap<&str, &Json> = BTreeMap::new();
        let mut open: Vec<&String> = refers.iter().collect();
        while let Some(name) = open.pop() {
            if let Some(definition) = self.0.get(name)
                && needed.insert(name, &definition.schema).is_none()
            {
                open.extend(&definition.refers);
            }
        }
        let owned = |(name, schema): (&str, &Json)| (name.to_owned(), schema.clone());
        needed.into_iter().map(owned).collect()
    }
}

/// `billing.Money`; a type of the root has only its name.
fn name(catalog: &Catalog, id: TypeId) -> String {
    let ty = &catalog[id];
    let module = &catalog[ty.module].path;
    let parts: Vec<_> = module
        .iter()
        .chain([&ty.name])
        .map(String::as_str)
        .collect();
    parts.join(".")
}

/// Writes types and fields as schemas, and notes what they refer to.
pub(super) struct Types<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) refers: BTreeSet<String>,
}

impl<'c> Types<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let refers = BTreeSet::new();
        Self { catalog, refers }
    }

    fn definition(&mut self, id: TypeId) -> Schema {
        let ty = &self.catalog[id];
        let values = match &ty.body {
            Body::Newtype(newtype) => self.newtype(newtype),
            Body::Enum(enumeration) => self.enumeration(enumeration),
            Body::Record(fields) => self.record(fields),
            Body::Union(union) => self.union(union),
        };
        let about = about::ty(self.catalog, ty);
        Schema::about(about, ty.docs.deprecated.as_deref()).and(values)
    }

    /// A newtype under its rules and those of the newtypes that it is made of.
    fn newtype(&mut self, newtype: &Newtype) -> Schema {
        let base = self.catalog.base(&newtype.of);
        let is_filled = newtype.key || *base == TypeRef::Scalar(Scalar::Uuid);
        self.values(base, &self.catalog.rules_of(newtype), is_filled)
    }

    fn values(&mut self, ty: &TypeRef, rules: &Rules, is_filled: bool) -> Schema {
        let (min, max) = rules.length;
        match ty {
            TypeRef::Scalar(scalar) => {
                let (schema, refers) = built_in::values(*scalar, rules, is_filled);
                self.refers.extend(refers.map(str::to_owned));
                schema
            }
            TypeRef::List(item) => Schema::of_type("array")
                .with("items", self.plain(item))
                .with_some("minItems", min)
                .with_some("maxItems", max),
            TypeRef::Map(key, value) => {
                // Any text is the name of a member.
                let is_text = **key == TypeRef::Scalar(Scalar::String);
                let names = (!is_text).then(|| self.plain(key));
                Schema::of_type("object")
                    .with_some("propertyNames", names)
                    .with("additionalProperties", self.plain(value))
                    .with_some("minProperties", min)
                    .with_some("maxProperties", max)
            }
            TypeRef::Named(id) => {
                let name = name(self.catalog, *id);
                let schema = Schema::reference(&name);
                self.refers.insert(name);
                schema
            }
        }
    }

    /// A type that places no event.
    fn plain(&mut self, ty: &TypeRef) -> Schema {
        self.values(ty, &Rules::default(), false)
    }

    /// An open enum takes every text that says something.
    fn enumeration(&mut self, enumeration: &Enum) -> Schema {
        let values = &enumeration.values;
        let catalog = self.catalog;
        let about = |docs: &MemberDocs| {
            let text = about::value(catalog, docs);
            text.map(|text| Schema::about(Some(text), docs.deprecated.as_deref()))
        };
        let names = values.iter().map(|value| value.wire.as_str());
        let known = if values.iter().all(|value| about(&value.docs).is_none()) {
            Schema::new().with("enum", Json::from_iter(names))
        } else {
            let values = values.iter().map(|value| {
                let name = Schema::new().with("const", value.wire.as_str());
                name.and(about(&value.docs).unwrap_or_default())
            });
            Schema::new().with("oneOf", Json::from_iter(values))
        };
        if !enumeration.open {
            return known;
        }
        let any = Schema::new().with("description", "Values that are not known yet are kept.");
        Schema::of_type("string")
            .with("minLength", 1)
            .with("anyOf", Json::from_iter([known, any]))
    }

    fn record(&mut self, fields: &[Field]) -> Schema {
        let properties = fields
            .iter()
            .map(|field| self.property(field, field.required));
        let properties = properties.collect();
        let required = fields.iter().filter(|field| field.required);
        Schema::of_type("object")
            .with("properties", Json::Object(properties))
            .with_list("required", names(required))
    }

    fn union(&mut self, union: &Union) -> Schema {
        match &union.tag {
            Some(tag) => self.tagged(union, tag),
            None => self.untagged(union),
        }
    }

    /// The tag says which record it is.
    fn tagged(&mut self, union: &Union, tag: &str) -> Schema {
        let variants = union.variants.iter().map(|variant| {
            let name = Schema::new().with("const", variant.name.as_str());
            let tag = Json::Object(vec![(tag.to_owned(), name.into())]);
            Schema::new()
                .with("properties", tag)
                .and(self.plain(&variant.ty))
        });
        let variants: Vec<_> = variants.collect();
        Schema::of_type("object")
            .with("required", Json::from_iter([tag]))
            .with("oneOf", Json::from_iter(variants))
    }

    /// One member is there that is a variant, and not null.
    fn untagged(&mut self, union: &Union) -> Schema {
        let properties = union.variants.iter().map(|variant| {
            let schema = self.plain(&variant.ty).or_null();
            (variant.name.clone(), schema.into())
        });
        let properties = properties.collect();
        let variants = union
            .variants
            .iter()
            .map(|variant| present(std::slice::from_ref(&variant.name)));
        Schema::of_type("object")
            .with("properties", Json::Object(properties))
            .with("oneOf", Json::from_iter(variants))
    }

    /// A member with its name; one that need not be there may be null.
    pub(super) fn property(&mut self, field: &Field, is_required: bool) -> (String, Json) {
        let is_json = *self.catalog.base(&field.ty) == TypeRef::Scalar(Scalar::Json);
        let schema = self.values(&field.ty, &Rules::default(), field.key);
        let schema = match (is_required, is_json) {
            (true, true) => schema.with("not", Schema::of_type("null")),
            (false, false) => schema.or_null(),
            _ => schema,
        };
        let about = about::field(self.catalog, field);
        // A backfill is what a reader takes where an older message lacks the field.
        let schema = Schema::about(about, field.docs.deprecated.as_deref())
            .with_some("default", field.backfill.as_deref().cloned())
            .and(schema);
        (field.wire().to_owned(), schema.into())
    }
}

/// The names of fields as items of a list.
pub(super) fn names<'c>(fields: impl Iterator<Item = &'c Field>) -> Vec<Json> {
    fields.map(|field| field.wire().into()).collect()
}

/// That these members are all there, and none of them is null.
pub(super) fn present(names: &[String]) -> Schema {
    let not_null = || Schema::new().with("not", Schema::of_type("null"));
    let members = names.iter().map(|name| (name.clone(), not_null().into()));
    let names = names.iter().map(|name| name.as_str().into());
    Schema::new()
        .with_list("required", names.collect())
        .with_members("properties", members.collect())
}
