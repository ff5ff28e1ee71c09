//! Compares what the dialect read with the catalog that the compiler made.

mod names;
mod ty;

use std::collections::BTreeSet;
use std::fmt::Debug;

use eventc_cli::dialect::{
    Bare, Context, Deprecated, Event, Partition, Period, Store, Stream, Text,
};
use eventc_compiler::Catalog;
use eventc_compiler::catalog::{self, Docs, Home, ModuleId, Storage};

use self::names::Names;
use crate::language::{is_same_member, seconds, stored_transforms, transforms};
use crate::schema::Document;

/// Every difference between the two readings, with its place.
pub(crate) fn differences(documents: &[Document], catalog: &Catalog) -> Vec<String> {
    let names = Names::of(documents);
    let mut comparison = Comparison {
        catalog,
        names,
        module: Vec::new(),
        types: BTreeSet::new(),
        found: Vec::new(),
    };
    let mut counts = [0; 3];
    for document in documents {
        comparison.module = document.module();
        let file = document.file();
        if let Document::Root(root) = document {
            comparison.same("catalog", &*root.catalog, catalog.name.as_str());
            let targets: BTreeSet<_> = root
                .targets
                .iter()
                .flat_map(|targets| targets.iter())
                .map(Text::to_string)
                .collect();
            comparison.same(
                "targets",
                targets,
                catalog.targets.iter().cloned().collect(),
            );
        }
        let module = catalog
            .modules
            .iter()
            .find(|module| module.path == comparison.module)
            .unwrap();
        comparison.same(
            "description",
            prose(&file.description),
            module.description.clone(),
        );
        file.types
            .iter()
            .flatten()
            .for_each(|(name, ty)| comparison.type_def(name, ty));
        file.streams
            .iter()
            .flatten()
            .for_each(|(name, stream)| comparison.stream(name, stream));
        file.contexts
            .iter()
            .flatten()
            .for_each(|(name, context)| comparison.context(name, context));
        file.events
            .iter()
            .flatten()
            .for_each(|(name, event)| comparison.event(name, event, file.stream.as_ref()));
        counts[0] += file.streams.map_or(0, |map| map.len());
        counts[1] += file.contexts.map_or(0, |map| map.len());
        counts[2] += file.events.map_or(0, |map| map.len());
    }
    comparison.module.clear();
    comparison.same(
        "streams, contexts, events",
        counts,
        [
            catalog.streams.len(),
            catalog.contexts.len(),
            catalog.events.len(),
        ],
    );
    let types = comparison.types.len();
    comparison.same("types", types, catalog.types.len());
    comparison.found
}

struct Comparison<'c> {
    catalog: &'c Catalog,
    names: Names,
    module: Vec<String>,
    /// Those that were compared.
    types: BTreeSet<usize>,
    found: Vec<String>,
}

fn prose(text: &Option<Text>) -> Option<String> {
    text.as_ref()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
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
            self.found.push(format!(
                "{}: {place}: serde_yaml reads {serde:?}, the compiler {ours:?}",
                self.module.join(".")
            ));
        }
    }

    /// From the file outwards, what a name means: `module:Name`.
    fn meaning(&self, declared: &BTreeSet<String>, name: &str) -> String {
        let (path, last) = name
            .rsplit_once('.')
            .map_or((None, name), |(path, last)| (Some(path), last));
        let module = |depth: usize| {
            self.module[..depth]
                .iter()
                .map(String::as_str)
                .chain(path)
                .collect::<Vec<_>>()
                .join(".")
        };
        let around = (0..=self.module.len())
            .rev()
            .map(|depth| format!("{}:{last}", module(depth)));
        around
            .into_iter()
            .find(|name| declared.contains(name))
            .unwrap_or_else(|| format!("?:{name}"))
    }

    fn full_name(&self, module: ModuleId, name: &str) -> String {
        format!("{}:{name}", self.catalog[module].path.join("."))
    }

    fn docs(
        &mut self,
        place: &str,
        (description, owner, since, deprecated): Written<'_>,
        docs: &Docs,
    ) {
        self.same(
            &format!("{place}.description"),
            prose(description),
            docs.description.as_deref().map(str::to_owned),
        );
        self.same(
            &format!("{place}.since"),
            bare(since),
            docs.since.as_deref().map(str::to_owned),
        );
        if owner.is_some() {
            self.same(
                &format!("{place}.owner"),
                owned(owner),
                docs.owner.as_deref().map(str::to_owned),
            );
        }
        self.deprecated(place, deprecated.as_ref(), docs.deprecated.as_deref());
    }

    fn deprecated(
        &mut self,
        place: &str,
        deprecated: Option<&Deprecated>,
        ours: Option<&catalog::Deprecated>,
    ) {
        let ours = ours.map(|deprecated| {
            let instead = deprecated.instead.map(|id| &self.catalog[id]);
            (
                deprecated.reason.clone(),
                instead.map(|event| self.full_name(event.module, &event.ident)),
            )
        });
        let theirs = deprecated.map(|deprecated| match deprecated {
            Deprecated::Reason(reason) => (Some(reason.trim().to_owned()), None),
            Deprecated::Instead(instead) => {
                let event = instead
                    .r#use
                    .as_ref()
                    .map(|name| self.meaning(&self.names.events, name));
                (prose(&instead.reason), event)
            }
        });
        self.same(&format!("{place}.deprecated"), theirs, ours);
    }

    fn stream(&mut self, name: &str, stream: &Stream) {
        let catalog = self.catalog;
        let is_it = |stream: &&catalog::Stream| {
            catalog[stream.module].path == self.module && stream.name == *name
        };
        let Some(ours) = catalog.streams.iter().find(is_it) else {
            return self.found.push(format!(
                "{}: there is no stream {name}",
                self.module.join(".")
            ));
        };
        self.docs(
            name,
            (
                &stream.description,
                &stream.owner,
                &stream.since,
                &stream.deprecated,
            ),
            &ours.docs,
        );
        self.fields(name, stream.fields.as_ref(), &ours.fields);
        let keys = (
            stream.partition.as_ref(),
            &stream.key,
            &stream.id,
            &stream.retain,
        );
        self.storage(name, keys, &ours.storage, &ours.fields);
        let is_shared = stream.store == Some(Store::Shared);
        self.same(
            &format!("{name}.store"),
            is_shared,
            ours.store == catalog::Store::Shared,
        );
    }

    fn context(&mut self, name: &str, context: &Context) {
        let catalog = self.catalog;
        let is_it = |context: &&catalog::Context| {
            catalog[context.module].path == self.module && context.name == *name
        };
        let Some(ours) = catalog.contexts.iter().find(is_it) else {
            return self.found.push(format!(
                "{}: there is no context {name}",
                self.module.join(".")
            ));
        };
        self.docs(
            name,
            (
                &context.description,
                &context.owner,
                &context.since,
                &context.deprecated,
            ),
            &ours.docs,
        );
        self.fields(name, context.fields.as_ref(), &ours.fields);
    }

    fn event(&mut self, ident: &str, event: &Event, stream_of_file: Option<&Text>) {
        let catalog = self.catalog;
        let name = self
            .module
            .iter()
            .map(String::as_str)
            .chain([ident])
            .collect::<Vec<_>>()
            .join(".");
        let Some(ours) = catalog.events.iter().find(|event| event.name == name) else {
            return self.found.push(format!("there is no event {name}"));
        };
        self.docs(
            &name,
            (
                &event.description,
                &event.owner,
                &event.since,
                &event.deprecated,
            ),
            &ours.docs,
        );
        self.same(
            &format!("{name}.version"),
            event.version.unwrap_or(1),
            ours.version,
        );
        let expected = event.expect.as_ref().map(|expect| catalog::Expect {
            at_least: expect.at_least.unwrap_or(0),
            per: period(expect.per),
        });
        self.same(&format!("{name}.expect"), expected, ours.expect);
        let reserved: Vec<_> = event
            .reserved
            .iter()
            .flat_map(|names| names.iter())
            .map(Text::to_string)
            .collect();
        self.same(&format!("{name}.reserved"), reserved, ours.reserved.clone());
        let with = event
            .with
            .iter()
            .flat_map(|with| with.iter())
            .map(|context| {
                let stem = context.trim_end_matches('?');
                (
                    self.meaning(&self.names.contexts, stem),
                    stem.len() < context.len(),
                )
            });
        let carried = ours.contexts.iter().map(|carried| {
            let context = &catalog[carried.context];
            (
                self.full_name(context.module, &context.name),
                carried.optional,
            )
        });
        self.same::<Vec<_>>(&format!("{name}.with"), with.collect(), carried.collect());
        self.fields(&name, event.fields.as_ref(), &ours.fields);
        match (event.stream.as_ref().or(stream_of_file), &ours.home) {
            (Some(stream), Home::Stream(id)) => {
                let stream = self.meaning(&self.names.streams, stream);
                self.same(
                    &format!("{name}.stream"),
                    stream,
                    self.full_name(catalog[*id].module, &catalog[*id].name),
                );
            }
            (None, Home::Own(storage)) => {
                let keys = (
                    event.partition.as_ref(),
                    &event.key,
                    &event.id,
                    &event.retain,
                );
                self.storage(&name, keys, storage, &ours.fields);
            }
            (stream, home) => self
                .found
                .push(format!("{name}: goes to {stream:?} or {home:?}")),
        }
        let examples = event
            .examples
            .iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect();
        self.same::<Vec<_>>(
            &name,
            examples,
            ours.examples
                .iter()
                .map(|example| example.name.as_str())
                .collect(),
        );
        for ((title, members), ours) in event.examples.iter().flatten().zip(&ours.examples) {
            let eventc_compiler::Json::Object(read) = &ours.json else {
                panic!("{title} is no object")
            };
            for (member, value) in members
                .iter()
                .filter(|(member, value)| !is_same_member(read, member, value))
            {
                self.found.push(format!(
                    "{name}.{title}.{member}: {value:?} in {}",
                    ours.json
                ));
            }
        }
    }

    fn storage(
        &mut self,
        place: &str,
        (partition, key, id, retain): Stored<'_>,
        ours: &Storage,
        fields: &[catalog::Field],
    ) {
        let field = |at: Option<catalog::FieldRef>| at.map(|at| fields[at.index].name.clone());
        let partition = partition.map(transforms);
        self.same(
            &format!("{place}.partition"),
            partition,
            Some(stored_transforms(ours, fields)),
        );
        self.same(&format!("{place}.key"), owned(key), field(ours.key));
        self.same(&format!("{place}.id"), owned(id), field(ours.id));
        self.same(
            &format!("{place}.retain"),
            owned(retain).as_deref().map(seconds),
            ours.retain,
        );
    }
}

fn period(period: Option<Period>) -> catalog::Period {
    match period.unwrap() {
        Period::Minute => catalog::Period::Minute,
        Period::Hour => catalog::Period::Hour,
        Period::Day => catalog::Period::Day,
    }
}

/// What is written about a thing: `description`, `owner`, `since`, `deprecated`.
type Written<'d> = (
    &'d Option<Text>,
    &'d Option<Text>,
    &'d Option<Bare>,
    &'d Option<Deprecated>,
);

/// How it is stored: `partition`, `key`, `id`, `retain`.
type Stored<'d> = (
    Option<&'d Partition>,
    &'d Option<Text>,
    &'d Option<Text>,
    &'d Option<Text>,
);
