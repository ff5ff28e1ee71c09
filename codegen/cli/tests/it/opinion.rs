//! Compares what the dialect read with the catalog that the compiler made.

use std::collections::BTreeSet;
use std::fmt::Debug;

use eventc_cli::dialect::{
    Bare, Context, Deprecated, EnumValue, Event, Field, FieldDef, Fill, Form, LongType, Map, Partition, Stream, Text, Type,
    TypeDef,
};
use eventc_compiler::Catalog;
use eventc_compiler::catalog::{self, Body, Docs, Home, ModuleId, Scalar, Storage, TypeId, TypeRef};

use crate::language::{is_same_member, is_same_value, length, seconds, stored_transforms, transforms, window};
use crate::schema::Document;
use crate::spelt::Spelt;

/// Every difference between the two readings, with its place.
pub(crate) fn differences(documents: &[Document], catalog: &Catalog) -> Vec<String> {
    let names = Names::of(documents);
    let mut comparison = Comparison { catalog, names, module: Vec::new(), types: BTreeSet::new(), found: Vec::new() };
    let mut counts = [0; 3];
    for document in documents {
        comparison.module = document.module();
        let file = document.file();
        if let Document::Root(root) = document {
            comparison.same("catalog", &*root.catalog, catalog.name.as_str());
            let targets: BTreeSet<_> = root.targets.iter().flat_map(|targets| targets.iter()).map(Text::to_string).collect();
            comparison.same("targets", targets, catalog.targets.iter().cloned().collect());
        }
        let module = catalog.modules.iter().find(|module| module.path == comparison.module).unwrap();
        comparison.same("description", prose(&file.description), module.description.clone());
        file.types.iter().flatten().for_each(|(name, ty)| comparison.type_def(name, ty));
        file.streams.iter().flatten().for_each(|(name, stream)| comparison.stream(name, stream));
        file.contexts.iter().flatten().for_each(|(name, context)| comparison.context(name, context));
        file.events.iter().flatten().for_each(|(name, event)| comparison.event(name, event, file.stream.as_ref()));
        counts[0] += file.streams.map_or(0, |map| map.len());
        counts[1] += file.contexts.map_or(0, |map| map.len());
        counts[2] += file.events.map_or(0, |map| map.len());
    }
    comparison.module.clear();
    comparison.same("streams, contexts, events", counts, [catalog.streams.len(), catalog.contexts.len(), catalog.events.len()]);
    let types = comparison.types.len();
    comparison.same("types", types, catalog.types.len());
    comparison.found
}

/// What the files declare, as `module:Name`.
struct Names {
    types: BTreeSet<String>,
    contexts: BTreeSet<String>,
    streams: BTreeSet<String>,
    events: BTreeSet<String>,
}

impl Names {
    fn of(documents: &[Document]) -> Self {
        fn names<V>(document: &Document, map: Option<Map<V>>) -> Vec<String> {
            let module = document.module().join(".");
            map.into_iter().flatten().map(|(name, _)| format!("{module}:{name}")).collect()
        }
        Self {
            types: documents.iter().flat_map(|document| names(document, document.file().types)).collect(),
            contexts: documents.iter().flat_map(|document| names(document, document.file().contexts)).collect(),
            streams: documents.iter().flat_map(|document| names(document, document.file().streams)).collect(),
            events: documents.iter().flat_map(|document| names(document, document.file().events)).collect(),
        }
    }
}

struct Comparison<'c> {
    catalog: &'c Catalog,
    names: Names,
    module: Vec<String>,
    /// Those that were compared.
    types: BTreeSet<TypeId>,
    found: Vec<String>,
}

fn prose(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn owned(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(Text::to_string)
}

fn bare(text: &Option<Bare>) -> Option<String> {
    text.as_ref().map(|text| text.as_str().to_owned())
}

impl<'c> Comparison<'c> {
    fn same<T: PartialEq + Debug>(&mut self, place: &str, serde: T, ours: T) {
        if serde != ours {
            self.found.push(format!("{}: {place}: serde_yaml reads {serde:?}, the compiler {ours:?}", self.module.join(".")));
        }
    }

    /// From the file outwards, what a name means: `module:Name`.
    fn meaning(&self, declared: &BTreeSet<String>, name: &str) -> String {
        let (path, last) = name.rsplit_once('.').map_or((None, name), |(path, last)| (Some(path), last));
        let module = |depth: usize| self.module[..depth].iter().map(String::as_str).chain(path).collect::<Vec<_>>().join(".");
        let around = (0..=self.module.len()).rev().map(|depth| format!("{}:{last}", module(depth)));
        around.into_iter().find(|name| declared.contains(name)).unwrap_or_else(|| format!("?:{name}"))
    }

    fn full_name(&self, module: ModuleId, name: &str) -> String {
        format!("{}:{name}", self.catalog[module].path.join("."))
    }

    fn docs(&mut self, place: &str, (description, owner, since, deprecated): Written<'_>, docs: &Docs) {
        self.same(&format!("{place}.description"), prose(description), docs.description.clone());
        self.same(&format!("{place}.since"), bare(since), docs.since.clone());
        if owner.is_some() {
            self.same(&format!("{place}.owner"), owned(owner), docs.owner.clone());
        }
        self.deprecated(place, deprecated.as_ref(), docs);
    }

    fn deprecated(&mut self, place: &str, deprecated: Option<&Deprecated>, docs: &Docs) {
        let ours = docs.deprecated.as_ref().map(|deprecated| {
            let instead = deprecated.instead.map(|id| &self.catalog[id]);
            (deprecated.reason.clone(), instead.map(|event| self.full_name(event.module, &event.ident)))
        });
        let theirs = deprecated.map(|deprecated| match deprecated {
            Deprecated::Reason(reason) => (Some(reason.trim().to_owned()), None),
            Deprecated::Instead(instead) => {
                let event = instead.r#use.as_ref().map(|name| self.meaning(&self.names.events, name));
                (prose(&instead.reason), event)
            }
        });
        self.same(&format!("{place}.deprecated"), theirs, ours);
    }

    fn type_def(&mut self, name: &str, def: &TypeDef) {
        let catalog = self.catalog;
        let ids = |ty: &catalog::Type| catalog[ty.module].path == self.module && ty.name == *name;
        let Some(index) = catalog.types.iter().position(ids) else {
            return self.found.push(format!("{}: there is no type {name}", self.module.join(".")));
        };
        let (ty, newtype) = (&catalog.types[index], LongType::default());
        self.types.extend(self.id_of(ty));
        match def {
            Form::Name(of) => self.newtype(name, of, &newtype, &ty.body),
            Form::Values(values) => self.body(name, &Spelt::from(values), &ty.body),
            Form::Long(long) => {
                self.docs(name, (&long.description, &long.owner, &long.since, &long.deprecated), &ty.docs);
                self.same(&format!("{name}.pii"), owned(&long.pii), ty.pii.clone());
                self.same(&format!("{name}.unit"), owned(&long.unit), ty.unit.clone());
                match &long.newtype {
                    Some(of) => self.newtype(name, of, long, &ty.body),
                    None => self.body(name, &Spelt::from(&**long), &ty.body),
                }
            }
        }
    }

    /// Ids are given out by the compiler alone: one that names the type is found where it is used.
    fn id_of(&self, ty: &catalog::Type) -> Option<TypeId> {
        self.catalog.type_ids().find(|&id| std::ptr::eq(&self.catalog[id], ty))
    }

    fn newtype(&mut self, place: &str, of: &str, long: &LongType, body: &Body) {
        let Body::Newtype(newtype) = body else { return self.found.push(format!("{place}: {body:?} is no newtype")) };
        self.same(place, self.meant_type(of), self.type_text(&newtype.of));
        self.same(&format!("{place}.length"), bare(&long.length).as_deref().map(length), newtype.length);
        self.same(&format!("{place}.pattern"), owned(&long.pattern), newtype.pattern.clone());
        self.same(&format!("{place}.min"), bare(&long.min), newtype.min.clone());
        self.same(&format!("{place}.max"), bare(&long.max), newtype.max.clone());
    }
}

/// What is written about a thing.
type Written<'d> = (&'d Option<Text>, &'d Option<Text>, &'d Option<Bare>, &'d Option<Deprecated>);
